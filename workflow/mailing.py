"""Notices of dossiers go out by mail, in the words of whoever reads them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from email.message import EmailMessage
from itertools import groupby
from urllib.parse import urlsplit

from db import cases, deliveries, outbox, preferences, units
from db.cases import CaseRecord
from db.deliveries import Delivery
from db.engine import Connection
from db.outbox import OutboxRecord
from db.preferences import Preference
from notifications import letters
from notifications.catalogue import facts_of, worded
from notifications.channels import Channel, Folder, Smtp
from notifications.letters import Envelope, Item
from notifications.pump import Pump, Pumped, Written
from notifications.shared import SHARED, Shared, Ways
from states import labels
from states.decide import Actor
from states.kinds import page_of
from states.labels import Lang
from workflow.dossiers.entries import entries_of, entry_at
from workflow.engine import ZONE, Engine
from workflow.people.preferences import lang_of, when
from workflow.problems import NotFound
from workflow.settings import Settings
from workflow.sight import only_as_its_unit
from workflow.telling import actor_today, left_on, reminds, settled, still_told, told_today

DIGEST_AT = time(7)
"""When a day's digest is put together, in Vietnam."""
STALE = timedelta(days=30)
"""What nobody could be mailed for so long is left to the bell; a new mail server begins without a flood."""
MAIL = "mail"
"""The folder of a demonstration's mails, in its data folder."""


def pump(engine: Engine, settings: Settings, now: datetime) -> Pumped:
    """Send what waits, at business time ``now``; without a mail server there is only the bell.

    Any number of processes may do it at once, any of them may die: a mail may then come twice, under one Message-ID.
    """
    channel = channel_of(settings)
    if channel is None:
        return Pumped()

    post = _Post(engine, settings, now)
    return Pump(engine.database, post.addressed, post.write, channel).go(now)


def digest(engine: Engine, settings: Settings, now: datetime) -> int:
    """Put together what waits for a digest since before this morning; returns how many mails the pump will find.

    Doing it again before the next morning changes nothing.
    """
    local = now.astimezone(ZONE)
    morning = datetime.combine(local.date(), DIGEST_AT, ZONE)
    before = morning if local >= morning else morning - timedelta(days=1)
    with engine.database.transaction() as conn:
        waiting = sorted(deliveries.awaiting_digest(conn, before=before), key=_reader)
        together = [[one.id for one in ones] for _, ones in groupby(waiting, _reader)]
        for ids in together:
            name = letters.message_id(min(ids), _host(settings))
            deliveries.gather(conn, ids, message_id=name, now=now)
    return len(together)


def send_again(engine: Engine, delivery_id: str, bodies: frozenset[str]) -> None:
    """Send a mail once more under the id it always had. Raises NotFound for one these bodies do not look after."""
    with engine.database.transaction() as conn:
        found = deliveries.by_id(conn, delivery_id, bodies)
        if found is None or found.delivery.message_id is None:
            raise NotFound
        deliveries.again(conn, found.delivery.message_id, now=engine.now())


def channel_of(settings: Settings) -> Channel | None:
    """The ways out, those for mails and for the shared places; none where nothing is set up."""
    mail, places = mail_channel(settings), settings.apprise.get_secret_value().split()
    return Ways(mail, Shared(tuple(places))) if places else mail


def mail_channel(settings: Settings) -> Channel | None:
    """The mail server, in a demonstration without one a folder, else none."""
    if settings.smtp_host:
        return Smtp(
            host=settings.smtp_host,
            port=settings.smtp_port,
            starttls=settings.smtp_starttls,
            user=settings.smtp_user,
            password=settings.smtp_password.get_secret_value(),
            timeout=settings.smtp_timeout,
        )
    return Folder(settings.data / MAIL) if settings.demo else None


@dataclass(frozen=True, slots=True)
class _Post:
    """One pass over what waits, at business time ``now``."""

    engine: Engine
    settings: Settings
    now: datetime

    def addressed(self, conn: Connection, notice: OutboxRecord) -> list[Delivery]:
        """One delivery for each who holds the role today, has an address, wants more than the bell."""
        if self.now - notice.created_at > STALE:
            return []
        record, act = _case(conn, notice), notice.notice.rpartition("/")[2]
        actors = told_today(self.engine, conn, notice, record)
        chosen = [preferences.of(conn, actor.account) for actor in actors]
        mailed = [one for one in chosen if one.email and when(one, act) != "bell"]
        if mail_channel(self.settings) is None:
            mailed = []
        # What many read together names nobody; in the log it stands beside the first who is told.
        shared = chosen[:1] if self.settings.apprise.get_secret_value() and reminds(notice, record) else []
        return [
            *(
                self._delivery(notice, one, "digest" if when(one, act) == "digest" else "mail")
                for one in mailed
            ),
            *(self._delivery(notice, replace(one, email=SHARED), "shared") for one in shared),
        ]

    def write(self, conn: Connection, claimed: Sequence[Delivery]) -> Written:
        """The mail as it is true now; what is no longer the person's to know is left out."""
        leader = claimed[0]
        if leader.channel == "shared":
            return self._for_everybody(conn, claimed)
        actor = actor_today(self.engine, conn, leader.account_id)
        preference = preferences.of(conn, leader.account_id)
        notices = outbox.by_ids(conn, [one.outbox_id for one in claimed])
        items, dropped = [], set()
        for one in claimed:
            notice = notices[one.outbox_id]
            record = _case(conn, notice)
            if actor and preference.email and still_told(actor, notice, record):
                items.append(self._item(conn, actor, notice, record, lang_of(preference)))
            else:
                dropped.add(one.id)
        # One kind after the other, each in the order in which things happened.
        items.sort(key=lambda item: item.group)
        message = self._mail(preference, leader, items) if items else None
        return Written(message, frozenset(dropped))

    def _for_everybody(self, conn: Connection, claimed: Sequence[Delivery]) -> Written:
        """How many limits are near or over, with their references alone: nobody knows who reads there."""
        notices = outbox.by_ids(conn, [one.outbox_id for one in claimed])
        found = {one.id: (notices[one.outbox_id], _case(conn, notices[one.outbox_id])) for one in claimed}
        dropped = frozenset(id_ for id_, told in found.items() if settled(*told))
        limits = {record.ref: record.due_on for id_, (_, record) in found.items() if id_ not in dropped}
        if not limits:
            return Written(None, dropped)
        today = self.now.astimezone(ZONE).date()
        late = sum(due is not None and due < today for due in limits.values())
        name = claimed[0].message_id
        assert name is not None  # only what has one is claimed
        origin = self.settings.public_origin
        return Written(
            letters.for_everybody(sorted(limits), late=late, message_id=name, origin=origin), dropped
        )

    def _delivery(self, notice: OutboxRecord, preference: Preference, channel: str) -> Delivery:
        id_, alone = self.engine.source.new_id(), channel == "mail"
        return Delivery(
            id=id_,
            outbox_id=notice.id,
            account_id=preference.account_id,
            channel=channel,
            address=preference.email,
            status="waiting",
            attempts=0,
            next_at=self.now if alone else None,
            smtp_reply="",
            message_id=letters.message_id(id_, _host(self.settings)) if alone else None,
            leads=alone,
            created_at=self.now,
            sent_at=None,
        )

    def _mail(self, preference: Preference, leader: Delivery, items: list[Item]) -> EmailMessage:
        assert leader.message_id is not None  # only mails that have one are claimed
        envelope = Envelope(
            sender=self.settings.smtp_from or f"khen-thuong@{_host(self.settings)}",
            to=preference.email,
            message_id=leader.message_id,
            at=self.now.astimezone(ZONE),
            lang=lang_of(preference),
        )
        return letters.mail(envelope, items, account_href=f"{self.settings.public_origin}/account")

    def _item(
        self, conn: Connection, actor: Actor, notice: OutboxRecord, record: CaseRecord, lang: Lang
    ) -> Item:
        """A notice without any person's name: who did it is told by role."""
        as_unit = only_as_its_unit(actor, record)
        entry = entry_at(entries_of(self.engine, conn, record, as_unit=as_unit), notice.seq)
        role, station = (entry.role, entry.to) if entry else ("clock", record.station)
        unit = units.unit(conn, record.unit)
        assert unit is not None  # a case points to its unit
        who = labels.label("role", role, lang)
        left = left_on(self.engine, record, self.now.astimezone(ZONE).date())
        facts = facts_of(record, unit, seq=notice.seq, who=who, station=station, left=left, lang=lang)
        said, here = worded(notice.notice, lang, facts), labels.label("station", record.station, lang)
        return Item(
            subject=said.subject,
            text=said.text,
            moved="" if station == record.station else letters.word("mail", "moved", lang, station=here),
            href=f"{self.settings.public_origin}{page_of(record.ref)}",
            group=letters.word("group", notice.notice.partition("/")[0], lang),
            anchor=f"{record.ref} · {record.version} · {record.head_hash[:16]}",
        )


def _reader(one: Delivery) -> str:
    """Whose morning a delivery belongs to; everybody's for the shared places."""
    return "" if one.channel == "shared" else one.account_id


def _case(conn: Connection, notice: OutboxRecord) -> CaseRecord:
    record = cases.by_id(conn, notice.case_id)
    assert record is not None  # a notice points to its case
    return record


def _host(settings: Settings) -> str:
    return urlsplit(settings.public_origin).hostname or "localhost"
