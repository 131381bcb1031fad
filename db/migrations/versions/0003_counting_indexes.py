"""The indexes of cases hold all that counting asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Build both anew, wider."""
    op.drop_index(op.f("ix_cases_waiting"), "cases")
    op.create_index(
        op.f("ix_cases_waiting"),
        "cases",
        ["holder_unit", "holder_role", "due_on", "id", "body", "unit", "seen_by", "final"],
        sqlite_where=sa.text("final IS 0"),
        postgresql_where=sa.text("final IS false"),
    )
    op.drop_index(op.f("ix_cases_body_station"), "cases")
    op.create_index(
        op.f("ix_cases_body_station"), "cases", ["body", "station", "due_on", "seen_by", "entered_at"]
    )
