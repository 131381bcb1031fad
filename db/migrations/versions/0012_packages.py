"""Packages of other installations are received, with the files inside them."""

import sqlalchemy as sa
from alembic import op

from db.instants import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables of received packages."""
    op.create_table(
        "received_package",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False, comment="name of its bytes in the blob store"),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column("origin", sa.String(), nullable=False, comment="log of the installation it comes from"),
        sa.Column("sender", sa.String(), nullable=False, comment="body that sent it"),
        sa.Column("manifest", sa.Text(), nullable=False, comment="canonical JSON"),
        sa.Column(
            "body",
            sa.String(),
            nullable=False,
            comment="deciding body that received it; empty: the command line",
        ),
        sa.Column("account_id", sa.String(), nullable=True, comment="null: the command line"),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_received_package_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_received_package")),
        sa.UniqueConstraint("sha256", "body", name=op.f("uq_received_package_sha256_body")),
    )
    op.create_index("ix_received_package_at", "received_package", ["received_at", "id"])
    op.create_table(
        "received_member",
        sa.Column("package_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column("sha256", sa.String(), nullable=False, comment="name of its bytes in the blob store"),
        sa.ForeignKeyConstraint(
            ["package_id"],
            ["received_package.id"],
            name=op.f("fk_received_member_package_id_received_package"),
        ),
        sa.PrimaryKeyConstraint("package_id", "name", name=op.f("pk_received_member")),
    )
