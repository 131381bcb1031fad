"""P6: every notice is mailed at least once, recorded once, repeated under one Message-ID, whatever the server does."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bench.cities import A
from bench.crowd import Crowd, crowd, next_tick
from bench.flaky_post import FlakyPost, Office, flaky_post, opened
from bench.mutants import planted
from bench.promise import Harness, Promise, Run, Trials
from bench.small_world import World, a_world
from db import deliveries, grants, outbox, preferences
from db.blobs import BlobStore
from db.deliveries import UNSENT, Delivery
from db.engine import Connection, Database
from db.outbox import OutboxRecord
from db.schema import METADATA
from notifications import letters
from notifications.pump import Pumped
from workflow.engine import Engine, Source
from workflow.mailing import pump
from workflow.settings import Settings

EFFECTS, KILLS, PUMPS = 1_500, 150, 3
"""Notices, pumps killed, on each database; pumps at once."""
SPEED = 300
"""Business seconds in one second, so that leases with waits end soon."""
TIMEOUT = 0.5
"""Seconds a pump waits for each answer of the server."""
PATIENCE = 180.0
"""Seconds the pumps may take for what is left when the last was killed."""
CONTROL = 0.02
"""The share of the trial that a planted fault has to be seen in."""
TOLD = {
    ("unit_clerk", "PH"): ["an"],
    ("unit_head", "PH"): ["bao"],
    ("home_affairs_officer", "TP"): ["kien", "loan"],
}
"""Who is told, by role with unit or body."""
HOLD: dict[str, Any] = {"args": {"cause": "denunciation", "document": "12/TB-TTr"}}
RELEASE: dict[str, Any] = {"args": {"document": "15/KL-TTr"}}


def harness(run: Run, trials: Trials) -> None:
    """On both databases, three pumps that are killed again and again."""
    for kind in run.ground.kinds:
        _tried(run, trials, kind, "")


def faulty(fault: str) -> Harness:
    """The same over pumps with a planted fault."""

    def mutant(run: Run, trials: Trials) -> None:
        _tried(replace(run, scale=CONTROL), trials, "sqlite", fault)

    return mutant


def _tried(run: Run, trials: Trials, kind: str, fault: str) -> None:
    chance = run.random("mail", kind, fault)
    with run.ground.fresh(kind) as database:
        post, world = flaky_post(run.random("post", kind, fault)), a_world(database, run.ground.folder)
        _reachable(world)
        ref, started = world.ready_for("judge"), time.time()
        work = (database.url, post.port, world.now, started, fault)
        effects, kills = run.times(EFFECTS), run.times(KILLS)
        database.close()
        with crowd(PUMPS, pumping, work) as pumps, opened(post) as office:
            for number in range(kills):
                _told(world, ref, effects * number // kills, effects * (number + 1) // kills)
                time.sleep(chance.random() * 0.05)
                pumps.kill(chance.randrange(PUMPS))
                _acted(world, ref, number, office, trials, away=chance.random() < 0.1)
            _waited(database, pumps)
        _judged(database, post, trials, kind)
        again = sum(post.taken.values()) - len(post.taken)
        trials.notes.append(f"{kind}: {PUMPS} pumps, {kills} kills, {again} mails came again")


def _reachable(world: World) -> None:
    with world.engine.database.transaction() as conn:
        for login, (_, role, unit) in A.people.items():
            grants.insert(
                conn,
                grant_id=f"g-{login}",
                account_id=login,
                role=role,
                unit=unit,
                valid_from=date(2000, 1, 1),
            )
            preferences.put_contact(conn, login, email=f"{login}@example.vn", lang="vi")


def _told(world: World, ref: str, since: int, until: int) -> None:
    """Notices of the dossier's last act, as many as acts of a busy day would write."""
    record = world.record(ref)
    notices = [
        OutboxRecord(
            id=f"effect-{number}",
            case_id=record.id,
            seq=record.version,
            notice="dossier/submit",
            role=role,
            unit=unit,
            dedupe=f"effect-{number}",
            status="waiting",
            created_at=world.now,
        )
        for number in range(since, until)
        for role, unit in [list(TOLD)[number % len(TOLD)]]
    ]
    with world.engine.database.transaction() as conn:
        outbox.add(conn, notices)


def _acted(world: World, ref: str, number: int, office: Office, trials: Trials, *, away: bool) -> None:
    """People go on working, also while nobody answers at the mail server."""
    if away:
        office.shut()
    act, sent = ("release", RELEASE) if number % 2 else ("hold", HOLD)
    before = world.record(ref).version
    world.do("nam", act, ref, **sent)
    trials.held(world.record(ref).version == before + 1, f"act {number} was kept from happening")
    if away:
        office.reopen()


def pumping(url: str, port: int, began: datetime, started: float, fault: str) -> None:
    """What one pump does until it is killed."""
    source = Source(now=lambda: began + timedelta(seconds=(time.time() - started) * SPEED))
    engine = Engine(Database(url), BlobStore(Path(tempfile.gettempdir())), source)
    settings = Settings(smtp_host="127.0.0.1", smtp_port=port, smtp_timeout=TIMEOUT)
    with FAULTS[fault]():
        while True:
            # A database that is locked for too long is what the next pass is for.
            with suppress(sa.exc.OperationalError):
                if pump(engine, settings, engine.now()) != Pumped():
                    continue
            next_tick()


def _waited(database: Database, pumps: Crowd) -> None:
    """Until nothing waits any more, or patience ends: what is missing then is judged as lost."""
    until = time.monotonic() + PATIENCE
    notice, mail = METADATA.tables["outbox"], METADATA.tables["delivery"]
    open_ = (
        sa.select(notice.c.id).where(notice.c.status == "waiting").limit(1),
        sa.select(mail.c.id).where(mail.c.status.in_(UNSENT)).limit(1),
    )
    while time.monotonic() < until and pumps.running:
        with database.reading() as conn:
            if not any(conn.execute(one).first() for one in open_):
                return
        time.sleep(0.1)


def _judged(database: Database, post: FlakyPost, trials: Trials, kind: str) -> None:
    """Each notice has one delivery for each who is told, sent, under an id the server has seen."""
    with database.reading() as conn:
        notices = outbox.listed(conn, limit=1_000_000)
        rows = conn.execute(sa.select(METADATA.tables["delivery"])).all()
    recorded: dict[str, list[Any]] = {}
    for row in rows:
        recorded.setdefault(row.outbox_id, []).append(row)
    for notice in notices:
        found = recorded.get(notice.id, [])
        once = sorted(row.account_id for row in found) == TOLD[notice.role, notice.unit]
        came = all(row.status == "sent" and post.taken[row.address, row.message_id] for row in found)
        trials.held(once and came, f"{kind}: {notice.id} to {notice.role}: {[row.status for row in found]}")
    known = {(row.address, row.message_id) for row in rows}
    for mail, times in post.taken.items():
        trials.held(times == 0 or mail in known, f"{kind}: {mail} is nobody's")


@contextmanager
def _sent_before_sending() -> Iterator[None]:
    """A pump that writes down that a mail went out when it takes it up."""
    claim = deliveries.claim

    def hasty(conn: Connection, *, now: datetime, until: datetime) -> list[Delivery]:
        claimed = claim(conn, now=now, until=until)
        ids = [one.id for one in claimed]
        deliveries.settle(conn, ids, status="sent", reply="", sent_at=now)
        return claimed

    with planted(deliveries, "claim", hasty):
        yield


@contextmanager
def _named_anew() -> Iterator[None]:
    """A pump that gives each try a Message-ID of its own."""
    mail = letters.mail

    def renamed(envelope: letters.Envelope, items: Sequence[letters.Item], **rest: Any) -> EmailMessage:
        tried = f"{time.time_ns()}"
        return mail(replace(envelope, message_id=letters.message_id(tried, "example.vn")), items, **rest)

    with planted(letters, "mail", renamed):
        yield


FAULTS: Mapping[str, Callable[[], AbstractContextManager[None]]] = {
    "": nullcontext,
    "sent before it is sent": _sent_before_sending,
    "an id for each try": _named_anew,
}

PROMISE = Promise(
    "P6",
    "every notice is mailed, recorded once, repeated under one Message-ID",
    harness,
    {name: faulty(name) for name in FAULTS if name},
)
