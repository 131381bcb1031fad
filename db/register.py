"""The award register: one line for each award, as histories say it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.case_record import CASE
from db.nominations import NominationRow
from db.scope import Scope, visible
from db.table import Table, columns_of, first, one_of, values_of
from states.register.line import STANDING, RegisterEntry

STATUSES = ("in_force", "replaced", "corrected", "revoked")


class RegisterRow(Table, table=True):
    """One award in the register."""

    __tablename__ = "register"
    __table_args__ = (
        one_of("status", *STATUSES),
        sa.Index("ix_register_body_decided_on", "body", "decided_on", "id"),
        sa.Index("ix_register_unit_decided_on", "unit", "decided_on", "id"),
        sa.Index("ix_register_case_id_decision_no", "case_id", "decision_no"),
    )

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="cases.id")
    body: str = Field(sa_column_kwargs={"comment": "body through which it went"})
    unit: str = Field(foreign_key="unit.id", sa_column_kwargs={"comment": "unit that proposed"})
    ref: str = Field(sa_column_kwargs={"comment": "dossier it was decided on"})
    nomination: str = Field(index=True)
    decision_no: str = Field(index=True)
    decided_on: date
    authority: str = Field(sa_column_kwargs={"comment": "who decided"})
    award: str
    subject_type: str
    name: str
    folded: str = Field(sa_column_kwargs={"comment": "name without marks, for searching"})
    person_id: str | None = Field(default=None, index=True)
    period: str
    base_salary: int | None = Field(
        default=None, sa_column_kwargs={"comment": "whole đồng, on the decision's day"}
    )
    multiplier: str = Field(sa_column_kwargs={"comment": "decimal digits"})
    bonus: int | None = Field(
        default=None, sa_type=sa.BigInteger, sa_column_kwargs={"comment": "whole đồng; null where unknown"}
    )
    why: str = Field(sa_column_kwargs={"comment": "why the bonus is unknown"})
    status: str
    changed_by: str = Field(index=True, sa_column_kwargs={"comment": "case that changed it last"})
    replaces: str = Field(sa_column_kwargs={"comment": "line it follows after a replaced decision"})


class Totals(NamedTuple):
    """How many awards stand in what was sought, with the sum of their bonuses; how many have an unknown one."""

    lines: int
    standing: int
    bonus: int
    unknown: int


class Wanted(NamedTuple):
    """What is sought; nothing where it is all the same. ``words`` are folded, each must occur."""

    year: int | None = None
    award: str | None = None
    unit: str | None = None
    status: str | None = None
    words: str | None = None


REGISTER = RegisterRow.__table__
_NOMINATION = NominationRow.__table__
_COLUMNS = columns_of(REGISTER, RegisterEntry)
_LINES = sa.select(*_COLUMNS)
_NAMED = ("name", "folded")
# The names come from the rows of the nominations: nobody has to ask for them first.
_ENTER = sa.insert(REGISTER).from_select(
    [column.name for column in _COLUMNS],
    sa.select(
        *(
            _NOMINATION.c[column.name]
            if column.name in _NAMED
            else sa.bindparam(f"new_{column.name}", type_=column.type).label(column.name)
            for column in _COLUMNS
        )
    ).where(_NOMINATION.c.id == sa.bindparam("whose", type_=sa.String())),
    include_defaults=False,
)
_MARK = (
    sa.update(REGISTER)
    .where(REGISTER.c.id == sa.bindparam("marked"))
    .values(status=sa.bindparam("new_status"), changed_by=sa.bindparam("by"))
)
_INSERT = sa.insert(REGISTER)


def enter(conn: Connection, entries: Sequence[RegisterEntry]) -> None:
    """Write new lines; their names are those of the nominations they are about."""
    rows = [
        {"whose": entry.nomination}
        | {f"new_{name}": value for name, value in values_of(entry).items() if name not in _NAMED}
        for entry in entries
    ]
    conn.execute(_ENTER, rows)


def follow(conn: Connection, entries: Sequence[RegisterEntry]) -> None:
    """Write lines that take the place of others, names and all."""
    conn.execute(_INSERT, [values_of(entry) for entry in entries])


def mark(conn: Connection, ids: Sequence[str], status: str, by: str) -> None:
    """Note on these lines what became of them, by which case."""
    conn.execute(_MARK, [{"marked": id_, "new_status": status, "by": by} for id_ in ids])


def by_ids(conn: Connection, ids: Sequence[str], *, lock: bool = False) -> list[RegisterEntry]:
    """These lines in the order of their ids, kept from others until the transaction ends where asked."""
    return _read(conn, _LINES.where(REGISTER.c.id.in_(ids)), lock=lock)


def of_decision(conn: Connection, entry: str) -> list[RegisterEntry]:
    """Every line of the decision that this line stands in."""
    one = REGISTER.alias("one")
    same = sa.and_(one.c.case_id == REGISTER.c.case_id, one.c.decision_no == REGISTER.c.decision_no)
    return _read(conn, _LINES.join(one, same).where(one.c.id == entry))


def seen(conn: Connection, scope: Scope, id_: str) -> RegisterEntry | None:
    """One line, where the viewer sees its dossier."""
    wanted = _seen(scope).where(REGISTER.c.id == id_)
    return first(conn, RegisterEntry, wanted)


def of_case(conn: Connection, case_id: str) -> list[RegisterEntry]:
    """The lines of one dossier in the order of their decisions."""
    return _read(conn, _LINES.where(REGISTER.c.case_id == case_id))


def of_nomination(conn: Connection, nomination: str) -> list[RegisterEntry]:
    """The lines of one award, the one that was replaced before the one that replaced it."""
    return _read(conn, _LINES.where(REGISTER.c.nomination == nomination))


def of_the_same(conn: Connection, scope: Scope, entry: RegisterEntry) -> list[RegisterEntry]:
    """Everything the same person or collective ever received, as far as the viewer sees it.

    Who has no account is told apart by name, kind and unit.
    """
    same = sa.and_(
        REGISTER.c.folded == entry.folded,
        REGISTER.c.subject_type == entry.subject_type,
        REGISTER.c.unit == entry.unit,
    )
    if entry.person_id:
        same = sa.or_(REGISTER.c.person_id == entry.person_id, sa.and_(same, REGISTER.c.person_id.is_(None)))
    found = conn.execute(_seen(scope).where(same).order_by(REGISTER.c.decided_on, REGISTER.c.id))
    return [RegisterEntry(*row) for row in found]


def listed(
    conn: Connection, scope: Scope, wanted: Wanted, *, after: tuple[date, str] | None = None, limit: int
) -> list[RegisterEntry]:
    """What is sought of what the viewer sees, newest first; ``after`` is the (day, id) of the last line seen."""
    asked = _seen(scope).where(*_sought(wanted))
    if after is not None:
        day, id_ = after
        earlier = sa.or_(REGISTER.c.decided_on < day, REGISTER.c.id < id_)
        asked = asked.where(REGISTER.c.decided_on <= day, earlier)
    ordered = asked.order_by(REGISTER.c.decided_on.desc(), REGISTER.c.id.desc()).limit(limit)
    return [RegisterEntry(*row) for row in conn.execute(ordered)]


def totals(conn: Connection, scope: Scope, wanted: Wanted) -> Totals:
    """What is sought, counted; money only of awards that stand."""
    stands = REGISTER.c.status.in_(sorted(STANDING))
    counted = sa.select(
        sa.func.count(),
        sa.func.count().filter(stands),
        sa.func.coalesce(sa.func.sum(REGISTER.c.bonus).filter(stands), 0),
        sa.func.count().filter(stands, REGISTER.c.bonus.is_(None)),
    )
    row = conn.execute(_of_seen(counted, scope).where(*_sought(wanted))).one()
    return Totals(*(int(value) for value in row))


def years(conn: Connection, scope: Scope) -> list[int]:
    """The years in which something the viewer sees was decided, newest first."""
    year = sa.extract("year", REGISTER.c.decided_on)
    found = conn.execute(_of_seen(sa.select(year), scope).distinct().order_by(year.desc()))
    return [int(row[0]) for row in found]


def _seen(scope: Scope) -> sa.Select[Any]:
    return _of_seen(_LINES, scope)


def _of_seen(wanted: sa.Select[Any], scope: Scope) -> sa.Select[Any]:
    """Whoever sees the dossier sees its lines."""
    return wanted.join_from(REGISTER, CASE, CASE.c.id == REGISTER.c.case_id).where(visible(scope))


def _sought(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    plain = (
        (REGISTER.c.award, wanted.award),
        (REGISTER.c.unit, wanted.unit),
        (REGISTER.c.status, wanted.status),
    )
    sought = [column == value for column, value in plain if value]
    if wanted.year:
        first = date(wanted.year, 1, 1)
        sought += [REGISTER.c.decided_on >= first, REGISTER.c.decided_on <= date(wanted.year, 12, 31)]
    return sought + [_occurs(word) for word in (wanted.words or "").split()]


def _occurs(word: str) -> sa.ColumnElement[bool]:
    """In the name, the decision's number, the dossier's reference."""
    columns = (REGISTER.c.folded, sa.func.lower(REGISTER.c.decision_no), sa.func.lower(REGISTER.c.ref))
    return sa.or_(*(column.contains(word, autoescape=True) for column in columns))


def _read(conn: Connection, wanted: sa.Select[Any], *, lock: bool = False) -> list[RegisterEntry]:
    ordered = wanted.order_by(REGISTER.c.id)
    # SQLite has one writer anyway, and no word for this.
    locked = ordered.with_for_update(of=REGISTER) if lock and conn.dialect.name != "sqlite" else ordered
    return [RegisterEntry(*row) for row in conn.execute(locked)]
