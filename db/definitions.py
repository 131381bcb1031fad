"""Process definitions as they were when first used."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.instants import UtcDateTime
from db.table import INSERTS, Table, columns_of, values_of


class DefinitionRow(Table, table=True):
    """A process definition; triggers refuse every change."""

    __tablename__ = "definition"

    id: str = Field(primary_key=True, sa_column_kwargs={"comment": "as dossier@A.1"})
    key: str
    version: str
    digest: str = Field(unique=True, sa_column_kwargs={"comment": "SHA-256 of the body, hex"})
    body: str = Field(sa_type=sa.Text, sa_column_kwargs={"comment": "canonical JSON"})
    effective_from: date
    stored_at: datetime = Field(sa_type=UtcDateTime)


@dataclass(frozen=True, slots=True)
class DefinitionRecord:
    """A stored definition; `id` is key@version."""

    id: str
    key: str
    version: str
    digest: str
    body: str
    effective_from: date
    stored_at: datetime


class DefinitionChanged(Exception):
    """A definition that is in use never changes; give the new text a new version."""

    def __init__(self, definition_id: str, *, stored: str, offered: str) -> None:
        super().__init__(
            f"{definition_id} is stored with digest {stored}, not {offered}; give it a new version"
        )
        self.definition_id = definition_id


_DEFINITION = DefinitionRow.__table__
_SELECT = sa.select(*columns_of(_DEFINITION, DefinitionRecord))
_INSERT = {
    dialect: insert(_DEFINITION).on_conflict_do_nothing(index_elements=[_DEFINITION.c.id])
    for dialect, insert in INSERTS.items()
}


def store(
    conn: Connection,
    *,
    key: str,
    version: str,
    digest: str,
    body: str,
    effective_from: date,
    stored_at: datetime,
) -> None:
    """Store the definition as key@version unless it is stored already.

    Raises DefinitionChanged when that id is stored with another digest.
    """
    record = DefinitionRecord(f"{key}@{version}", key, version, digest, body, effective_from, stored_at)
    conn.execute(_INSERT[conn.dialect.name], values_of(record))
    same_id = sa.select(_DEFINITION.c.digest).where(_DEFINITION.c.id == record.id)
    kept = conn.execute(same_id).scalar_one()
    if kept != digest:
        raise DefinitionChanged(record.id, stored=kept, offered=digest)


def stored(conn: Connection) -> list[DefinitionRecord]:
    """Every stored definition, by key, then the day it takes effect."""
    order = (_DEFINITION.c.key, _DEFINITION.c.effective_from, _DEFINITION.c.id)
    return [DefinitionRecord(*row) for row in conn.execute(_SELECT.order_by(*order))]
