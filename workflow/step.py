"""The one road: every act on every case is weighed, fired, written here, in one transaction."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.engine import Connection

from db import cases, commands, corrections, history, nominations as nomination_table
from db.engine import sent_together
from db.series import next_number
from db.together import Together, written_together
from states.case import Case
from states.decide import CLOCK, Actor, Weighed, reasons_document, weigh
from states.document import canonical
from states.dossier import DRAFTING, Dossier
from states.facts import Facts
from workflow import texts
from workflow.act import Lookup, Prepared, nothing_more
from workflow.acts import ACTS
from workflow.advance import advanced
from workflow.announce import announce
from workflow.calendar.days import CORRECTING
from workflow.calendar.spreading import spread
from workflow.command import Command
from workflow.consequences import Hindered, following, on_behalf
from workflow.engine import ZONE, Engine
from workflow.loading import Loaded, could_be_a_ref, facts_of, loaded_for
from workflow.outcome import Done, Outcome, opened, overtaken, reached, stored, told
from workflow.passage import Passage
from workflow.problems import Invalid, NotFound
from workflow.register.lookup import with_register
from workflow.register.registering import register
from workflow.row import document_of, row_of
from workflow.sealing import sealed
from workflow.settled import settled
from workflow.timers import rearm


@dataclass(frozen=True, slots=True)
class Claim:
    """What the clock has to do, with the moment it should have been done."""

    command: Command
    nominal_at: datetime


def perform(engine: Engine, command: Command, actor: Actor) -> Done:
    """Carry out one command of one person, or of the clock.

    Raises:
        KeyReused: the key belongs to another command.
        NotFound: no such case for this person.
        ChangedMeanwhile: the version seen is not the current one.
        Refused: the rules say no; the refusal itself is kept.
        Invalid: the arguments do not fit the case; nothing is kept.
    """
    if command.ref and not could_be_a_ref(command.ref):
        raise NotFound
    with engine.database.transaction(together=True) as conn:
        if command.act in CORRECTING:
            corrections.keep_still(conn, alone=True)
        kind, answer = _kept(engine, conn, command, actor)
    # Told from what was kept, so that a repeat is answered to the letter.
    return told(kind, json.loads(answer))


def perform_claimed(engine: Engine, claim: Callable[[Connection], Claim | None]) -> Done | None:
    """Carry out what ``claim`` finds for the clock to do, found and done in one transaction; None for nothing.

    Raises what ``perform`` raises, except that nobody waits for the answer.
    """
    with engine.database.transaction() as conn:
        _read_calendar(engine, conn)
        claimed = claim(conn)
        if claimed is None:
            return None
        with sent_together(conn):
            kind, answer = _kept(engine, conn, claimed.command, CLOCK, claimed.nominal_at)
    return told(kind, json.loads(answer))


def perform_together(engine: Engine, claims: Callable[[Connection, Together], Iterable[Claim]]) -> list[Done]:
    """Carry out what ``claims`` finds for the clock to do on as many cases, all in one transaction or none.

    Raises what ``perform`` raises, or Overtaken, or IntegrityError, for the first that cannot be done: then
    nothing was, and each may be tried alone.
    """
    done = []
    with engine.database.transaction() as conn, written_together(conn) as here:
        _read_calendar(engine, conn)
        for claim in claims(conn, here):
            at = engine.now()
            commands.take(here, opened(claim.command, CLOCK, at))
            outcome = _attempt(engine, conn, claim.command, CLOCK, at, claim.nominal_at)
            done.append(told(outcome.kind, json.loads(outcome.answer)))
    return done


def _read_calendar(engine: Engine, conn: Connection) -> None:
    with sent_together(conn):
        corrections.keep_still(conn, alone=False)
        versions = corrections.versions(conn)
    engine.read_calendar(conn, versions)


def _kept(
    engine: Engine, conn: Connection, command: Command, actor: Actor, nominal_at: datetime | None = None
) -> tuple[str, str]:
    """How the command ended, as its row keeps it; one that was sent before keeps the end it had."""
    corrections.keep_still(conn, alone=False)
    versions = commands.insert(conn, opened(command, actor, engine.now()))
    if versions is None:
        return stored(conn, command, actor)
    engine.read_calendar(conn, versions)
    # Taken once the calendar keeps still: so an instant tells for ever which corrections an act knew of.
    outcome = _attempt(engine, conn, command, actor, engine.now(), nominal_at)
    return outcome.kind, outcome.answer


def _attempt(
    engine: Engine,
    conn: Connection,
    command: Command,
    actor: Actor,
    at: datetime,
    nominal_at: datetime | None,
) -> Outcome:
    loaded = loaded_for(engine, conn, command, actor)
    # Only what another act brings about names no version: it takes the case as it is, under its lock.
    if loaded.record and command.version not in (loaded.record.version, None):
        by = canonical(overtaken(conn, loaded.record))
        return _finished(conn, command, actor, Outcome("conflict", by, loaded.id, loaded.case.station))
    lookup = Lookup(conn, engine, actor.account, loaded.record, loaded.case)
    prepared = ACTS[command.act].looks_up(lookup, command.args)
    facts = facts_of(
        engine,
        loaded,
        command.act,
        # One moment decides: an act begun before midnight is of the day before throughout.
        today=at.astimezone(ZONE).date(),
        args=prepared.args,
        changes=prepared.changes,
        by_clock=actor is CLOCK,
    )
    facts = with_register(conn, facts, actor)
    weighed = _weighed(loaded, facts, prepared, actor)
    if weighed.reasons or weighed.row is None or weighed.grant is None:
        return _refused(conn, command, actor, loaded, reasons_document(weighed.reasons))
    passage = Passage(
        engine, conn, command, actor, at, loaded, facts, weighed.row, weighed.grant, nominal_at=nominal_at
    )
    return _carried_out(_numbered(passage))


def _carried_out(passage: Passage) -> Outcome:
    """The act with all it brings about on other cases; what hinders one of them hinders it all."""
    command, conn, loaded = passage.command, passage.conn, passage.loaded
    if ACTS[command.act].leads_to is nothing_more:
        return _write(passage)
    try:
        with conn.begin_nested():
            return _write(passage)
    except Hindered as hindered:
        return _refused(conn, command, passage.actor, loaded, hindered.reasons)


def _follow(passage: Passage, case: Case) -> None:
    """Do on other cases what this act brings about there."""
    actor = on_behalf(passage)
    for command in following(passage, case):
        commands.insert(passage.conn, opened(command, actor, passage.at))
        outcome = _attempt(passage.engine, passage.conn, command, actor, passage.at, passage.nominal_at)
        if outcome.kind != "ok":
            raise Hindered(command.ref, json.loads(outcome.answer)["reasons"])


def _refused(
    conn: Connection, command: Command, actor: Actor, loaded: Loaded, reasons: Sequence[Mapping[str, Any]]
) -> Outcome:
    answer = canonical({"reasons": reasons})
    return _finished(conn, command, actor, Outcome("refused", answer, loaded.id, loaded.case.station))


def _finished(conn: Connection, command: Command, actor: Actor, outcome: Outcome) -> Outcome:
    """The outcome, kept in the command row."""
    commands.finish(
        conn,
        actor.account,
        command.key,
        outcome.kind,
        outcome.answer,
        case_id=outcome.case_id,
        station=outcome.station,
    )
    return outcome


def _weighed(loaded: Loaded, facts: Facts, prepared: Prepared, actor: Actor) -> Weighed:
    """Who and where come before what was filled in: nobody learns of a case by guessing at its fields."""
    at_its_station = loaded.definition.rows(facts.case.station, facts.act)
    wrong = (prepared.wrong or tuple(ACTS[facts.act].fits(facts))) if at_its_station else ()
    if not wrong:
        return weigh(loaded.definition, facts, actor)
    plain = weigh(loaded.definition, replace(facts, args=None), actor)
    if plain.reasons:
        return plain
    raise Invalid(*wrong)


def _numbered(passage: Passage) -> Passage:
    """The passage with the year's next number, the first of several, where its row allocates any: right here."""
    series = passage.row.allocates
    if not series:
        return passage
    body, year = passage.loaded.case.body, passage.day.year
    count = ACTS[passage.command.act].numbers(passage.facts)
    return replace(passage, number=next_number(passage.conn, series, body, year, count=count))


def _write(passage: Passage) -> Outcome:
    conn, loaded = passage.conn, passage.loaded
    case = advanced(passage)
    document = document_of(loaded, case)
    unsealed = row_of(passage, case, document)
    entry = sealed(passage, unsealed, case, document)
    record = unsealed._replace(head_hash=entry.entry.hash)
    if loaded.record is None:
        cases.insert(conn, record)
    if isinstance(case, Dossier) and passage.command.act in DRAFTING:
        texts.write(conn, record, case, passage.args, passage.at)
    history.append(conn, entry.entry, entry.salt, entry.payload)
    nomination_table.set_outcomes(conn, settled(loaded.case, case))
    rearm(passage, record, case)
    announce(passage, record)
    spread(passage, record, case)
    register(passage, record, case)
    _follow(passage, case)
    outcome = _finished(conn, passage.command, passage.actor, reached(record))
    # Last, so that its answer is the answer to all that was sent.
    if loaded.record and not cases.update(conn, record, seen=loaded.record):
        raise RuntimeError("the version was compared under the lock, yet another writer got through")
    return outcome
