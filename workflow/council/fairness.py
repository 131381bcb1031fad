"""What the figures before a vote are counted from: the agenda, what was decided, last year's campaigns."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import orjson
from sqlalchemy.engine import Connection

from db import councils
from db.cases import CaseRecord
from db.units import Unit, all_units
from states.council.fairness import Fairness, Ground, Proposed, fairness
from states.council.quotas import quotas_on
from states.council.session import Session
from states.council.unit_features import features_on
from states.periods import Period
from workflow.council.session_reading import SessionView
from workflow.dossiers.drafting import NEVER_PROPOSE

NOT_SENT = frozenset({"drafting", "withdrawn", "lapsed"})
"""Where a dossier stands that nobody but its unit has."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The figures of a session less ``out``, which somebody tries to leave out of it.

    ``elsewhere`` are units with a dossier of these campaigns that is not on the agenda; ``periods`` those of last
    year, which it is compared with; ``day`` the one whose quotas and places are taken.
    """

    figures: Fairness
    units: Mapping[str, Unit]
    elsewhere: frozenset[str]
    periods: tuple[str, ...]
    day: date
    out: frozenset[str]


def counted(conn: Connection, view: SessionView, out: Collection[str]) -> Counted:
    """The figures of a session as it stands, less the dossiers and nominations named in ``out``."""
    facts, units = view.session, all_units(conn)
    assert facts.day is not None  # every session has its day
    everything = list(on_agenda(facts))
    known = {name for one in everything for name in (one.id, one.dossier)}
    left_out = frozenset(known.intersection(out))
    now = {(item.record.category, item.record.period) for item in view.items}
    earlier = {(kind, _year_before(period)) for kind, period in now}
    records = councils.of_campaigns(conn, facts.body, now | earlier)
    others = [one for one in records if (one.category, one.period) in now and one.ref not in facts.items]
    past = [one for one in records if (one.category, one.period) in earlier - now]
    before = list(_awarded(past))
    ground = Ground(
        decided=list(_awarded(others)),
        before=before,
        features=features_on(facts.day),
        features_before=features_on(_a_year_earlier(facts.day)),
        expected=_expected(units, facts, {one.unit for one in [*everything, *before]}),
        quotas=quotas_on(facts.day),
    )
    kept = [one for one in everything if not left_out.intersection((one.id, one.dossier))]
    return Counted(
        figures=fairness(kept, ground),
        units=units,
        elsewhere=frozenset(one.unit for one in others if one.station not in NOT_SENT),
        periods=tuple(sorted({period for _, period in earlier})),
        day=facts.day,
        out=left_out,
    )


def on_agenda(facts: Session) -> Iterator[Proposed]:
    """Every nomination of the agenda, in its order."""
    for ref, item in sorted(facts.items.items(), key=lambda pair: pair[1].position):
        for id_, one in item.nominations.items():
            yield Proposed(id_, ref, item.unit, one.award, one.subject_type, one.class_)


def _awarded(records: Iterable[CaseRecord]) -> Iterator[Proposed]:
    """What was awarded in these dossiers; their facts are read no further than that."""
    for record in records:
        nominations = orjson.loads(record.facts).get("nominations", {})
        for id_, one in nominations.items():
            if one.get("outcome") == "awarded":
                said = (one["award"], one["subject_type"], one.get("class_", ""))
                yield Proposed(id_, record.ref, record.unit, *said)


def _expected(units: Mapping[str, Unit], facts: Session, heard: Collection[str]) -> list[str]:
    """The units of this body, there on the day, of the same kinds as those ``heard`` of, now or last year."""
    assert facts.day is not None  # every session has its day
    kinds = {units[id_].kind for id_ in heard}
    return [
        id_
        for id_, unit in units.items()
        if unit.body == facts.body != id_ and unit.kind in kinds - NEVER_PROPOSE and unit.holds_on(facts.day)
    ]


def _year_before(code: str) -> str:
    """The same period a year earlier."""
    period = Period.parse(code)
    return str(replace(period, year=period.year - 1))


def _a_year_earlier(day: date) -> date:
    """The same day a year earlier; of 29 February the 28th."""
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)
