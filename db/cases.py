"""Finding, storing cases."""

from collections.abc import Sequence
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CASES, CaseLine, CaseRecord
from db.scope import Scope, visible
from db.table import first, values_of
from db.together import keep, together
from db.writing import Writing, updating

__all__ = [
    "CaseLine",
    "CaseRecord",
    "Scope",
    "all_free",
    "by_id",
    "by_ids",
    "by_refs",
    "free",
    "ids",
    "insert",
    "load",
    "plan_versions",
    "plans_in_effect",
    "update",
    "visible",
]

_BY_REF = CASES.where(CASE.c.ref == sa.bindparam("wanted"))
_BY_ID = CASES.where(CASE.c.id == sa.bindparam("wanted"))
# SQLite has no row locks: there the one writer holds the whole file.
_FREE = _BY_ID.with_for_update(skip_locked=True)
_BY_IDS = CASES.where(CASE.c.id.in_(sa.bindparam("wanted", expanding=True)))
_BY_REFS = CASES.where(CASE.c.ref.in_(sa.bindparam("wanted", expanding=True)))
_INSERT = sa.insert(CASE)
_SEEN = {"id": "same_id", "version": "seen_version"}
_ALL_FREE = _BY_IDS.order_by(CASE.c.id).with_for_update(skip_locked=True)


def load(conn: Connection, ref: str) -> CaseRecord | None:
    """The case people call `ref`, or None; `case_around.locked` is for whoever is about to write it."""
    if (here := together(conn)) and ref in here.cases:
        return here.cases[ref]
    return first(conn, CaseRecord, _BY_REF, {"wanted": ref})


def by_id(conn: Connection, case_id: str) -> CaseRecord | None:
    """The case with this id, or None."""
    return first(conn, CaseRecord, _BY_ID, {"wanted": case_id})


def free(conn: Connection, case_id: str) -> CaseRecord | None:
    """The case with this id, kept from other writers until the transaction ends; None while another writes it."""
    return first(conn, CaseRecord, _FREE, {"wanted": case_id})


def all_free(conn: Connection, case_ids: Sequence[str]) -> dict[str, CaseRecord]:
    """Those of these cases nobody writes now, by id, kept from other writers until the transaction ends."""
    return {row.id: CaseRecord(*row) for row in conn.execute(_ALL_FREE, {"wanted": case_ids}).all()}


def by_ids(conn: Connection, case_ids: Sequence[str]) -> dict[str, CaseRecord]:
    """The cases with these ids, by id; those there are not are left out."""
    return {row.id: CaseRecord(*row) for row in conn.execute(_BY_IDS, {"wanted": case_ids})}


def by_refs(conn: Connection, refs: Sequence[str]) -> dict[str, CaseRecord]:
    """The cases people call these, by ref; those there are not are left out."""
    return {row.ref: CaseRecord(*row) for row in conn.execute(_BY_REFS, {"wanted": refs})}


def insert(conn: Connection, record: CaseRecord) -> None:
    """Store a new case. Raises IntegrityError when its ref is taken."""
    conn.execute(_INSERT, values_of(record))


def update(conn: Connection, record: CaseRecord, *, seen: CaseRecord) -> bool:
    """Change the case, if it is still at the version seen, where it differs from that; False when someone was faster.

    Among many writes that shows at their end. Every index of a column that is written is written too.
    """
    pairs = zip(CaseRecord._fields, record, seen, strict=True)
    values = {name: new for name, new, old in pairs if new != old}
    writing = _changing(tuple(values))
    values |= {"same_id": seen.id, "seen_version": seen.version}
    if here := together(conn):
        keep(here, writing, values, every=True)
        return True
    return conn.execute(writing.one[conn.dialect.name], values).first() is not None


@lru_cache(maxsize=256)
def _changing(names: tuple[str, ...]) -> Writing:
    return updating(CASE, names, _SEEN)


# Literal, so that the partial index serves.
_IN_EFFECT = [CASE.c.kind == sa.literal_column("'plan'"), CASE.c.station == "active"]
_PLAN_VERSIONS = sa.select(CASE.c.id, CASE.c.version).where(*_IN_EFFECT)


def plans_in_effect(conn: Connection) -> list[CaseRecord]:
    """The plans of years that have effect now."""
    return [CaseRecord(*row) for row in conn.execute(CASES.where(*_IN_EFFECT))]


def plan_versions(conn: Connection) -> dict[str, int]:
    """The versions of the plans in effect by id: all that tells whether one changed."""
    found: list[tuple[str, int]] = [tuple(row) for row in conn.execute(_PLAN_VERSIONS)]
    return dict(found)


def ids(conn: Connection) -> list[str]:
    """The ids of every case, for checking all of them."""
    return list(conn.execute(sa.select(CASE.c.id).order_by(CASE.c.id)).scalars())
