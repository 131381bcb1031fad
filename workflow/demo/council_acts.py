"""What a council's people of the demo fill in for each act, read off the story's options."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from states.case import Case
from states.council.council import Council
from states.council.session import Round, Session
from states.document import Document
from workflow.council.session_rounds import SCAN
from workflow.demo.council import CouncilStep
from workflow.demo.story import written_day


@dataclass(frozen=True, slots=True)
class Meeting:
    """One step with its case as it stands before it.

    `person` knows whose login is whose, `upload` brings a scan, `placed` tells a dossier's nominations by their places.
    """

    of: CouncilStep
    case: Case | None
    dossiers: Mapping[int, str]
    person: Callable[[str], str]
    upload: Callable[[str], str]
    placed: Callable[[str], Mapping[int, str]]

    @property
    def options(self) -> Mapping[str, str]:
        """What the story says about the step."""
        return self.of.step.options

    @property
    def session(self) -> Session:
        """The session it is about."""
        assert isinstance(self.case, Session)
        return self.case

    @property
    def round(self) -> Round:
        """The vote under way."""
        found = self.session.open_round
        assert found is not None  # the story opens a round before it counts
        return found[1]

    @property
    def dossier(self) -> str:
        """The dossier of the agenda that is meant, counted from 1."""
        return next(
            ref for ref, one in self.session.items.items() if one.position == int(self.options["item"])
        )

    def listed(self, name: str) -> list[str]:
        """An option that lists several things, separated by commas."""
        return [part for part in self.options.get(name, "").split(",") if part]

    def day(self, text: str) -> str:
        """A day of the story, as forms take it."""
        return written_day(text, self.of.council.year).isoformat()

    def at_place(self, place: str) -> str:
        """A nomination of the dossier by its place in it."""
        return self.placed(self.dossier)[int(place)]

    def seats_of(self, name: str) -> list[str]:
        """The seats of the people an option names."""
        return [self.session.seat_of(self.person(login)) for login in self.listed(name)]


def said_of(meeting: Meeting) -> Document:
    """The arguments of the step's act."""
    form = FORMS.get(meeting.of.step.act)
    return form(meeting) if form else {}


def _establish(meeting: Meeting) -> Document:
    council = meeting.of.council
    seats = [_seat(meeting, row) for row in council.seats]
    return {"unit": council.unit, "title": council.title, "basis": council.basis, "seats": seats}


def _seat(meeting: Meeting, row: Mapping[str, Any]) -> Document:
    days = {name: meeting.day(row[name]) for name in ("valid_from", "valid_to") if name in row}
    return {"basis": meeting.of.council.basis, "votes": True, **row, **days}


def _seat_one(meeting: Meeting) -> Document:
    return _seat(meeting, {name: value for name, value in meeting.options.items() if name != "reason"})


def _unseat(meeting: Meeting) -> Document:
    assert isinstance(meeting.case, Council)
    leaver = meeting.person(meeting.options["person"])
    seat = next(id_ for id_, one in meeting.case.seats.items() if one.person == leaver)
    return {"seat": seat, "valid_to": meeting.day(meeting.options["valid_to"])}


def _set_rule(meeting: Meeting) -> Document:
    figures = {"share", "quorum_numerator", "quorum_denominator"}
    said = {name: value for name, value in meeting.options.items() if name != "reason"}
    return {name: int(value) if name in figures else value for name, value in said.items()}


def _draft(meeting: Meeting) -> Document:
    assert meeting.of.session is not None  # a session is drafted
    return {"unit": meeting.of.council.unit, **meeting.of.session.about}


def _set_agenda(meeting: Meeting) -> Document:
    assert meeting.of.session is not None  # a session has an agenda
    return {"dossiers": [meeting.dossiers[number] for number in meeting.of.session.numbers]}


def _declare(meeting: Meeting) -> Document:
    return {
        "dossier": meeting.dossier,
        "nominations": [meeting.at_place(p) for p in meeting.listed("places")],
    }


def _open(meeting: Meeting) -> Document:
    excused = meeting.seats_of("excused")
    away = {*excused, *meeting.seats_of("absent")}
    return {"present": [seat for seat in meeting.session.roll if seat not in away], "excused": excused}


def _mark(meeting: Meeting) -> Document:
    return {"seat": meeting.seats_of("person")[0], "attendance": meeting.options["attendance"]}


def _open_round(meeting: Meeting) -> Document:
    named = [meeting.at_place(place) for place in meeting.listed("only")]
    return {"dossier": meeting.dossier, **({"nominations": named} if named else {})}


def _enter_totals(meeting: Meeting) -> Document:
    fails = {meeting.at_place(place) for place in meeting.listed("fails")}
    totals = [_row(meeting.round, id_, against=id_ in fails) for id_ in meeting.round.rules]
    scan = {} if meeting.round.scan else {"scan": meeting.upload(SCAN)}
    return {"totals": totals, **scan}


def _row(held: Round, id_: str, *, against: bool) -> Document:
    """All for it, those absent too who wrote; of a nomination that fails the room is divided."""
    may, wrote = len(held.roll.may_vote(id_)), len(held.roll.may_write(id_, held.rules[id_]))
    no = may // 2 if against else 0
    return {"nomination": id_, "for": may - no, "against": no, "written_for": wrote}


def _propose_lower(meeting: Meeting) -> Document:
    named = meeting.at_place(meeting.options["place"])
    return {"dossier": meeting.dossier, "nomination": named, "award": meeting.options["award"]}


def _set_aside(meeting: Meeting) -> Document:
    named = [meeting.at_place(place) for place in meeting.listed("places")]
    return {"dossier": meeting.dossier, "nominations": named, "lands": meeting.options["lands"]}


def _write(meeting: Meeting) -> Document:
    assert meeting.of.session is not None  # minutes are a session's
    return {"text": dict(meeting.of.session.minutes)}


FORMS: Mapping[str, Callable[[Meeting], Document]] = {
    "establish": _establish,
    "seat": _seat_one,
    "unseat": _unseat,
    "set_rule": _set_rule,
    "draft_session": _draft,
    "set_agenda": _set_agenda,
    "declare_conflict": _declare,
    "open_session": _open,
    "mark_attendance": _mark,
    "open_round": _open_round,
    "enter_totals": _enter_totals,
    "propose_lower": _propose_lower,
    "set_aside": _set_aside,
    "write_minutes": _write,
}
