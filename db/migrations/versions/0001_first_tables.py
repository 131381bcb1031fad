"""The first tables."""

import sqlalchemy as sa
from alembic import op

from db.instants import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create them, each after those it points to."""
    _command()
    _definition()
    _history()
    _lockout()
    _number_series()
    _person()
    _setting()
    _unit()
    _account()
    _cases()
    _payload()
    _grant()
    _nomination()
    _outbox()
    _paper()
    _scratch()
    _sign_in()
    _timer()
    _token()
    _case_paper()


def _command() -> None:
    op.create_table(
        "command",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False, comment="idempotency key, unique for the account"),
        sa.Column(
            "digest",
            sa.String(),
            nullable=False,
            comment="SHA-256 of act, ref, body; a second one is another command",
        ),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False, comment="codes without words, canonical JSON"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("station", sa.String(), nullable=True, comment="where the case stood"),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.CheckConstraint("outcome IN ('ok', 'refused', 'conflict')", name=op.f("ck_command_outcome")),
        sa.PrimaryKeyConstraint("account_id", "key", name=op.f("pk_command")),
    )
    op.create_index(op.f("ix_command_case_id_at"), "command", ["case_id", "at"])
    op.create_index(op.f("ix_command_outcome_at"), "command", ["outcome", "at"])


def _definition() -> None:
    op.create_table(
        "definition",
        sa.Column("id", sa.String(), nullable=False, comment="as dossier@A.1"),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False, comment="SHA-256 of the body, hex"),
        sa.Column("body", sa.Text(), nullable=False, comment="canonical JSON"),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("stored_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definition")),
        sa.UniqueConstraint("digest", name=op.f("uq_definition_digest")),
    )


def _history() -> None:
    op.create_table(
        "history",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, comment="1, 2, 3 … within the case"),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="exactly the bytes that were hashed"),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False, comment="SHA-256, hex"),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False, comment="person id, or clock"),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False, comment="unit the actor acted for"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_history_case_id_seq")),
    )
    op.create_index(op.f("ix_history_actor_at"), "history", ["actor", "at"])
    op.create_index(op.f("ix_history_at"), "history", ["at"])


def _lockout() -> None:
    op.create_table(
        "lockout",
        sa.Column("key", sa.String(), nullable=False, comment="a login or an address"),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_lockout")),
    )


def _number_series() -> None:
    op.create_table(
        "number_series",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False, comment="unit of the chairman who signs"),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "body", "year", name=op.f("pk_number_series")),
    )


def _person() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "sort_key", sa.String(), nullable=False, comment="given name, family name, middle names; ASCII"
        ),
        sa.Column("folded", sa.String(), nullable=False, comment="name without marks, for searching"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )


def _unit() -> None:
    op.create_table(
        "unit",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "body", sa.String(), nullable=False, comment="unit whose chairman decides; the city its own"
        ),
        sa.Column("name_vi", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("short_vi", sa.String(), nullable=False),
        sa.Column("short_en", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="last day; null while it exists"),
        sa.Column("position", sa.Integer(), nullable=False, comment="place in lists"),
        sa.Column("folded", sa.String(), nullable=False, comment="names without marks, for searching"),
        sa.ForeignKeyConstraint(["body"], ["unit.id"], name=op.f("fk_unit_body_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    op.create_index(op.f("ix_unit_body"), "unit", ["body"])


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("disabled_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    op.create_index(op.f("ix_account_person_id"), "account", ["person_id"])


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False, comment="dossier"),
        sa.Column("ref", sa.String(), nullable=False, comment="what people call it"),
        sa.Column("body", sa.String(), nullable=False, comment="unit of the deciding chairman"),
        sa.Column("unit", sa.String(), nullable=False, comment="unit that proposes"),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False, comment="kind of commendation, as CONG_TRANG"),
        sa.Column("procedure", sa.String(), nullable=False, comment="full or simplified"),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False, comment="process it follows, as dossier@A.1"),
        sa.Column("definition_digest", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False, comment="seq of its last history entry"),
        sa.Column("head_hash", sa.String(), nullable=False, comment="hash of its last history entry, hex"),
        sa.Column(
            "station_seq",
            sa.Integer(),
            nullable=False,
            comment="seq of the entry that brought it to its station",
        ),
        sa.Column("holder_role", sa.String(), nullable=True),
        sa.Column("holder_unit", sa.String(), nullable=True),
        sa.Column("entered_at", UtcDateTime(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True, comment="last day of the station's limit"),
        sa.Column("seen_by", sa.Integer(), nullable=False, comment="bit mask of the roles that may see it"),
        sa.Column("final", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False, comment="folded state, canonical JSON"),
        sa.Column("search", sa.Text(), nullable=False, comment="words without marks"),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_cases_unit_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("ref", name=op.f("uq_cases_ref")),
    )
    op.create_index(op.f("ix_cases_body_created_at"), "cases", ["body", "created_at", "id"])
    op.create_index(op.f("ix_cases_body_station"), "cases", ["body", "station", "due_on", "seen_by"])
    op.create_index(op.f("ix_cases_created_at"), "cases", ["created_at", "id"])
    op.create_index(op.f("ix_cases_unit_created_at"), "cases", ["unit", "created_at", "id"])
    op.create_index(
        op.f("ix_cases_waiting"),
        "cases",
        ["holder_unit", "holder_role", "due_on", "id"],
        sqlite_where=sa.text("final IS 0"),
        postgresql_where=sa.text("final IS false"),
    )


def _payload() -> None:
    op.create_table(
        "payload",
        sa.Column("history_id", sa.String(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["history_id"], ["history.id"], name=op.f("fk_payload_history_id_history")),
        sa.PrimaryKeyConstraint("history_id", name=op.f("pk_payload")),
    )


def _grant() -> None:
    op.create_table(
        "grant",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True, comment="last day; null while it lasts"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_grant_account_id_account")),
        sa.ForeignKeyConstraint(["unit"], ["unit.id"], name=op.f("fk_grant_unit_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant")),
    )
    op.create_index(op.f("ix_grant_account_id"), "grant", ["account_id"])
    op.create_index(op.f("ix_grant_role_unit"), "grant", ["role", "unit"])


def _nomination() -> None:
    op.create_table(
        "nomination",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="place in the dossier"),
        sa.Column("award", sa.String(), nullable=False),
        sa.Column("subject_type", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "sort_key", sa.String(), nullable=False, comment="given name, family name, middle names; ASCII"
        ),
        sa.Column("folded", sa.String(), nullable=False, comment="name without marks, for searching"),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("role_title", sa.Text(), nullable=False),
        sa.Column("achievement", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False, comment="canonical JSON"),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("decision_no", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_nomination_case_id_cases")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_nomination_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
    )
    op.create_index(op.f("ix_nomination_case_id"), "nomination", ["case_id"])
    op.create_index(op.f("ix_nomination_person_id"), "nomination", ["person_id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, comment="history entry it tells of"),
        sa.Column("notice", sa.String(), nullable=False, comment="name in the catalogue of notices"),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("dedupe", sa.String(), nullable=False, comment="the same notice is written once"),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("status IN ('waiting', 'sent', 'dead')", name=op.f("ck_outbox_status")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_outbox_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("dedupe", name=op.f("uq_outbox_dedupe")),
    )
    op.create_index(op.f("ix_outbox_case_id"), "outbox", ["case_id"])
    op.create_index(op.f("ix_outbox_status_created_at"), "outbox", ["status", "created_at"])
    op.create_index(op.f("ix_outbox_unit_role_created_at"), "outbox", ["unit", "role", "created_at", "id"])


def _paper() -> None:
    op.create_table(
        "paper",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False, comment="name of its bytes in the blob store"),
        sa.Column("name", sa.String(), nullable=False, comment="file name as uploaded"),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False, comment="kind of paper, as TO_TRINH"),
        sa.Column("account_id", sa.String(), nullable=False, comment="who uploaded it"),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_paper_account_id_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    op.create_index(op.f("ix_paper_sha256"), "paper", ["sha256"])


def _scratch() -> None:
    op.create_table(
        "scratch",
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False, comment="which form of which case"),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_scratch_account_id_account")),
        sa.PrimaryKeyConstraint("account_id", "form", name=op.f("pk_scratch")),
    )


def _sign_in() -> None:
    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("user_agent", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id_account")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    op.create_index(op.f("ix_sign_in_account_id"), "sign_in", ["account_id"])


def _timer() -> None:
    op.create_table(
        "timer",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column(
            "station_seq",
            sa.Integer(),
            nullable=False,
            comment="stay it belongs to; a later stay makes it stale",
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False, comment="rung of the ladder"),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.CheckConstraint("status IN ('armed', 'held', 'fired', 'cancelled')", name=op.f("ck_timer_status")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_timer_case_id_cases")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
        sa.UniqueConstraint(
            "case_id", "station_seq", "name", "step", name=op.f("uq_timer_case_id_station_seq_name_step")
        ),
    )
    op.create_index(
        op.f("ix_timer_armed"),
        "timer",
        ["due_on", "id"],
        sqlite_where=sa.text("status = 'armed'"),
        postgresql_where=sa.text("status = 'armed'"),
    )


def _token() -> None:
    op.create_table(
        "token",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("account_id", sa.String(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_token_account_id_account")),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_token")),
    )
    op.create_index(op.f("ix_token_account_id"), "token", ["account_id"])


def _case_paper() -> None:
    op.create_table(
        "case_paper",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False, comment="kind of paper it serves as here"),
        sa.Column("nomination_id", sa.String(), nullable=True, comment="null: of the whole dossier"),
        sa.Column("attached_at", UtcDateTime(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=True, comment="newer paper in its place"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_paper_case_id_cases")),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_case_paper_paper_id_paper")),
        sa.ForeignKeyConstraint(["replaced_by"], ["paper.id"], name=op.f("fk_case_paper_replaced_by_paper")),
        sa.PrimaryKeyConstraint("case_id", "paper_id", name=op.f("pk_case_paper")),
    )
    op.create_index(op.f("ix_case_paper_paper_id"), "case_paper", ["paper_id"])
