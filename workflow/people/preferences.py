"""People choose how they are told."""

import json
import re
import secrets
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Literal, get_args

from db import preferences
from db.engine import Connection
from db.preferences import Preference
from notifications.catalogue import notice_of
from states.calendar.recount import RECOUNT
from states.checking.ladders import TELLS
from states.definition import Definition, Step
from states.labels import LANGS, Lang
from states.ladders import ever_told
from workflow.engine import Engine
from workflow.people.identity import Viewer, digest
from workflow.problems import Invalid, Wrong
from workflow.timers import ladder_at

When = Literal["now", "digest", "bell"]
"""A notice is mailed now, in the next daily digest, or shown under the bell alone."""
WHEN: tuple[When, ...] = get_args(When)
LONGEST = 254
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")


def lang_of(preference: Preference) -> Lang:
    """The language the person reads mail in."""
    return "en" if preference.lang == "en" else "vi"


def when(preference: Preference, act: str) -> When:
    """When this person is mailed the notice of an act; at once unless they chose otherwise."""
    chosen = json.loads(preference.choices).get(act, "now")
    return next((one for one in WHEN if one == chosen), "now")


def acts_told(engine: Engine, roles: frozenset[str]) -> dict[str, frozenset[str]]:
    """The acts that tell one of these roles, under any version of any process, each with the kinds it tells of."""
    found: dict[str, set[str]] = defaultdict(set)
    for definition in engine.definitions.values():
        for step in definition.steps:
            if roles & _told(definition, step):
                found[step.act].add(notice_of(step.act, definition.key).partition("/")[0])
    return {act: frozenset(found[act]) for act in sorted(found)}


def _told(definition: Definition, step: Step) -> frozenset[str]:
    """Whom a step may tell: the roles of its row; where the clock acts on a limit, those who have to do with it."""
    if step.act not in (TELLS, RECOUNT):
        return frozenset(step.tells)
    return frozenset[str]().union(*(_concerned(definition, name, step.act) for name in step.sources))


def _concerned(definition: Definition, station: str, act: str) -> frozenset[str]:
    here, ladder = definition.stations[station], ladder_at(definition, station)
    holders = frozenset({here.holder, here.hands_to.role if here.hands_to else here.holder})
    return holders | ever_told(ladder, holders) if ladder and act == TELLS else holders


def set_contact(engine: Engine, account_id: str, *, email: str, lang: str) -> None:
    """Where, with in which language, a person is written to; without an address only the bell tells them.

    Raises Invalid for what is no e-mail address of plain letters.
    """
    address = email.strip()
    if address and (len(address) > LONGEST or not _ADDRESS.fullmatch(address)):
        raise Invalid(Wrong("email", "email_form", {}))
    if lang not in LANGS:
        raise Invalid(Wrong("lang", "not_in_list", {}))
    with engine.database.transaction() as conn:
        preferences.put_contact(conn, account_id, email=address, lang=lang)


def set_choices(engine: Engine, viewer: Viewer, chosen: Mapping[str, str]) -> None:
    """When each notice is mailed; what is not named stays. Raises Invalid for a choice there is not."""
    for act, moment in chosen.items():
        if moment not in WHEN:
            raise Invalid(Wrong(act, "not_in_list", {}))
    with engine.database.transaction() as conn:
        kept = json.loads(preferences.of(conn, viewer.account_id).choices)
        known = acts_told(engine, viewer.roles)
        new = kept | {act: moment for act, moment in chosen.items() if act in known}
        preferences.put_choices(conn, viewer.account_id, json.dumps(new, sort_keys=True))


def mark_as_read(engine: Engine, account_id: str, until: datetime) -> None:
    """Notices up to then are read; what is still to come never is."""
    with engine.database.transaction() as conn:
        preferences.mark_read(conn, account_id, min(until, engine.now()))


def open_calendar(engine: Engine, account_id: str) -> str:
    """A new secret for the person's calendar; the one before opens nothing any more."""
    secret = secrets.token_urlsafe(32)
    with engine.database.transaction() as conn:
        preferences.put_calendar(conn, account_id, digest(secret))
    return secret


def close_calendar(engine: Engine, account_id: str) -> None:
    """The calendar's address opens nothing any more."""
    with engine.database.transaction() as conn:
        preferences.put_calendar(conn, account_id, None)


def calendar_of(conn: Connection, secret: str) -> Preference | None:
    """Whose calendar has this secret, or None."""
    return preferences.by_calendar(conn, digest(secret))
