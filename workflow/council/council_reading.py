"""A council as one person may read it: who sat on it when, under which rules it votes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection

from db import councils, people
from states.awards import AWARDS
from states.council.council import Council
from states.council.seats import SEAT_ROLES, Seat
from states.council.vote_rules import Rule
from states.decide import Actor
from states.roles import UNIT_ROLES, Role
from workflow import case_reading
from workflow.case_reading import CaseView
from workflow.engine import Engine
from workflow.loading import Loaded
from workflow.problems import NotFound

OFFICERS = frozenset(role.value for role in Role) - {str(role) for role in UNIT_ROLES}
"""Whose logins are offered where a member is chosen."""


@dataclass(frozen=True, slots=True)
class CouncilView:
    """Everything the pages show of one council; ``names`` are those of everybody who ever sat, by person."""

    of: CaseView
    council: Council
    names: Mapping[str, str]

    def seats(self, day: date) -> tuple[list[tuple[str, Seat]], list[tuple[str, Seat]]]:
        """Who sits on a day, chair first; then who sat before or will sit, the latest term first."""
        now = list(self.council.sitting(day).items())
        others = [(id_, seat) for id_, seat in self.council.seats.items() if not seat.holds_on(day)]
        others.sort(key=lambda pair: SEAT_ROLES.index(pair[1].role))
        others.sort(key=lambda pair: pair[1].valid_from, reverse=True)
        return now, others

    def rules(self) -> list[tuple[Rule, list[str]]]:
        """Every rule the council votes under now with the awards it is for, the commonest first."""
        groups: dict[Rule, list[str]] = {}
        for code in AWARDS:
            groups.setdefault(self.council.rule(code), []).append(code)
        return sorted(groups.items(), key=lambda pair: -len(pair[1]))


def council(engine: Engine, conn: Connection, ref: str, actor: Actor) -> tuple[CouncilView, Loaded]:
    """One council as this person may read it, with what its acts need. Raises NotFound."""
    view, loaded = case_reading.case(engine, conn, ref, actor, "councils")
    facts = view.case
    assert isinstance(facts, Council)
    persons = {seat.person for seat in facts.seats.values()}
    return CouncilView(view, facts, people.names_of(conn, persons)), loaded


def of_body(engine: Engine, conn: Connection, body: str, actor: Actor) -> CouncilView | None:
    """The council that sits for a body; ``None`` where there is none or it is none of the reader's business."""
    record = councils.of_body(conn, body)
    if record is None:
        return None
    try:
        return council(engine, conn, record.ref, actor)[0]
    except NotFound:
        return None
