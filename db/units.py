"""The units that propose, appraise or decide."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.table import Table, columns_of, first, values_of
from db.text import fold
from db.together import asked_once
from states.named import Named
from states.roles import OFFICE_OF
from states.term import Term

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
class Unit(Named, Term):
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

    def short(self, lang: str) -> str:
        """Its short name, for lists and narrow places."""
        return self.short_vi if lang == "vi" else self.short_en


UNIT = UnitRow.__table__
_SELECT = sa.select(*columns_of(UNIT, Unit))
_BY_ID = _SELECT.where(UNIT.c.id == sa.bindparam("wanted"))
_BY_IDS = _SELECT.where(UNIT.c.id.in_(sa.bindparam("wanted", expanding=True)))
_BODY = sa.select(UNIT.c.body).where(UNIT.c.id == sa.bindparam("wanted")).scalar_subquery()
OFFICE = sa.or_(UNIT.c.id == UNIT.c.body, *(UNIT.c.kind == kind for kind in sorted(OFFICE_KINDS)))
_AROUND = _SELECT.where(
    sa.or_(UNIT.c.id == sa.bindparam("wanted"), sa.and_(UNIT.c.body == _BODY, OFFICE))
).order_by(UNIT.c.position, UNIT.c.id)


def insert_unit(conn: Connection, unit: Unit) -> None:
    """Store a new unit."""
    folded = fold(" ".join((unit.name_vi, unit.name_en, unit.short_vi, unit.short_en)))
    conn.execute(sa.insert(UNIT), values_of(unit) | {"folded": folded})


def set_end(conn: Connection, unit_id: str, last_day: date) -> None:
    """Write down the last day of a unit."""
    conn.execute(sa.update(UNIT).where(UNIT.c.id == unit_id).values(valid_to=last_day))


def all_units(conn: Connection) -> dict[str, Unit]:
    """Every unit that is or was, by id, in list order."""
    rows = conn.execute(_SELECT.order_by(UNIT.c.position, UNIT.c.id))
    return {row.id: Unit(*row) for row in rows}


def unit(conn: Connection, unit_id: str) -> Unit | None:
    """One unit, or None."""
    return asked_once(conn, ("unit", unit_id), lambda: _unit(conn, unit_id))


def _unit(conn: Connection, unit_id: str) -> Unit | None:
    return first(conn, Unit, _BY_ID, {"wanted": unit_id})


def by_ids(conn: Connection, unit_ids: Collection[str]) -> dict[str, Unit]:
    """These units by id; those there are not are left out."""
    return {row.id: Unit(*row) for row in conn.execute(_BY_IDS, {"wanted": sorted(unit_ids)})}


def around(conn: Connection, unit_id: str) -> dict[str, Unit]:
    """By id: a unit, the body that decides for it, the offices and the council of that body."""
    return asked_once(conn, ("around", unit_id), lambda: _around(conn, unit_id))


def _around(conn: Connection, unit_id: str) -> dict[str, Unit]:
    return {row.id: Unit(*row) for row in conn.execute(_AROUND, {"wanted": unit_id})}


def offices_of(units: Iterable[Unit], body: str) -> dict[str, str]:
    """The ids of the appraising offices and the council of a body, by kind; the first in lists wins."""
    listed = sorted(units, key=lambda unit: (unit.position, unit.id), reverse=True)
    return {unit.kind: unit.id for unit in listed if unit.body == body and unit.kind in OFFICE_KINDS}
