"""Who sees a case: its own unit always, an office once it was reached, nobody else."""

from functools import lru_cache, reduce
from operator import or_

from db.cases import CaseRecord
from db.scope import Scope
from states.decide import CLOCK, Actor
from states.roles import UNIT_ROLES, Role


@lru_cache(maxsize=1024)
def scope_of(actor: Actor) -> Scope:
    """The part of all cases this person may see, in the form every query takes."""
    own = frozenset(g.unit for g in actor.grants if g.role in UNIT_ROLES)
    bodies = {g.body for g in actor.grants if g.role not in UNIT_ROLES}
    return Scope(own, {body: _mask(actor, body) for body in sorted(bodies)})


def _mask(actor: Actor, body: str) -> int:
    held = (Role(g.role).bit for g in actor.grants if g.body == body and g.role not in UNIT_ROLES)
    return reduce(or_, held, 0)


def sees(actor: Actor, record: CaseRecord) -> bool:
    """Whether this one case is within the person's scope."""
    if actor is CLOCK or _on_behalf(actor, record):
        return True
    scope = scope_of(actor)
    return record.unit in scope.units or bool(record.seen_by & scope.bodies.get(record.body, 0))


def _on_behalf(actor: Actor, record: CaseRecord) -> bool:
    """Whether a case of the same body decided about this one: then it is known whoever asks."""
    return any(g.role == Role.session and g.body == record.body for g in actor.grants)


def only_as_its_unit(actor: Actor, record: CaseRecord) -> bool:
    """Whether the person sees this case only because it is their unit's: then verdicts wait to be told."""
    return actor is not CLOCK and not record.seen_by & scope_of(actor).bodies.get(record.body, 0)


def of_its_unit(actor: Actor, record: CaseRecord) -> bool:
    """Whether the case is the person's own unit's, whatever else they are; everything is the clock's."""
    return actor is CLOCK or record.unit in scope_of(actor).units
