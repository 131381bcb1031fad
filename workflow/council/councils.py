"""What happens to a council: established, seats given, seats ended, rules of its own set."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from db.people import person_named_by
from db.units import Unit
from states.awards import AWARDS
from states.council.council import Council
from states.council.seats import Seat
from states.council.vote_rules import Setting, setting_faults
from states.document import Document, from_document
from states.facts import Facts
from workflow.act import Act, Lookup, Prepared, unchanged
from workflow.fields import Code, Day, Form, Line
from workflow.moment import Moment
from workflow.problems import Invalid, Wrong

SeatRole = Literal["chair", "standing_vice", "vice", "secretary", "member"]
Percent = Annotated[int, Field(strict=True, ge=1, le=100)]
Part = Annotated[int, Field(strict=True, ge=1, le=100)]


class SeatForm(Form):
    """One person's term; ``person`` is an id or a login."""

    person: Code
    role: SeatRole
    votes: bool = True
    area: Line | None = None
    valid_from: Day
    valid_to: Day | None = None
    basis: Line


class Establish(Form):
    """A council with its first members, by the decision ``basis``."""

    unit: Code
    title: Line
    basis: Line
    seats: list[SeatForm] = Field(min_length=1, max_length=99)


class Unseat(Form):
    """The last day of a term."""

    seat: Code
    valid_to: Day


class SetRule(Form):
    """What the council decided for itself, for one award or for all; what is left out stays as it was."""

    award: Code | None = None
    share: Percent | None = None
    strict: bool = False
    quorum_numerator: Part | None = None
    quorum_denominator: Part | None = None
    ballot: Literal["paper", "hands"] | None = None
    written: Literal["allowed", "refused"] | None = None
    recusal: Literal["stays", "leaves"] | None = None
    source: Line
    confidence: Literal["high", "med", "low"]


def established(args: Mapping[str, Any], unit: Unit) -> tuple[str, Council]:
    """A blank council of a body.

    Raises:
        Invalid: the unit is neither a council nor a body that has none of its own.
    """
    if unit.kind != "council" and unit.id != unit.body:
        raise Invalid(Wrong("unit", "no_such_unit", {}))
    since = min(row["valid_from"] for row in args["seats"])
    return "council", Council(unit.id, unit.body, "council", "full", since[:4], basis=args["basis"])


def persons_found(lookup: Lookup, args: Document) -> Prepared:
    """The arguments with the persons they name, under ids of their seats."""
    rows = args.get("seats", [args])
    wrong: list[Wrong] = []
    found = [
        _seat(lookup, row, f"seats.{place}.person" if "seats" in args else "person", wrong)
        for place, row in enumerate(rows)
    ]
    return Prepared({**args, "seats": found}, tuple(wrong))


def _seat(lookup: Lookup, row: Document, field: str, wrong: list[Wrong]) -> Document:
    person = person_named_by(lookup.conn, row["person"])
    if person is None:
        wrong.append(Wrong(field, "nobody_known", {}))
    name = person.name if person else ""
    return {**row, "id": lookup.engine.source.new_id(), "person": person.id if person else "", "name": name}


def seats_fit(facts: Facts) -> Iterator[Wrong]:
    """Terms end after they begin; nobody sits twice at a time; a council has one chair at a time."""
    council = facts.council
    taken = list(council.seats.values())
    for place, row in enumerate((facts.args or {})["seats"]):
        seat = _of_row(row)
        field = f"seats.{place}." if facts.act == "establish" else ""
        if seat.valid_to and seat.valid_to < seat.valid_from:
            yield Wrong(f"{field}valid_to", "ends_before_it_begins", {})
        overlapping = [one for one in taken if _overlap(one, seat)]
        if any(one.person == seat.person for one in overlapping):
            yield Wrong(f"{field}person", "seated_already", {})
        if seat.role == "chair" and any(one.role == "chair" for one in overlapping):
            yield Wrong(f"{field}role", "second_chair", {})
        taken.append(seat)


def _overlap(one: Seat, other: Seat) -> bool:
    last = date.max
    return one.valid_from <= (other.valid_to or last) and other.valid_from <= (one.valid_to or last)


def _of_row(row: Mapping[str, Any]) -> Seat:
    known = ("person", "role", "valid_from", "valid_to", "votes", "area", "basis")
    return from_document(Seat, {name: row[name] for name in known if row.get(name)})


def give_seats(case: Council, args: Mapping[str, Any], _moment: Moment) -> Council:
    """Take the new seats in beside those there are."""
    return replace(case, seats={**case.seats, **{row["id"]: _of_row(row) for row in args["seats"]}})


def term_fits(facts: Facts) -> Iterator[Wrong]:
    """The seat exists, and its term does not end before it began."""
    args = facts.args or {}
    seat = facts.council.seats.get(args["seat"])
    if seat is None:
        yield Wrong("seat", "not_in_list", {})
    elif date.fromisoformat(args["valid_to"]) < seat.valid_from:
        yield Wrong("valid_to", "ends_before_it_begins", {})


def unseat(case: Council, args: Mapping[str, Any], _moment: Moment) -> Council:
    """End a term; who held it stays in the list."""
    ended = replace(case.seats[args["seat"]], valid_to=date.fromisoformat(args["valid_to"]))
    return replace(case, seats={**case.seats, args["seat"]: ended})


def rule_fits(facts: Facts) -> Iterator[Wrong]:
    """The award exists; the figures are ones somebody could vote under."""
    args = facts.args or {}
    if args.get("award") and args["award"] not in AWARDS:
        yield Wrong("award", "not_in_list", {})
    for field, code in setting_faults(_setting(args)):
        yield Wrong(field, code, {})


def _setting(args: Mapping[str, Any]) -> Setting:
    return from_document(Setting, {name: value for name, value in args.items() if name != "award"})


def set_rule(case: Council, args: Mapping[str, Any], _moment: Moment) -> Council:
    """Vote by these figures from now on; rounds that are open or closed keep theirs."""
    award, setting = args.get("award"), _setting(args)
    if award:
        return replace(case, settings={**case.settings, award: setting})
    return replace(case, setting=setting)


ACTS: tuple[Act[Any], ...] = (
    Act("establish", give_seats, form=Establish, fits=seats_fit, begins=established, looks_up=persons_found),
    Act("seat", give_seats, form=SeatForm, fits=seats_fit, looks_up=persons_found),
    Act("unseat", unseat, form=Unseat, fits=term_fits, needs_reason=True),
    Act("set_rule", set_rule, form=SetRule, fits=rule_fits, needs_reason=True),
    Act("dissolve", unchanged, needs_reason=True),
)
