"""The award register; what may be one of its kind is named, so that new kinds of case need no word here."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the register, build the index of what is one of a kind anew."""
    text = sa.String()
    op.create_table(
        "register",
        sa.Column("id", text, nullable=False),
        sa.Column("case_id", text, nullable=False),
        sa.Column("body", text, nullable=False, comment="body through which it went"),
        sa.Column("unit", text, nullable=False, comment="unit that proposed"),
        sa.Column("ref", text, nullable=False, comment="dossier it was decided on"),
        sa.Column("nomination", text, nullable=False),
        sa.Column("decision_no", text, nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("authority", text, nullable=False, comment="who decided"),
        sa.Column("award", text, nullable=False),
        sa.Column("subject_type", text, nullable=False),
        sa.Column("name", text, nullable=False),
        sa.Column("folded", text, nullable=False, comment="name without marks, for searching"),
        sa.Column("person_id", text, nullable=True),
        sa.Column("period", text, nullable=False),
        sa.Column("base_salary", sa.Integer(), nullable=True, comment="whole đồng, on the decision's day"),
        sa.Column("multiplier", text, nullable=False, comment="decimal digits"),
        sa.Column("bonus", sa.BigInteger(), nullable=True, comment="whole đồng; null where unknown"),
        sa.Column("why", text, nullable=False, comment="why the bonus is unknown"),
        sa.Column("status", text, nullable=False),
        sa.Column("changed_by", text, nullable=False, comment="case that changed it last"),
        sa.Column("replaces", text, nullable=False, comment="line it follows after a replaced decision"),
        sa.CheckConstraint(
            "status IN ('in_force', 'replaced', 'corrected', 'revoked')", name=op.f("ck_register_status")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_register_case_id_cases")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_register_unit_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register")),
    )
    for columns in (
        ["body", "decided_on", "id"],
        ["unit", "decided_on", "id"],
        ["case_id", "decision_no"],
        ["nomination"],
        ["decision_no"],
        ["person_id"],
        ["changed_by"],
    ):
        name = "_".join(column for column in columns if column != "id")
        op.create_index(op.f(f"ix_register_{name}"), "register", columns)
    _once_anew()


def _once_anew() -> None:
    op.drop_index(op.f("ix_cases_once"), "cases")
    once = "kind IN ('report', 'registration', 'plan_item', 'intake')"
    op.create_index(
        op.f("ix_cases_once"),
        "cases",
        ["kind", "unit", "category", "period"],
        unique=True,
        sqlite_where=sa.text(once),
        postgresql_where=sa.text(once),
    )
