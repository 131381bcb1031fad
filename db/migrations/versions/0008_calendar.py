"""Corrections of the calendar are found at once, and a day may be corrected again."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the index of what is one of a kind anew, add the one of corrections."""
    op.drop_index(op.f("ix_cases_once"), "cases")
    once = "kind <> 'dossier' AND kind <> 'plan' AND kind <> 'calendar_day'"
    op.create_index(
        op.f("ix_cases_once"),
        "cases",
        ["kind", "unit", "category", "period"],
        unique=True,
        sqlite_where=sa.text(once),
        postgresql_where=sa.text(once),
    )
    op.create_index(
        op.f("ix_cases_calendar"),
        "cases",
        ["id", "version"],
        sqlite_where=sa.text("kind = 'calendar_day'"),
        postgresql_where=sa.text("kind = 'calendar_day'"),
    )
