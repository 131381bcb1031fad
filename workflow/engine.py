"""What every act needs from outside: memory, definitions, the calendar, one source of time, ids, salts."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from db import corrections as correction_table, definitions as definition_table, settings as setting_table
from db.blobs import BlobStore
from db.engine import Connection, Database
from db.units import Unit
from states.calendar.calendar_case import CalendarDay, Corrections
from states.calendar.working_days import Calendar, vietnam
from states.checking.check import checked
from states.definition import Definition, in_force
from states.definition_file import shipped
from states.document import from_document
from states.registries import REGISTRIES

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CLOCK_SETTING = "business_clock_ahead_seconds"
LOG_SETTING = "log"


def real_now() -> datetime:
    """Security time: the machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Source:
    """Where time, ids and salts come from; the same source gives the same history."""

    now: Callable[[], datetime] = real_now
    new_id: Callable[[], str] = lambda: secrets.token_hex(10)
    salt: Callable[[], bytes] = lambda: secrets.token_bytes(32)


@dataclass(frozen=True, slots=True)
class Arranged:
    """From what the occurrences of the year were written: plans in effect, corrections of the calendar, units."""

    day: date
    versions: Mapping[str, int]
    units: tuple[Unit, ...]
    corrected: Mapping[str, int]


@dataclass(slots=True)
class Engine:
    """One installation. ``ahead`` moves the business clock against the real one; security never uses it.

    ``arranged`` is what this process last wrote the occurrences of the year from. ``calendar`` is the shipped one
    with the ``corrections`` in effect, of which ``corrected`` has the versions.
    """

    database: Database
    blobs: BlobStore
    source: Source = field(default_factory=Source)
    definitions: Mapping[str, Definition] = field(default_factory=shipped)
    calendar: Calendar = field(default_factory=vietnam)
    log: str = ""
    ahead: timedelta = timedelta()
    arranged: Arranged | None = None
    corrections: Corrections = field(init=False)
    corrected: Mapping[str, int] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.corrections = Corrections(self.calendar)

    def open(self) -> "Engine":
        """Store the shipped definitions and read the log's name with the clock's offset.

        Raises:
            db.definitions.DefinitionChanged: a definition in use was edited instead of versioned.
            states.checking.check.FaultyDefinition: a shipped definition has a fault the checker knows.
        """
        with self.database.transaction() as conn:
            for found in self.definitions.values():
                checked(found, REGISTRIES)
                definition_table.store(
                    conn,
                    key=found.key,
                    version=found.version,
                    digest=found.digest,
                    body=found.text,
                    effective_from=found.effective_from,
                    stored_at=self.now(),
                )
            self.log = setting_table.get(conn, LOG_SETTING) or self.source.new_id()
            setting_table.put(conn, LOG_SETTING, self.log)
        self.read_clock()
        return self

    def read_clock(self) -> None:
        """Take over the business clock as it was last set, by this process or another, with the calendar."""
        with self.database.reading() as conn:
            self.ahead = timedelta(seconds=int(setting_table.get(conn, CLOCK_SETTING) or 0))
            self.read_calendar(conn)

    def read_calendar(self, conn: Connection, told: Mapping[str, int] | None = None) -> None:
        """Take over the corrections of the calendar where one was made or changed.

        ``told`` are their versions, where they came with another answer already.
        """
        versions = correction_table.versions(conn) if told is None else told
        if versions == self.corrected:
            return
        found = [from_document(CalendarDay, json.loads(facts)) for facts in correction_table.facts(conn)]
        self.corrections = Corrections(self.corrections.shipped, tuple(found))
        self.calendar, self.corrected = self.corrections.now, versions

    def now(self) -> datetime:
        """Business time."""
        return self.source.now() + self.ahead

    def today(self) -> date:
        """The business day in Vietnam."""
        return self.now().astimezone(ZONE).date()

    def in_force(self, key: str) -> Definition:
        """The definition that a case of this kind is begun under today. Raises DefinitionError."""
        return in_force(self.definitions, key=key, day=self.today())

    def set_clock(self, moment: datetime) -> None:
        """Move the business clock so that it shows ``moment`` now and ticks on from there."""
        ahead = moment - self.source.now()
        with self.database.transaction() as conn:
            setting_table.put(conn, CLOCK_SETTING, str(int(ahead.total_seconds())))
        self.ahead = timedelta(seconds=int(ahead.total_seconds()))
