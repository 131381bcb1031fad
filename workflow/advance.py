"""The facts after an act: what the act does, then the station, its limit, whose turn it is."""

from dataclasses import replace

from db.series import next_number
from db.units import offices_of
from states.case import Case, Holder
from states.decide import turn
from states.facts import Facts
from states.history import instant
from states.kinds import KINDS
from states.limits import arrived, resumed
from states.machine import fire
from states.roles import OFFICE_OF, UNIT_ROLES, Role, seat_of
from states.segregation import hand_of
from workflow.acts import ACTS
from workflow.passage import Passage

EVERY_BODY = "all"
"""References are one series for the whole installation, so that no two cases are ever called the same."""


def advanced(passage: Passage) -> Case:
    """The case as it is once this act has happened; nothing is written yet."""
    before, facts = passage.loaded.case, passage.facts
    station = fire(passage.loaded.definition, before.station, passage.row.row)
    moved = _moved(passage, ACTS[facts.act].apply(before, passage.args, passage.moment), station)
    touched = replace(
        moved,
        version=passage.seq,
        ref=before.ref or _new_ref(passage),
        at=passage.sealed_at,
        definition=passage.loaded.definition.name,
        hands=_hands(moved, passage.actor.person, hand_of(facts.act, before.station)),
        office_acted=before.office_acted or passage.grant.role in OFFICE_OF,
    )
    holder = _holder(passage, touched)
    return touched if holder == touched.holder else replace(touched, holder=holder)


def _new_ref(passage: Passage) -> str:
    kind, year = KINDS[passage.loaded.definition.key], passage.day.year
    return f"{kind.prefix}-{year}-{next_number(passage.conn, kind.series, EVERY_BODY, year):04d}"


def _moved(passage: Passage, acted: Case, station: str) -> Case:
    before, facts = passage.loaded.case, passage.facts
    if station == before.station:
        return acted
    here = passage.loaded.definition.stations[station]
    entered = replace(
        acted,
        station=station,
        station_seq=passage.seq,
        entered_at=instant(passage.at),
        opened_to=tuple(sorted({*acted.opened_to, *here.opens_to})),
    )
    calendar = passage.calendar
    if before.pause and not acted.pause:
        return resumed(entered, before.pause.left, today=facts.today, calendar=calendar)
    return arrived(entered, here, today=facts.today, calendar=calendar, args=passage.args)


def _hands(case: Case, person: str, hand: str) -> dict[str, tuple[str, ...]]:
    if not hand:
        return case.hands
    return {**case.hands, person: tuple(sorted({*case.hands.get(person, ()), hand}))}


def _holder(passage: Passage, case: Case) -> Holder | None:
    if passage.loaded.definition.stations[case.station].final:
        return None
    facts = Facts(
        act="",
        case=case,
        regime=passage.facts.regime,
        unit_kind=passage.facts.unit_kind,
        today=passage.facts.today,
    )
    role = Role(turn(passage.loaded.definition, facts))
    return Holder(role, _seat(passage, case, role))


def _seat(passage: Passage, case: Case, role: Role) -> str:
    if role in UNIT_ROLES:
        return case.unit
    # A small body may have no office of that kind: then the role sits in the body itself.
    return offices_of(passage.loaded.units.values(), case.body).get(seat_of(role), case.body)
