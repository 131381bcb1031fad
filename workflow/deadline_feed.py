"""A person's own deadlines, for their calendar."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from db import case_lists
from db.engine import Connection
from notifications.icalendar import Event, calendar
from notifications.letters import word
from states.decide import Actor
from states.kinds import page_of
from states.labels import Lang, label
from workflow.engine import Engine
from workflow.inbox import desk_of
from workflow.people.preferences import calendar_of, lang_of
from workflow.problems import NotFound
from workflow.telling import actor_today

MOST = 500
"""Deadlines in one calendar, the nearest ones."""


def feed(engine: Engine, conn: Connection, secret: str, origin: str) -> bytes:
    """The calendar behind a secret, links beginning with ``origin``; no names of persons. Raises NotFound."""
    preference = calendar_of(conn, secret)
    actor = actor_today(engine, conn, preference.account_id) if preference else None
    if preference is None or actor is None:
        raise NotFound
    lang = lang_of(preference)
    events = _events(engine, conn, actor, origin, lang)
    return calendar(word("calendar", "name", lang), events)


def _events(engine: Engine, conn: Connection, actor: Actor, origin: str, lang: Lang) -> Iterator[Event]:
    desk, host = desk_of(engine, actor), urlsplit(origin).hostname
    for record in case_lists.queue(conn, desk.scope, desk.holders, limit=MOST):
        if record.due_on is not None:
            yield Event(
                uid=f"{record.id}-{record.station_seq}@{host}",
                day=record.due_on,
                stamp=record.entered_at,
                summary=word(
                    "calendar", "due", lang, ref=record.ref, station=label("station", record.station, lang)
                ),
                url=f"{origin}{page_of(record.ref)}",
            )
