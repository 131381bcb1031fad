"""The units that propose, appraise or decide."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.table import Table, columns_of, values_of
from db.text import fold
from states.roles import OFFICE_OF

OFFICE_KINDS = frozenset({*(f"{office}_office" for office in OFFICE_OF.values()), "council"})


class UnitRow(Table, table=True):
    """A unit as it is called between two dates."""

    __tablename__ = "unit"

    id: str = Field(primary_key=True)
    kind: str
    body: str = Field(
        foreign_key="unit.id",
        index=True,
        sa_column_kwargs={"comment": "unit whose chairman decides; the city its own"},
    )
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str
    valid_from: date
    valid_to: date | None = Field(
        default=None, sa_column_kwargs={"comment": "last day; null while it exists"}
    )
    position: int = Field(sa_column_kwargs={"comment": "place in lists"})
    folded: str = Field(sa_column_kwargs={"comment": "names without marks, for searching"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A city, office, council, school, ward, commune; `body` is the unit of the deciding chairman."""

    id: str
    kind: str
    body: str
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str
    valid_from: date
    valid_to: date | None
    position: int


_UNIT = UnitRow.__table__
_SELECT = sa.select(*columns_of(_UNIT, Unit))


def insert_unit(conn: Connection, unit: Unit) -> None:
    """Store a new unit."""
    folded = fold(" ".join((unit.name_vi, unit.name_en, unit.short_vi, unit.short_en)))
    conn.execute(sa.insert(_UNIT), values_of(unit) | {"folded": folded})


def all_units(conn: Connection) -> dict[str, Unit]:
    """Every unit that is or was, by id, in list order."""
    rows = conn.execute(_SELECT.order_by(_UNIT.c.position, _UNIT.c.id))
    return {row.id: Unit(*row) for row in rows}


def unit(conn: Connection, unit_id: str) -> Unit | None:
    """One unit, or None."""
    row = conn.execute(_SELECT.where(_UNIT.c.id == unit_id)).first()
    return None if row is None else Unit(*row)


def offices_of(conn: Connection, body: str) -> dict[str, str]:
    """The ids of the appraising offices and the council of a body, by kind."""
    rows = conn.execute(
        sa.select(_UNIT.c.kind, _UNIT.c.id)
        .where(_UNIT.c.body == body, _UNIT.c.kind.in_(OFFICE_KINDS))
        .order_by(_UNIT.c.position.desc(), _UNIT.c.id.desc())
    )
    return {row.kind: row.id for row in rows}
