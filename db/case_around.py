"""A case with the units around it in one question, because an act needs both before it can begin."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE, CaseRecord
from db.table import columns_of
from db.together import together
from db.units import OFFICE, UNIT, Unit, around

_CASE_COLUMNS = columns_of(CASE, CaseRecord)
_NEAR = sa.or_(UNIT.c.id == CASE.c.unit, sa.and_(UNIT.c.body == CASE.c.body, OFFICE))
_LOCKED = (
    sa.select(*_CASE_COLUMNS, *columns_of(UNIT, Unit))
    .join_from(CASE, UNIT, _NEAR)
    .where(CASE.c.ref == sa.bindparam("wanted"))
    .order_by(UNIT.c.position, UNIT.c.id)
    # SQLite has no row locks: there the one writer holds the whole file.
    .with_for_update(of=CASE)
)


def locked(conn: Connection, ref: str) -> tuple[CaseRecord, dict[str, Unit]] | None:
    """The case people call ``ref``, kept from other writers until the transaction ends, with the units around it."""
    if (here := together(conn)) and ref in here.cases:
        record = here.cases[ref]
        return record, around(conn, record.unit)
    rows = conn.execute(_LOCKED, {"wanted": ref}).all()
    if not rows:
        return None
    units = [Unit(*row[len(_CASE_COLUMNS) :]) for row in rows]
    return CaseRecord(*rows[0][: len(_CASE_COLUMNS)]), {unit.id: unit for unit in units}
