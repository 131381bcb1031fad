"""What a session does with a dossier besides voting: a lower award, a part set aside, put off, sent on at the end."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import Field

from states.awards import lower_awards
from states.council.session import AgendaItem, Session
from states.facts import Facts
from workflow.act import Act, Consequence
from workflow.council.session_interests import on_the_agenda
from workflow.fields import Code, Form
from workflow.moment import Moment
from workflow.problems import Wrong


class ProposeLower(Form):
    """A lower award of the same kind for one nomination, to be voted next."""

    dossier: Code
    nomination: Code
    award: Code


class SetAside(Form):
    """Nominations that go on in a dossier of their own: before the council again, or back in appraisal.

    ``award`` is a lower one that goes another way than the dossier's.
    """

    dossier: Code
    nominations: list[Code] = Field(min_length=1, max_length=1000)
    lands: Literal["council", "review"] = "council"
    award: Code | None = None


class PostponeItem(Form):
    """A dossier that another session shall vote on."""

    dossier: Code


def lower_fits(facts: Facts) -> Iterator[Wrong]:
    """One of the dossier's nominations, for an award below the one asked for."""
    yield from on_the_agenda(facts)
    args = facts.args or {}
    item = facts.session.items.get(args["dossier"])
    if item is None:
        return
    found = item.nominations.get(args["nomination"])
    if found is None:
        yield Wrong("nomination", "not_of_this_dossier", {})
    elif args["award"] not in lower_awards(found.award, found.subject_type, facts.regime):
        yield Wrong("award", "not_lower", {})


def propose_lower(case: Session, args: Mapping[str, Any], _moment: Moment) -> Session:
    """From now on the nomination is voted for the lower award; what was voted for the higher one stays written."""
    ref, id_ = args["dossier"], args["nomination"]
    item = case.items[ref]
    lower = replace(item.nominations[id_], award=args["award"])
    return _with_item(case, ref, replace(item, nominations={**item.nominations, id_: lower}))


def lowered(_before: Session, after: Session, args: Mapping[str, Any]) -> Iterable[Consequence]:
    """The dossier asks for the lower award."""
    named = {"nomination": args["nomination"], "award": args["award"], "session": after.ref}
    return [Consequence("lower_award", args["dossier"], named)]


def part_fits(facts: Facts) -> Iterator[Wrong]:
    """Nominations of the dossier, each once."""
    yield from on_the_agenda(facts)
    args = facts.args or {}
    item, named = facts.session.items.get(args["dossier"]), args["nominations"]
    for place, id_ in enumerate(named):
        if item and (id_ not in item.nominations or named.index(id_) != place):
            yield Wrong(f"nominations.{place}", "not_of_this_dossier", {})


def set_aside(case: Session, args: Mapping[str, Any], _moment: Moment) -> Session:
    """The session is about the others only."""
    ref = args["dossier"]
    item = case.items[ref]
    rest = {id_: one for id_, one in item.nominations.items() if id_ not in args["nominations"]}
    return _with_item(case, ref, replace(item, nominations=rest))


def parted(_before: Session, after: Session, args: Mapping[str, Any]) -> Iterable[Consequence]:
    """The nominations leave their dossier for one of their own."""
    named = {name: args[name] for name in ("nominations", "lands", "award") if args.get(name)}
    return [Consequence("part", args["dossier"], {**named, "session": after.ref})]


def postpone(case: Session, args: Mapping[str, Any], moment: Moment) -> Session:
    """Remember by which entry it was put off."""
    ref = args["dossier"]
    return _with_item(case, ref, replace(case.items[ref], postponed=moment.seq))


def _with_item(case: Session, ref: str, item: AgendaItem) -> Session:
    return replace(case, items={**case.items, ref: item})


def excerpts(before: Session, after: Session, _args: Mapping[str, Any]) -> Iterable[Consequence]:
    """Every dossier takes its own part of the result home; what was put off waits for the next session."""
    return [Consequence("take_result", ref, _excerpt(after, ref)) for ref in before.items]


def _excerpt(case: Session, ref: str) -> dict[str, Any]:
    if case.items[ref].postponed:
        return {"session": case.ref, "votes": []}
    held = list(case.rounds_of(ref))
    last = held[-1][1]
    votes = [
        {
            "nomination": id_,
            "result": one.result,
            "entitled": one.entitled,
            "needed": one.needed,
            **_three(one.totals),
        }
        for id_, one in case.outcomes(ref).items()
    ]
    return {
        "session": case.ref,
        "rounds": [no for no, _ in held],
        "entitled": len(last.seats),
        "present": len(last.present),
        "written": len(last.written),
        "votes": votes,
    }


def _three(totals: Any) -> dict[str, int]:
    return {"for": totals.all_for, "against": totals.all_against, "blank": totals.all_blank}


def close_session(case: Session, _args: Mapping[str, Any], moment: Moment) -> Session:
    """End the session; nothing of what was voted changes."""
    return replace(case, presiding=moment.person)


ACTS: tuple[Act[Any], ...] = (
    Act(
        "propose_lower",
        propose_lower,
        form=ProposeLower,
        fits=lower_fits,
        needs_reason=True,
        leads_to=lowered,
    ),
    Act("set_aside", set_aside, form=SetAside, fits=part_fits, needs_reason=True, leads_to=parted),
    Act("postpone_item", postpone, form=PostponeItem, fits=on_the_agenda, needs_reason=True),
    Act("close_session", close_session, leads_to=excerpts),
)
