"""A body finds its council with its sessions at once."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build the index of councils with their sessions."""
    council = "kind IN ('council', 'session')"
    op.create_index(
        op.f("ix_cases_council"),
        "cases",
        ["body", "kind", "final"],
        sqlite_where=sa.text(council),
        postgresql_where=sa.text(council),
    )
