"""Only duties, items and windows of the year are one of a kind; sessions are as many as are held."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the index of what is one of a kind anew, by naming what is, with one of councils and sessions."""
    op.drop_index(op.f("ix_cases_once"), "cases")
    once = "kind IN ('report', 'registration', 'plan_item', 'intake')"
    op.create_index(
        op.f("ix_cases_once"),
        "cases",
        ["kind", "unit", "category", "period"],
        unique=True,
        sqlite_where=sa.text(once),
        postgresql_where=sa.text(once),
    )
    council = "kind IN ('council', 'session')"
    op.create_index(
        op.f("ix_cases_council"),
        "cases",
        ["body", "kind", "final"],
        sqlite_where=sa.text(council),
        postgresql_where=sa.text(council),
    )
