"""The clock from the command line: running on its own, or one pass at a time."""

import signal
import time
from datetime import datetime
from typing import Annotated, Any

import typer

from cli.root import engine_of, settings_from_environment
from cli.speech import REFUSED, USAGE, In, Json, Language, Speech
from workflow.clock.guard import mark_as
from workflow.clock.scheduler import ticking
from workflow.clock.sweep import Swept, sweep
from workflow.demo import filling as demonstration
from workflow.demo.moving import jump
from workflow.engine import ZONE, Engine
from workflow.settings import Settings

LISTENS = 0.2
"""Seconds until a clock that was told to stop notices at the latest."""
FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M%z", "%Y-%m-%dT%H:%M:%S%z"]


def clock(lang: In = Language.vi) -> None:
    """Run the clock alone, until it is told to stop; any number may run at once."""
    speech = Speech.of(lang)
    told: list[int] = []
    for wanted in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wanted, lambda number, _: told.append(number))
    settings = settings_from_environment(speech)
    with engine_of(settings, speech) as engine, ticking(engine, settings):
        print(speech.word("clock_runs"), flush=True)
        # No lock is taken here: a signal that comes while one is held would wait for itself.
        while not told:
            time.sleep(LISTENS)


def tick(
    at: Annotated[
        datetime | None,
        typer.Option(formats=FORMATS, help="Move the demo's clock there first; without an offset in Vietnam"),
    ] = None,
    release: Annotated[bool, typer.Option(help="Believe the clock from now on, after it was held")] = False,
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """Fire everything that is due, once."""
    speech = Speech.of(lang, as_json)
    settings = settings_from_environment(speech)
    with engine_of(settings, speech) as engine:
        if at is not None and not _is_demo(engine, settings):
            speech.stop(USAGE, speech.word("only_in_demo"))
        if release:
            mark_as(engine, engine.now())
        swept = jump(engine, at if at.tzinfo else at.replace(tzinfo=ZONE)) if at else sweep(engine)
    speech.answer(_document(swept), _lines(swept, speech))
    if swept.halt or swept.failed:
        raise typer.Exit(REFUSED)


def _is_demo(engine: Engine, settings: Settings) -> bool:
    return settings.demo or demonstration.filled(engine) is not None


def _document(swept: Swept) -> dict[str, Any]:
    halt = swept.halt
    return {
        "at": swept.at.astimezone(ZONE).isoformat(),
        "fired": [
            {
                "ref": one.ref,
                "act": one.act,
                "rung": one.step,
                "day": one.day.isoformat(),
                "tells": one.tells or None,
                "station": one.station,
            }
            for one in swept.fired
        ],
        "failed": list(swept.failed),
        "halt": {"why": halt.verdict, "believed": halt.mark.astimezone(ZONE).isoformat()} if halt else None,
    }


def _lines(swept: Swept, speech: Speech) -> list[str]:
    if swept.halt:
        mark = swept.halt.mark.astimezone(ZONE)
        return [speech.word(f"clock_{swept.halt.verdict}", mark=f"{mark:%Y-%m-%d %H:%M}")]
    fired = [f"{one.day}  {one.ref}  {one.act:10} {one.tells or one.station}" for one in swept.fired]
    return [*fired, speech.word("ticked", fired=len(swept.fired), failed=len(swept.failed))]
