"""Who is told of an act today."""

from collections.abc import Iterable
from datetime import date

from db import grants, outbox, people
from db.cases import CaseRecord
from db.engine import Connection
from db.kept import Kept
from db.moments import remembered
from db.outbox import OutboxRecord
from notifications.catalogue import notice_of
from states.checking.ladders import TELLS
from states.deadlines import remaining
from states.decide import Actor, Grant
from states.roles import UNIT_ROLES
from workflow.engine import Engine
from workflow.loading import facts_in
from workflow.people.identity import Viewer
from workflow.reminding import REMIND
from workflow.sight import sees

MOST_COUNTED = 100
"""As far as the bell counts."""
_UNREAD: Kept[int] = Kept(512)


def actor_today(engine: Engine, conn: Connection, account_id: str) -> Actor | None:
    """The person behind an account in use with what they hold on the business day; None once it is closed."""
    account = people.account_by_id(conn, account_id)
    if account is None or account.disabled_at is not None:
        return None
    held = grants.held_on(conn, account_id, engine.today())
    return Actor(account.person_id, tuple(Grant(g.role, g.unit, g.body) for g in held), account_id)


def told_today(engine: Engine, conn: Connection, notice: OutboxRecord, record: CaseRecord) -> list[Actor]:
    """The accounts that hold the notice's role where it went, and see its case, on the business day."""
    by_body = notice.role not in UNIT_ROLES
    holding = grants.accounts_holding(conn, notice.role, notice.unit, engine.today(), by_body=by_body)
    actors = (actor_today(engine, conn, account_id) for account_id in holding)
    return [actor for actor in actors if actor and sees(actor, record)]


def still_told(actor: Actor, notice: OutboxRecord, record: CaseRecord) -> bool:
    """Whether the notice is still this person's to know; a reminder is not once its work is done or on hold."""
    by_hand = notice.notice == notice_of(REMIND, record.kind)
    if (by_hand or reminds(notice, record)) and settled(notice, record):
        return False
    by_body = notice.role not in UNIT_ROLES
    holds = any(
        g.role == notice.role and notice.unit == (g.body if by_body else g.unit) for g in actor.grants
    )
    return holds and sees(actor, record)


def reminds(notice: OutboxRecord, record: CaseRecord) -> bool:
    """Whether the clock tells of a limit, rather than of what somebody did."""
    return notice.notice == notice_of(TELLS, record.kind)


def settled(notice: OutboxRecord, record: CaseRecord) -> bool:
    """Whether the work a reminder was about is done, or on hold."""
    return record.station_seq > notice.seq or facts_in(record).on_hold is not None


def left_on(engine: Engine, record: CaseRecord, day: date) -> int | None:
    """The working days a case's limit has left on a day, fewer than none once it is over; None where nothing is due."""
    return remaining(day, record.due_on, engine.calendar) if record.due_on else None


def addresses(grants: Iterable[Grant]) -> list[tuple[str, str]]:
    """Where notices to this person go: a unit's roles are addressed by unit, the others by body."""
    return [(g.role, g.unit if g.role in UNIT_ROLES else g.body) for g in grants]


def unread(conn: Connection, viewer: Viewer) -> int:
    """How many notices this person has not marked as read; MOST_COUNTED stands for more."""
    asked = viewer.account_id, addresses(viewer.grants), viewer.scope
    key = viewer.account_id, viewer.grants
    return remembered(conn, _UNREAD, key, lambda: outbox.unread(conn, *asked, most=MOST_COUNTED))
