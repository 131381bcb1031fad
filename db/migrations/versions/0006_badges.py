"""The indexes hold all that counting what a person acted on asks for."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Which cases a person acted on, wider; whether a case may be counted, beside its id."""
    op.drop_index(op.f("ix_history_actor_at"), "history")
    op.create_index(op.f("ix_history_actor_at"), "history", ["actor", "at", "case_id"])
    op.create_index(
        op.f("ix_cases_done"),
        "cases",
        ["id", "body", "unit", "seen_by", "final", "holder_unit", "holder_role"],
    )
