"""Who is proposed for which award."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlmodel import Field

from db.table import Table, columns_of, values_of


class NominationRow(Table, table=True):
    """One subject proposed for one award."""

    __tablename__ = "nomination"

    id: str = Field(primary_key=True)
    case_id: str = Field(foreign_key="cases.id", index=True)
    position: int = Field(sa_column_kwargs={"comment": "place in the dossier"})
    award: str
    subject_type: str
    name: str
    sort_key: str = Field(sa_column_kwargs={"comment": "given name, family name, middle names; ASCII"})
    folded: str = Field(sa_column_kwargs={"comment": "name without marks, for searching"})
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    role_title: str = Field(default="", sa_type=sa.Text)
    achievement: str = Field(sa_type=sa.Text)
    details: str = Field(default="{}", sa_type=sa.Text, sa_column_kwargs={"comment": "canonical JSON"})
    outcome: str | None = None
    decision_no: str | None = None


@dataclass(frozen=True, slots=True)
class NominationRecord:
    """A nomination; `outcome` is None until it is settled."""

    id: str
    case_id: str
    position: int
    award: str
    subject_type: str
    name: str
    sort_key: str
    folded: str
    person_id: str | None
    role_title: str
    achievement: str
    details: str
    outcome: str | None = None
    decision_no: str | None = None


# What a nomination came to: (award, outcome, decision number).
Outcome = tuple[str, str | None, str | None]

_NOMINATION = NominationRow.__table__
_OF_CASE = (
    sa.select(*columns_of(_NOMINATION, NominationRecord))
    .where(_NOMINATION.c.case_id == sa.bindparam("case"))
    .order_by(_NOMINATION.c.position, _NOMINATION.c.id)
)
_UPDATE = sa.update(_NOMINATION).where(_NOMINATION.c.id == sa.bindparam("same_id"))
_INSERT = sa.insert(_NOMINATION)
_DELETE = sa.delete(_NOMINATION).where(_NOMINATION.c.id == sa.bindparam("gone_id"))


def of_case(conn: Connection, case_id: str) -> list[NominationRecord]:
    """The nominations of a case in its order."""
    return [NominationRecord(*row) for row in conn.execute(_OF_CASE, {"case": case_id})]


def replace(conn: Connection, old: Sequence[NominationRecord], records: Sequence[NominationRecord]) -> None:
    """Make these the nominations of a case that had the old ones: absent ones go, known ones change, new ones come."""
    before = {record.id: record for record in old}
    now = {record.id for record in records}
    gone = [{"gone_id": known} for known in before if known not in now]
    new = [values_of(record) for record in records if record.id not in before]
    changed = [
        values_of(record) | {"same_id": record.id}
        for record in records
        if record.id in before and record != before[record.id]
    ]
    for statement, rows in ((_DELETE, gone), (_UPDATE, changed), (_INSERT, new)):
        if rows:
            conn.execute(statement, rows)


def set_outcomes(conn: Connection, outcomes: Mapping[str, Outcome]) -> None:
    """Write down by nomination id what each came to."""
    rows = [
        {"same_id": nomination, "award": award, "outcome": outcome, "decision_no": decision_no}
        for nomination, (award, outcome, decision_no) in outcomes.items()
    ]
    if rows:
        conn.execute(_UPDATE, rows)
