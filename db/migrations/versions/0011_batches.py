"""What a person orders at one go is kept until every item of it is settled."""

import sqlalchemy as sa
from alembic import op

from db.instants import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "batch",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column(
            "role", sa.String(), nullable=False, comment="in which it was ordered; each act is weighed afresh"
        ),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False, comment="idempotency key, unique for the account"),
        sa.Column("digest", sa.String(), nullable=False, comment="SHA-256 of all that was ordered"),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("touched_at", UtcDateTime(), nullable=False, comment="real time of the last result"),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_batch_account_id_account")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_batch_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_batch_account_id_key")),
    )
    op.create_index(
        op.f("ix_batch_open"),
        "batch",
        ["touched_at"],
        sqlite_where=sa.text("finished_at IS NULL"),
        postgresql_where=sa.text("finished_at IS NULL"),
    )
    op.create_table(
        "batch_item",
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="as the person saw it"),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("args", sa.Text(), nullable=False, comment="canonical JSON"),
        sa.Column("warnings", sa.Text(), nullable=False, comment="codes with figures, canonical JSON"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True, comment="as the road answered, canonical JSON"),
        sa.CheckConstraint(
            "state IN ('waiting', 'done', 'refused', 'conflict', 'left_out')",
            name=op.f("ck_batch_item_state"),
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_item_batch_id_batch")),
        sa.PrimaryKeyConstraint("batch_id", "place", name=op.f("pk_batch_item")),
    )
