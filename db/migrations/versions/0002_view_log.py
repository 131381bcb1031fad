"""Who looked at personal data."""

import sqlalchemy as sa
from alembic import op

from db.instants import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the log of looks."""
    op.create_table(
        "view_log",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False, comment="deciding body whose auditors read this row"),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("ref", sa.String(), nullable=False, comment="empty for an export of many cases"),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column(
            "about", sa.String(), nullable=False, comment="paper id, or what an export was narrowed to"
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.CheckConstraint("what IN ('page', 'print', 'paper', 'export')", name=op.f("ck_view_log_what")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_view_log_account_id_account")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_view_log_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_view_log")),
    )
    op.create_index(op.f("ix_view_log_body_at"), "view_log", ["body", "at", "id"])
    op.create_index(op.f("ix_view_log_account_case_at"), "view_log", ["account_id", "case_id", "at"])
