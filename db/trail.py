"""Looking through all histories at once, with the attempts that came to nothing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db.case_record import CASE
from db.commands import CommandRecord, CommandRow
from db.grants import GrantRow
from db.history import HISTORY, Entry, PayloadRow
from db.people import PersonRow
from db.scope import Scope, visible
from db.table import columns_of
from db.units import UnitRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What is looked for; what is empty or None is not asked about.

    ``words`` (of the case) and ``person`` (words of a name) are folded; ``actor`` is somebody who has no such name
    in the database, asked for as well; ``since`` is included, ``until`` is not.
    """

    words: str = ""
    person: str = ""
    actor: str = ""
    unit: str = ""
    act: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry with its words (None once erased) and what its case is called."""

    entry: Entry
    payload: str | None
    ref: str
    title: str


@dataclass(frozen=True, slots=True)
class FoundCommand:
    """An attempt that came to nothing, with what its case is called (empty: there was none) and who it was."""

    command: CommandRecord
    ref: str
    title: str
    name: str


_COMMAND = CommandRow.__table__
_GRANT = GrantRow.__table__
_PAYLOAD = PayloadRow.__table__
_PERSON = PersonRow.__table__
_UNIT = UnitRow.__table__
_ENTRIES = (
    sa.select(*columns_of(HISTORY, Entry), _PAYLOAD.c.body.label("payload"), CASE.c.ref, CASE.c.title)
    .join_from(HISTORY, CASE, CASE.c.id == HISTORY.c.case_id)
    .join(_PAYLOAD, _PAYLOAD.c.history_id == HISTORY.c.id, isouter=True)
)
_COMMANDS = (
    sa.select(
        *columns_of(_COMMAND, CommandRecord),
        sa.func.coalesce(CASE.c.ref, "").label("case_ref"),
        sa.func.coalesce(CASE.c.title, "").label("title"),
        sa.func.coalesce(_PERSON.c.name, "").label("name"),
    )
    .join_from(_COMMAND, CASE, CASE.c.id == _COMMAND.c.case_id, isouter=True)
    .join(_PERSON, _PERSON.c.id == _COMMAND.c.person_id, isouter=True)
)


def latest_entries(
    conn: Connection, scope: Scope, sought: Sought, *, after: tuple[datetime, str] | None, limit: int
) -> list[FoundEntry]:
    """Entries of visible cases, newest first; ``after`` is the (at, id) of the last one seen."""
    wanted = _ENTRIES.where(visible(scope), *_entries_sought(sought))
    if after is not None:
        at, id_ = after
        wanted = wanted.where(HISTORY.c.at <= at, sa.or_(HISTORY.c.at < at, HISTORY.c.id < id_))
    rows = conn.execute(wanted.order_by(HISTORY.c.at.desc(), HISTORY.c.id.desc()).limit(limit))
    return [_found(row) for row in rows]


def entries_by_case(
    conn: Connection, scope: Scope, sought: Sought, *, after: tuple[str, int] | None, limit: int
) -> list[FoundEntry]:
    """Entries of visible cases by case then seq; ``after`` is the (case id, seq) of the last one seen."""
    wanted = _ENTRIES.where(visible(scope), *_entries_sought(sought))
    if after is not None:
        case_id, seq = HISTORY.c.case_id, HISTORY.c.seq
        wanted = wanted.where(case_id >= after[0], sa.or_(case_id > after[0], seq > after[1]))
    rows = conn.execute(wanted.order_by(HISTORY.c.case_id, HISTORY.c.seq).limit(limit))
    return [_found(row) for row in rows]


def latest_commands(
    conn: Connection,
    scope: Scope,
    sought: Sought,
    outcome: str,
    *,
    after: tuple[datetime, str, str] | None,
    limit: int,
) -> list[FoundCommand]:
    """Attempts with this outcome, newest first; ``after`` is the (at, account, key) of the last one seen.

    They were on visible cases, or on none yet by people who have a role under the scope's bodies.
    """
    nowhere = sa.and_(_COMMAND.c.case_id.is_(None), _COMMAND.c.account_id.in_(_granted_under(scope)))
    wanted = _COMMANDS.where(_COMMAND.c.outcome == outcome, sa.or_(visible(scope), nowhere))
    wanted = wanted.where(*_commands_sought(sought))
    at, account, key = _COMMAND.c.at, _COMMAND.c.account_id, _COMMAND.c.key
    if after is not None:
        later = sa.or_(account < after[1], sa.and_(account == after[1], key < after[2]))
        wanted = wanted.where(at <= after[0], sa.or_(at < after[0], later))
    rows = conn.execute(wanted.order_by(at.desc(), account.desc(), key.desc()).limit(limit))
    return [FoundCommand(CommandRecord(*row[:-3]), row.case_ref, row.title, row.name) for row in rows]


def _found(row: Any) -> FoundEntry:
    return FoundEntry(Entry(*row[:-3]), row.payload, row.ref, row.title)


def _entries_sought(sought: Sought) -> list[sa.ColumnElement[bool]]:
    found = [*_of_case(sought), *_between(HISTORY.c.at, sought)]
    if sought.person:
        found.append(sa.or_(HISTORY.c.actor.in_(_persons(sought.person)), HISTORY.c.actor == sought.actor))
    if sought.unit:
        found.append(sa.or_(CASE.c.unit == sought.unit, HISTORY.c.unit == sought.unit))
    if sought.act:
        found.append(HISTORY.c.act == sought.act)
    return found


def _commands_sought(sought: Sought) -> list[sa.ColumnElement[bool]]:
    found = [*_of_case(sought), *_between(_COMMAND.c.at, sought)]
    if sought.person:
        found.append(_COMMAND.c.person_id.in_(_persons(sought.person)))
    if sought.unit:
        of_unit = sa.select(_GRANT.c.account_id).where(_GRANT.c.unit == sought.unit)
        found.append(sa.or_(CASE.c.unit == sought.unit, _COMMAND.c.account_id.in_(of_unit)))
    if sought.act:
        found.append(_COMMAND.c.act == sought.act)
    return found


def _of_case(sought: Sought) -> list[sa.ColumnElement[bool]]:
    return [CASE.c.search.contains(word, autoescape=True) for word in sought.words.split()]


def _between(at: sa.Column[datetime], sought: Sought) -> list[sa.ColumnElement[bool]]:
    since = [] if sought.since is None else [at >= sought.since]
    return since if sought.until is None else [*since, at < sought.until]


def _persons(words: str) -> sa.Select[tuple[str]]:
    named = [_PERSON.c.folded.contains(word, autoescape=True) for word in words.split()]
    return sa.select(_PERSON.c.id).where(*named)


def _granted_under(scope: Scope) -> sa.Select[tuple[str]]:
    return (
        sa.select(_GRANT.c.account_id)
        .join_from(_GRANT, _UNIT, _UNIT.c.id == _GRANT.c.unit)
        .where(_UNIT.c.body.in_(sorted(scope.bodies)))
    )
