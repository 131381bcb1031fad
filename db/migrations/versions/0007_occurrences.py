"""What the year brings, with one case of each duty for each unit."""

import sqlalchemy as sa
from alembic import op

from db.instants import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table, let a duty be owed once."""
    op.create_table(
        "occurrence",
        sa.Column("schedule", sa.String(), nullable=False, comment="body/what:whom"),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False, comment="case of the plan it comes from"),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("nominal_on", sa.Date(), nullable=False, comment="calendar day it belongs to"),
        sa.Column("place", sa.Integer(), nullable=False, comment="order within its day"),
        sa.Column("args", sa.Text(), nullable=False, comment="what begins, or the case it is about; JSON"),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True, comment="the case it began or moved"),
        sa.Column("fired_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("status IN ('due', 'fired', 'void')", name=op.f("ck_occurrence_status")),
        sa.PrimaryKeyConstraint("schedule", "period", name=op.f("pk_occurrence")),
    )
    op.create_index(
        op.f("ix_occurrence_due"),
        "occurrence",
        ["nominal_on", "place", "schedule", "period"],
        sqlite_where=sa.text("status = 'due'"),
        postgresql_where=sa.text("status = 'due'"),
    )
    op.create_index(
        op.f("ix_cases_once"),
        "cases",
        ["kind", "unit", "category", "period"],
        unique=True,
        sqlite_where=sa.text("kind <> 'dossier' AND kind <> 'plan'"),
        postgresql_where=sa.text("kind <> 'dossier' AND kind <> 'plan'"),
    )
    op.create_index(
        op.f("ix_cases_plan"),
        "cases",
        ["station"],
        sqlite_where=sa.text("kind = 'plan'"),
        postgresql_where=sa.text("kind = 'plan'"),
    )
