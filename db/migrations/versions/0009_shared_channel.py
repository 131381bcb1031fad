"""A notice may also go where many read it together."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let a delivery go by the shared channel."""
    with op.batch_alter_table("delivery") as table:
        table.drop_constraint(op.f("ck_delivery_channel"), type_="check")
        table.create_check_constraint(op.f("ck_delivery_channel"), "channel IN ('mail', 'digest', 'shared')")
