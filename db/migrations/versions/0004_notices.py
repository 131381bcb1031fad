"""How people want to be told, with what was sent to each."""

import sqlalchemy as sa
from alembic import op

from db.instants import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both."""
    _preference()
    _delivery()


def _preference() -> None:
    op.create_table(
        "preference",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False, comment="empty: only the bell"),
        sa.Column("lang", sa.String(), nullable=False, comment="language of mail and calendar"),
        sa.Column("choices", sa.Text(), nullable=False, comment="when to mail each notice, JSON by act"),
        sa.Column("read_until", UtcDateTime(), nullable=True, comment="newest notice marked as read"),
        sa.Column(
            "calendar_hash",
            sa.String(),
            nullable=True,
            comment="SHA-256 of the calendar address's secret",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_preference_account_id_account")
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_preference")),
        sa.UniqueConstraint("calendar_hash", name=op.f("uq_preference_calendar_hash")),
    )


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("outbox_id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False, comment="where it went, or was to go"),
        sa.Column("status", sa.String(), nullable=False, comment="dropped: no longer the person's to know"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True, comment="not before; null until its digest"),
        sa.Column("smtp_reply", sa.Text(), nullable=False, comment="the mail server's last word"),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column("leads", sa.Boolean(), nullable=False, comment="the one row by which its mail is claimed"),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint("channel IN ('mail', 'digest')", name=op.f("ck_delivery_channel")),
        sa.CheckConstraint(
            "status IN ('waiting', 'sent', 'failed', 'dead', 'dropped')", name=op.f("ck_delivery_status")
        ),
        sa.ForeignKeyConstraint(["outbox_id"], ["outbox.id"], name=op.f("fk_delivery_outbox_id_outbox")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_delivery_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "outbox_id", "account_id", "channel", name=op.f("uq_delivery_outbox_id_account_id_channel")
        ),
    )
    op.create_index(op.f("ix_delivery_account_id"), "delivery", ["account_id"])
    op.create_index(op.f("ix_delivery_created_at"), "delivery", ["created_at", "id"])
    op.create_index(op.f("ix_delivery_message_id"), "delivery", ["message_id"])
    op.create_index(
        op.f("ix_delivery_due"),
        "delivery",
        ["next_at", "id"],
        sqlite_where=sa.text("leads IS 1 AND status IN ('waiting', 'failed')"),
        postgresql_where=sa.text("leads IS true AND status IN ('waiting', 'failed')"),
    )
