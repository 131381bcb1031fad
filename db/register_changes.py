"""The cases that change the register, with the lines they changed."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CASES, CaseRecord
from db.register import REGISTER
from db.scope import Scope, visible
from db.table import columns_of
from states.register.line import RegisterEntry

_LINES = sa.select(*columns_of(REGISTER, RegisterEntry))


def changed(conn: Connection) -> list[RegisterEntry]:
    """Every line that something happened to, or that follows another."""
    touched = sa.or_(REGISTER.c.status != "in_force", REGISTER.c.changed_by != "", REGISTER.c.replaces != "")
    return [RegisterEntry(*row) for row in conn.execute(_LINES.where(touched).order_by(REGISTER.c.id))]


def changes(conn: Connection, stations: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """(id, kind, facts) of every case of these kinds that came to its station."""
    ended = [sa.and_(CASE.c.kind == kind, CASE.c.station == station) for kind, station in stations.items()]
    wanted = sa.select(CASE.c.id, CASE.c.kind, CASE.c.facts).where(sa.or_(*ended)).order_by(CASE.c.ref)
    return [(row[0], row[1], row[2]) for row in conn.execute(wanted)]


def highest(conn: Connection, authorities: Sequence[str], written: str) -> list[tuple[str, str, int, int]]:
    """(reference, body, year, number) of the highest number of each body and year among these authorities' decisions.

    ``written`` is what follows a number.
    """
    number = sa.cast(sa.func.replace(REGISTER.c.decision_no, written, ""), sa.Integer)
    year = sa.cast(sa.extract("year", REGISTER.c.decided_on), sa.Integer)
    mine = REGISTER.c.authority.in_(authorities)
    most = sa.select(REGISTER.c.body, year.label("year"), sa.func.max(number).label("number")).where(mine)
    found = most.group_by(REGISTER.c.body, year).subquery()
    whose = (found.c.body == REGISTER.c.body) & (found.c.year == year) & (found.c.number == number)
    rows = sa.select(sa.func.min(REGISTER.c.ref), *found.c).join_from(REGISTER, found, whose).where(mine)
    return [(row[0], row[1], row[2], row[3]) for row in conn.execute(rows.group_by(*found.c))]


def under_way(conn: Connection, kind: str, entry: str) -> list[str]:
    """The references of the open cases of a kind about a line."""
    mine = CASE.c.facts.contains(f'"{entry}"', autoescape=True)
    wanted = sa.select(CASE.c.ref).where(CASE.c.kind == kind, CASE.c.final.is_(sa.false()), mine)
    return list(conn.execute(wanted.order_by(CASE.c.ref)).scalars())


def about(conn: Connection, scope: Scope, ref: str, kinds: Sequence[str]) -> list[CaseRecord]:
    """The visible cases of these kinds about a dossier, oldest first."""
    mine = CASE.c.facts.contains(f'"about":"{ref}"', autoescape=True)
    wanted = CASES.where(CASE.c.kind.in_(kinds), mine, visible(scope))
    return [CaseRecord(*row) for row in conn.execute(wanted.order_by(CASE.c.created_at, CASE.c.id))]
