"""What happens to a session before it sits: drafted, put on an agenda, convened, opened, called off."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from db.units import Unit
from states.council.seats import Seat
from states.council.session import AgendaItem, Session
from states.document import from_document
from states.facts import Facts
from workflow.act import Act, Consequence, unchanged
from workflow.council.session_agenda import agenda_found, convened
from workflow.council.session_interests import with_interests
from workflow.fields import Code, Day, Form, Line, PeriodCode
from workflow.moment import Moment
from workflow.problems import Invalid, Wrong

Hour = Annotated[str, StringConstraints(strict=True, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class DraftSession(Form):
    """A session of a body's council, with its day, hour and place."""

    unit: Code
    title: Line
    period: PeriodCode
    date: Day
    begins_at: Hour
    place: Line


class ChangeSession(Form):
    """What changes about it."""

    title: Line | None = None
    date: Day | None = None
    begins_at: Hour | None = None
    place: Line | None = None


class SetAgenda(Form):
    """The whole agenda in its order: references of dossiers that are before the council."""

    dossiers: list[Code] = Field(max_length=200)


class OpenSession(Form):
    """The seats that are there, those that asked to be excused."""

    present: list[Code] = Field(max_length=99)
    excused: list[Code] = Field(default_factory=list, max_length=99)


def drafted(args: Mapping[str, Any], unit: Unit) -> tuple[str, Session]:
    """A blank session of a council, or of a body that has none of its own unit.

    Raises:
        Invalid: the unit is neither.
    """
    if unit.kind != "council" and unit.id != unit.body:
        raise Invalid(Wrong("unit", "no_such_unit", {}))
    return "session", Session(unit.id, unit.body, "session", "full", args["period"])


def change(case: Session, args: Mapping[str, Any], _moment: Moment) -> Session:
    """Take over day, hour, place; its title stands in the row."""
    day = date.fromisoformat(args["date"]) if args.get("date") else case.day
    return replace(
        case,
        day=day,
        begins_at=args.get("begins_at") or case.begins_at,
        place=args.get("place") or case.place,
    )


def set_agenda(case: Session, args: Mapping[str, Any], moment: Moment) -> Session:
    """Put these dossiers on the agenda, no others; interests in those that stay are kept."""
    listed = replace(case, items=_items(args))
    kept = {key: one for key, one in case.conflicts.items() if one.dossier in listed.items}
    return with_interests(replace(listed, conflicts=kept), moment.seq)


def convene(case: Session, args: Mapping[str, Any], moment: Moment) -> Session:
    """Call everybody who sits on the council on that day."""
    roll = {id_: from_document(Seat, seat) for id_, seat in args["roll"].items()}
    return with_interests(replace(case, council=args["council"], roll=roll, items=_items(args)), moment.seq)


def attendance_fits(facts: Facts) -> Iterator[Wrong]:
    """Seats of the council on that day, each once."""
    args, roll = facts.args or {}, (facts.args or {})["roll"]
    seen: set[str] = set()
    for name in ("present", "excused"):
        for place, seat in enumerate(args.get(name, ())):
            if seat not in roll or seat in seen:
                yield Wrong(f"{name}.{place}", "seat_once", {})
            seen.add(seat)


def open_session(case: Session, args: Mapping[str, Any], moment: Moment) -> Session:
    """Begin: the roll of the day with who is there; whoever opens it presides."""
    seated = convene(case, args, moment)
    excused = set(args.get("excused", ()))
    there = set(args["present"])
    attendance = {
        seat: "present" if seat in there else "excused" if seat in excused else "absent"
        for seat in seated.roll
    }
    return replace(seated, attendance=attendance, presiding=moment.person)


def put_on_the_agenda(_before: Session, after: Session, _args: Mapping[str, Any]) -> Iterable[Consequence]:
    """Every dossier of the agenda comes before the session that has begun."""
    assert after.day is not None
    said = {"session_no": after.ref, "date": after.day.isoformat(), "session": after.ref}
    return [Consequence("put_on_agenda", ref, said) for ref in after.items]


def _items(args: Mapping[str, Any]) -> dict[str, AgendaItem]:
    return {ref: from_document(AgendaItem, item) for ref, item in args["agenda"].items()}


ACTS: tuple[Act[Any], ...] = (
    Act("draft_session", change, form=DraftSession, begins=drafted),
    Act("change_session", change, form=ChangeSession),
    Act("set_agenda", set_agenda, form=SetAgenda, looks_up=agenda_found),
    Act("convene", convene, looks_up=convened),
    Act("cancel_session", unchanged, needs_reason=True),
    Act(
        "open_session",
        open_session,
        form=OpenSession,
        fits=attendance_fits,
        looks_up=convened,
        leads_to=put_on_the_agenda,
    ),
)
