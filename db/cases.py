"""Finding, storing cases."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CaseLine, CaseRecord
from db.scope import Scope, visible
from db.table import columns_of, values_of
from db.together import keep, together

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

_SELECT = sa.select(*columns_of(CASE, CaseRecord))
_BY_REF = _SELECT.where(CASE.c.ref == sa.bindparam("wanted"))
# SQLite has no row locks: there the one writer holds the whole file.
_LOCKED = _BY_REF.with_for_update()
_BY_ID = _SELECT.where(CASE.c.id == sa.bindparam("wanted"))
_FREE = _BY_ID.with_for_update(skip_locked=True)
_BY_IDS = _SELECT.where(CASE.c.id.in_(sa.bindparam("wanted", expanding=True)))
_BY_REFS = _SELECT.where(CASE.c.ref.in_(sa.bindparam("wanted", expanding=True)))
_INSERT = sa.insert(CASE)
_UPDATE = (
    sa.update(CASE)
    .where(CASE.c.id == sa.bindparam("same_id"), CASE.c.version == sa.bindparam("seen_version"))
    .returning(CASE.c.version)
)
_UPDATE_ALL = sa.update(CASE).where(
    CASE.c.id == sa.bindparam("same_id"), CASE.c.version == sa.bindparam("seen_version")
)
_ALL_FREE = _BY_IDS.order_by(CASE.c.id).with_for_update(skip_locked=True)


def load(conn: Connection, ref: str, *, lock: bool = False) -> CaseRecord | None:
    """The case people call `ref`, or None; `lock` keeps other writers off it until the transaction ends."""
    if (here := together(conn)) and ref in here.cases:
        return here.cases[ref]
    row = conn.execute(_LOCKED if lock else _BY_REF, {"wanted": ref}).first()
    return None if row is None else CaseRecord(*row)


def by_id(conn: Connection, case_id: str) -> CaseRecord | None:
    """The case with this id, or None."""
    row = conn.execute(_BY_ID, {"wanted": case_id}).first()
    return None if row is None else CaseRecord(*row)


def free(conn: Connection, case_id: str) -> CaseRecord | None:
    """The case with this id, kept from other writers until the transaction ends; None while another writes it."""
    row = conn.execute(_FREE, {"wanted": case_id}).first()
    return None if row is None else CaseRecord(*row)


def all_free(conn: Connection, case_ids: Sequence[str]) -> dict[str, CaseRecord]:
    """Those of these cases nobody writes now, by id, kept from other writers until the transaction ends."""
    return {row.id: CaseRecord(*row) for row in conn.execute(_ALL_FREE, {"wanted": case_ids})}


def by_ids(conn: Connection, case_ids: Sequence[str]) -> dict[str, CaseRecord]:
    """The cases with these ids, by id; those there are not are left out."""
    return {row.id: CaseRecord(*row) for row in conn.execute(_BY_IDS, {"wanted": case_ids})}


def by_refs(conn: Connection, refs: Sequence[str]) -> dict[str, CaseRecord]:
    """The cases people call these, by ref; those there are not are left out."""
    return {row.ref: CaseRecord(*row) for row in conn.execute(_BY_REFS, {"wanted": refs})}


def insert(conn: Connection, record: CaseRecord) -> None:
    """Store a new case. Raises IntegrityError when its ref is taken."""
    conn.execute(_INSERT, values_of(record))


def update(conn: Connection, record: CaseRecord, *, seen_version: int) -> bool:
    """Replace the case if it is still at the version seen; False when someone was faster.

    Among many writes that shows at their end.
    """
    values = values_of(record) | {"same_id": record.id, "seen_version": seen_version}
    if here := together(conn):
        keep(here, _UPDATE_ALL, values, every=True)
        return True
    return conn.execute(_UPDATE, values).first() is not None


# Literal, so that the partial index serves.
_IN_EFFECT = [CASE.c.kind == sa.literal_column("'plan'"), CASE.c.station == "active"]


def plans_in_effect(conn: Connection) -> list[CaseRecord]:
    """The plans of years that have effect now."""
    return [CaseRecord(*row) for row in conn.execute(_SELECT.where(*_IN_EFFECT))]


def plan_versions(conn: Connection) -> dict[str, int]:
    """The versions of the plans in effect by id: all that tells whether one changed."""
    found: list[tuple[str, int]] = [
        tuple(row) for row in conn.execute(sa.select(CASE.c.id, CASE.c.version).where(*_IN_EFFECT))
    ]
    return dict(found)


def ids(conn: Connection) -> list[str]:
    """The ids of every case, for checking all of them."""
    return list(conn.execute(sa.select(CASE.c.id).order_by(CASE.c.id)).scalars())
