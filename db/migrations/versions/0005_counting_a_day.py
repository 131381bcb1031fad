"""The index that counts stations knows when a case began, which counting a day of the past asks for."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build it anew, wider."""
    op.drop_index(op.f("ix_cases_body_station"), "cases")
    op.create_index(
        op.f("ix_cases_body_station"),
        "cases",
        ["body", "station", "due_on", "seen_by", "entered_at", "created_at"],
    )
