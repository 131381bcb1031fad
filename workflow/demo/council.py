"""What the demo's councils do, as data with its moments: members seated, rules set, sessions held."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from workflow.demo.story import StoryStep, stories, written_day
from workflow.demo.world import parsed
from workflow.engine import ZONE

BETWEEN = timedelta(minutes=3)
VOTE = (("open_round", ""), ("enter_totals", "secretary"), ("enter_totals", "teller"), ("close_round", ""))
"""What `vote` in a session's path stands for, with who of the council does it where the act alone does not say."""


@dataclass(frozen=True, slots=True)
class CouncilStory:
    """One council of the demo: who sits on it, who keeps its papers, presides, counts beside the secretary."""

    year: int
    unit: str
    title: str
    basis: str
    secretary: str
    chair: str
    teller: str
    seats: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SessionStory:
    """One session of a council; dossiers of the story name it by its `key`."""

    council: CouncilStory
    key: str
    about: Mapping[str, str]
    minutes: Mapping[str, str]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the dossiers on its agenda, in their order."""
        return [one.number for one in stories(self.council.year) if one.session == self.key]


@dataclass(frozen=True, slots=True)
class CouncilStep:
    """One act of a council, or of one of its sessions."""

    step: StoryStep
    council: CouncilStory
    session: SessionStory | None = None

    @property
    def key(self) -> str:
        """Names the case it is about."""
        return self.session.key if self.session else self.council.unit


@cache
def council_steps(year: int) -> tuple[CouncilStep, ...]:
    """Everything the councils of a demo do, council by council."""
    return tuple(_of_file(year, parsed(f"council_{year}.toml")["councils"]))


def _of_file(year: int, rows: Sequence[Mapping[str, Any]]) -> Iterator[CouncilStep]:
    for row in rows:
        named = {name: row[name] for name in ("unit", "title", "basis", "secretary", "chair", "teller")}
        council = CouncilStory(year=year, seats=tuple(row["seats"]), **named)
        for step in _steps(year, row["path"]):
            yield CouncilStep(step, council)
        for held in row["sessions"]:
            about = {name: held[name] for name in ("title", "period", "begins_at", "place")}
            about["date"] = written_day(held["date"], year).isoformat()
            session = SessionStory(council, held["key"], about, held.get("minutes", {}))
            for step in _steps(year, held["path"]):
                yield CouncilStep(step, council, session)


def _steps(year: int, lines: Sequence[str]) -> Iterator[StoryStep]:
    """`10/05 14:00 act` is that moment, `+ act` some minutes after the line before."""
    at = datetime(year, 1, 1, tzinfo=ZONE)
    for line in lines:
        when, *words = shlex.split(line)
        if when != "+":
            at = datetime.combine(written_day(when, year), time.fromisoformat(words.pop(0)), ZONE) - BETWEEN
        options = dict(word.split("=", 1) for word in words[1:])
        for act, who in VOTE if words[0] == "vote" else ((words[0], ""),):
            at += BETWEEN
            yield StoryStep(at, act, options | ({"as": who} if who else {}))
