"""Interests in what a session votes on: found by what is known, declared by members, lifted by the chair."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import Field

from states.council.session import Conflict, Session
from states.facts import Facts
from workflow.act import Act
from workflow.fields import Code, Form
from workflow.moment import Moment
from workflow.problems import Wrong


class DeclareConflict(Form):
    """The dossier in which a member has an interest; only some of its nominations, or all of it."""

    dossier: Code
    nominations: list[Code] = Field(default_factory=list, max_length=1000)


class LiftConflict(Form):
    """Which interest is found to be none."""

    conflict: Code


def with_interests(case: Session, seq: int) -> Session:
    """The session with every interest that is known of itself: the nominee's own, the unit's head."""
    found = {_key(one): one for one in _found(case, seq)}
    return replace(case, conflicts={**found, **case.conflicts})


def _found(case: Session, seq: int) -> Iterator[Conflict]:
    for seat_id, seat in case.roll.items():
        for ref, item in case.items.items():
            for id_, candidate in item.nominations.items():
                if candidate.person == seat.person:
                    yield Conflict(seat_id, ref, id_, "nominee", seq)
                elif seat.person in item.heads:
                    yield Conflict(seat_id, ref, id_, "unit_head", seq)


def _key(one: Conflict) -> str:
    return f"{one.seat}.{one.nomination}"


def on_the_agenda(facts: Facts) -> Iterator[Wrong]:
    """The dossier is one of the session's."""
    if (facts.args or {})["dossier"] not in facts.session.items:
        yield Wrong("dossier", "not_on_the_agenda", {})


def of_the_agenda(facts: Facts) -> Iterator[Wrong]:
    """The dossier is on the agenda, the nominations are its own."""
    yield from on_the_agenda(facts)
    args = facts.args or {}
    item = facts.session.items.get(args["dossier"])
    for place, id_ in enumerate(args.get("nominations", ())):
        if item and id_ not in item.nominations:
            yield Wrong(f"nominations.{place}", "not_of_this_dossier", {})


def declare(case: Session, args: Mapping[str, Any], moment: Moment) -> Session:
    """Keep out of the vote on these nominations, of all of the dossier where none is named."""
    seat = case.seat_of(moment.person)
    ref = args["dossier"]
    named = args.get("nominations") or list(case.items[ref].nominations)
    declared = [Conflict(seat, ref, id_, "declared", moment.seq) for id_ in named]
    known = {_key(one): one for one in declared}
    return with_round_recused(replace(case, conflicts={**case.conflicts, **known}))


def conflict_known(facts: Facts) -> Iterator[Wrong]:
    """The interest is one of this session's."""
    if (facts.args or {})["conflict"] not in facts.session.conflicts:
        yield Wrong("conflict", "not_in_list", {})


def lift(case: Session, args: Mapping[str, Any], moment: Moment) -> Session:
    """Decide that an interest is none; it stays in the list with the reason."""
    key = args["conflict"]
    lifted = replace(case.conflicts[key], lifted=moment.seq)
    return with_round_recused(replace(case, conflicts={**case.conflicts, key: lifted}))


def with_round_recused(case: Session) -> Session:
    """The round that is open knows of an interest as soon as the session does."""
    found = case.open_round
    if found is None:
        return case
    no, one = found
    return replace(case, rounds={**case.rounds, no: replace(one, recused=case.recused(one.dossier))})


ACTS: tuple[Act[Any], ...] = (
    Act("declare_conflict", declare, form=DeclareConflict, fits=of_the_agenda, needs_reason=True),
    Act("lift_conflict", lift, form=LiftConflict, fits=conflict_known, needs_reason=True),
)
