"""What an act came to, as its command row keeps it."""

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from db import commands, history
from db.cases import CaseRecord
from db.commands import CommandRecord
from states.decide import Actor
from states.document import Document, canonical
from workflow.command import Command
from workflow.engine import ZONE
from workflow.problems import ChangedMeanwhile, KeyReused, Refused


@dataclass(frozen=True, slots=True)
class Done:
    """What an act came to."""

    ref: str
    station: str
    version: int
    seq: int
    definition: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one attempt, as the command row keeps it: codes and facts, worded only when read."""

    kind: str
    answer: str
    case_id: str | None
    station: str


def opened(command: Command, actor: Actor, at: datetime) -> CommandRecord:
    """The row of a command that takes its key."""
    return CommandRecord(
        account_id=actor.account,
        key=command.key,
        digest=command.digest,
        act=command.act,
        ref=command.ref,
        case_id=None,
        person_id=actor.person,
        outcome="ok",
        answer="{}",
        at=at,
        station=None,
        request_id=command.request_id,
    )


def stored(conn: Connection, command: Command, actor: Actor) -> tuple[str, str]:
    """The end of a command whose key was found taken. Raises KeyReused when that was another command."""
    stored = commands.find(conn, actor.account, command.key)
    assert stored is not None  # the key was found taken a moment ago
    if stored.digest != command.digest:
        raise KeyReused
    return stored.outcome, stored.answer


def told(outcome: str, answer: Document) -> Done:
    """The answer behind what the row keeps. Raises Refused or ChangedMeanwhile where it was not done."""
    if outcome == "refused":
        raise Refused(answer["reasons"])
    if outcome == "conflict":
        raise ChangedMeanwhile(**answer)
    return Done(**answer)


def reached(record: CaseRecord) -> Outcome:
    """The outcome of an act that was done, the case as it is now."""
    answer = {"ref": record.ref, "station": record.station, "version": record.version, "seq": record.version}
    return Outcome("ok", canonical({**answer, "definition": record.definition}), record.id, record.station)


def overtaken(conn: Connection, record: CaseRecord) -> Document:
    """Who changed the case last, when, what it led to: for somebody who acts on what they saw before."""
    (last, payload, _), *_ = history.of_case(conn, record.id, after_seq=record.version - 1)
    by = json.loads(payload)["actor"] if payload else ""
    return {
        "by": by,
        "at": last.at.astimezone(ZONE).isoformat(),
        "station": record.station,
        "version": record.version,
    }
