"""Whether a person may do an act now: every check of the one road, run without changing anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from states.case import Case
from states.choices import CHOICES
from states.definition import Definition, Step
from states.facts import Facts, Unmet
from states.guards import GUARDS
from states.roles import PSEUDO_ROLES, UNIT_ROLES, Role
from states.segregation import objections


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held today in a unit, for all units under ``body`` unless it is a unit's own role."""

    role: str
    unit: str
    body: str

    def covers(self, case: Case) -> bool:
        """Whether this grant is about that case's unit."""
        return self.unit == case.unit if self.role in UNIT_ROLES else self.body == case.body


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person (never an account) with the grants of the account they signed in with."""

    person: str
    grants: tuple[Grant, ...]
    account: str = ""
    name: str = ""

    def may(self, roles: tuple[str, ...], case: Case) -> Grant | None:
        """The first grant that lets this person act in one of these roles, or none."""
        return next((g for g in self.grants if g.role in roles and g.covers(case)), None)

    def only_of_the_unit(self, case: Case) -> bool:
        """Whether this person knows the case only as its unit does."""
        return all(g.role in UNIT_ROLES for g in self.grants if g.covers(case))


CLOCK = Actor(person="clock", grants=(Grant(Role.clock, "", ""),), name="Hệ thống")
"""The pseudo-person behind what the definition lets a deadline do."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The outcome of all checks: the row to fire with the grant it is fired under, or every reason why not."""

    act: str
    row: Step | None
    grant: Grant | None
    reasons: tuple[Unmet, ...]
    asks: tuple[str, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether nothing stands against the act."""
        return not self.reasons


def weigh(definition: Definition, facts: Facts, actor: Actor) -> Weighed:
    """Run every check of one act for one person; none stops the others, so all reasons are told at once."""
    rows = definition.rows(facts.case.station, facts.act)
    if not rows:
        missing = Unmet("wrong_station", {"act": facts.act, "station": facts.case.station})
        return Weighed(facts.act, None, None, (missing,))
    row = _chosen(rows, facts)
    by = row.by if row else tuple(dict.fromkeys(role for r in rows for role in r.by))
    grant = _grant(actor, by, facts.case)
    reasons = tuple(_reasons(row or rows[0], by, grant, facts, actor))
    return Weighed(facts.act, row, grant, reasons, rows[0].asks)


def _grant(actor: Actor, by: tuple[str, ...], case: Case) -> Grant | None:
    if actor is CLOCK:
        return actor.grants[0] if Role.clock in by else None
    return actor.may(by, case)


def _chosen(rows: tuple[Step, ...], facts: Facts) -> Step | None:
    choice = rows[0].choice
    if choice is None:
        return rows[0]
    value = CHOICES[choice[0]].answer(facts)
    return next((row for row in rows if row.choice == (choice[0], value)), None)


def _reasons(
    row: Step, by: tuple[str, ...], grant: Grant | None, facts: Facts, actor: Actor
) -> Iterator[Unmet]:
    if grant is None:
        has = sorted({g.role for g in actor.grants if g.covers(facts.case)})
        yield Unmet("wrong_role", {"needs": [r for r in by if r not in PSEUDO_ROLES], "has": has}, row.basis)
        if actor.only_of_the_unit(facts.case):
            return  # the figures behind an office's act are not the unit's to read yet
    yield from objections(facts, actor.person)
    if facts.case.on_hold and facts.act != "release" and not _put_off(facts):
        yield Unmet("on_hold", {})
    for name in row.needs:
        guard = GUARDS[name]
        if facts.args is not None or not guard.needs_args:
            yield from guard.check(facts)


def _put_off(facts: Facts) -> bool:
    """Whether a session hands back what it did not vote on: that changes nothing, so a hold does not forbid it."""
    return facts.act == "take_result" and not (facts.args or {}).get("votes", True)


def explain(definition: Definition, facts: Facts, actor: Actor) -> tuple[Weighed, ...]:
    """Every act of the case's station for this person: allowed, or every reason why not."""
    acts = definition.acts_at(facts.case.station)
    weighed = (weigh(definition, replace(facts, act=act, args=None), actor) for act in acts)
    return tuple(w for w in weighed if w.row is None or not PSEUDO_ROLES.issuperset(w.row.by))


def turn(definition: Definition, facts: Facts) -> str:
    """The role whose turn it is at the case's station; empty at a final one."""
    station = definition.stations[facts.case.station]
    if station.hands_to is None:
        return station.holder
    waiting = any(True for name in station.hands_to.once for _ in GUARDS[name].check(facts))
    return station.holder if waiting else station.hands_to.role


def reasons_document(reasons: tuple[Unmet, ...]) -> list[Mapping[str, Any]]:
    """The reasons as stored in a command row: codes and facts, worded only when read."""
    return [{"code": r.code, "facts": dict(r.facts), "basis": r.basis} for r in reasons]
