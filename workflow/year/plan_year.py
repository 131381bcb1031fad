"""The plan of a year as one person comes to it: which one has effect, whose units it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from db import year as year_table
from db.cases import CaseRecord
from db.units import Unit, all_units, offices_of
from states.decide import Actor
from states.roles import OFFICE_OF, PSEUDO_ROLES, UNIT_ROLES, Role
from states.year.plan import Duty, Plan
from workflow.engine import Engine
from workflow.year.occurrences import STANDING, plan_in

OWED_KINDS = ("office", "ward", "commune", "school")
"""The kinds of unit a duty falls to, in the order lists show them."""

WATCHERS = frozenset(Role) - {Role.registrar, Role.publisher, Role.administrator, *PSEUDO_ROLES}
"""Who follows the year: units, offices, council, chairman, auditors."""

STANDING_ROLES = frozenset(role for role, office in OFFICE_OF.items() if office in STANDING)
"""Who looks after the plan."""


@dataclass(frozen=True, slots=True)
class PlanYear:
    """The plan that has (or had) effect in a year, with the units of its body and the other years there are.

    ``units`` are those the person may see a row of; ``own`` are the person's own among them, where they
    come as a unit. ``standing`` is the unit of the office that looks after the plan, ``seats`` are every unit of
    the body.
    """

    record: CaseRecord
    plan: Plan
    effective: date
    years: tuple[int, ...]
    units: Mapping[str, Unit]
    own: frozenset[str]
    standing: str
    seats: Mapping[str, Unit]

    @property
    def body(self) -> str:
        """The body whose plan it is."""
        return self.record.body

    @property
    def wide(self) -> bool:
        """Whether the person looks at the whole body, not at their own unit alone."""
        return not self.own

    def owing(self, duty: Duty) -> list[Unit]:
        """The units in sight that a duty falls to, whether or not it has begun."""
        return [unit for unit in self.units.values() if unit.kind in duty.owed_by]


def plan_year(engine: Engine, conn: Connection, actor: Actor, year: int | None = None) -> PlanYear | None:
    """The plan of that year, else of this one, else the latest that took effect; None where there is none."""
    records = [one for one in year_table.plans(conn, bodies_of(actor)) if took_effect(one)]
    years = tuple(dict.fromkeys(int(one.period) for one in records))
    wanted = year or next((one for one in years if one == engine.today().year), years[0] if years else 0)
    # Of several the one in effect, else the one that was last.
    of_year = sorted((one for one in records if int(one.period) == wanted), key=lambda one: one.station)
    record = next(iter(of_year), None)
    if record is None:
        return None
    plan, case = plan_in(record)
    assert case.effective_from is not None  # it took effect
    everyone = {id_: unit for id_, unit in all_units(conn).items() if unit.body == record.body}
    own = own_units(actor)
    seats = offices_of(everyone.values(), record.body)
    office = next((name for name in STANDING if f"{name}_office" in seats), "")
    return PlanYear(
        record=record,
        plan=plan,
        effective=case.effective_from,
        years=years,
        units=_in_sight(everyone, actor, own, wanted),
        own=own,
        standing=seats.get(f"{office}_office", record.body),
        seats=everyone,
    )


def bodies_of(actor: Actor) -> frozenset[str]:
    """The bodies whose plans concern a person."""
    return frozenset(grant.body for grant in actor.grants)


def own_units(actor: Actor) -> frozenset[str]:
    """The units somebody answers for who holds no office beside; empty for everybody else."""
    if any(grant.role not in UNIT_ROLES for grant in actor.grants):
        return frozenset()
    return frozenset(grant.unit for grant in actor.grants)


def took_effect(record: CaseRecord) -> bool:
    """Whether a plan has or had effect."""
    return record.station in ("active", "closed")


def _in_sight(everyone: Mapping[str, Unit], actor: Actor, own: frozenset[str], year: int) -> dict[str, Unit]:
    """Whose duties a person may see: a unit its own, Education its schools, everybody else all but the body itself."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    schools_only = all(grant.role.startswith("education_") for grant in actor.grants)
    kinds = ("school",) if schools_only else OWED_KINDS
    return {
        id_: unit
        for id_, unit in everyone.items()
        if (id_ in own if own else unit.kind in kinds)
        and id_ != unit.body
        and unit.valid_from <= last
        and (unit.valid_to is None or unit.valid_to >= first)
    }
