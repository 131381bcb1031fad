"""Settings an administrator changes while the system runs."""

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.table import Table, upserts


class SettingRow(Table, table=True):
    """One setting."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str = Field(sa_type=sa.Text)


_SETTING = SettingRow.__table__
_GET = sa.select(_SETTING.c.value).where(_SETTING.c.key == sa.bindparam("wanted"))
_PUT = upserts(_SETTING, replaced=("value",))


def get(conn: Connection, key: str) -> str | None:
    """The value, or None when nobody has set it."""
    return conn.execute(_GET, {"wanted": key}).scalar_one_or_none()


def put(conn: Connection, key: str, value: str) -> None:
    """Set the value, replacing the one before."""
    conn.execute(_PUT[conn.dialect.name], {"key": key, "value": value})
