"""The server is started from the command line."""

import json
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from cli.root import engine_of, opened, settings_from_environment
from cli.speech import REFUSED, USAGE, In, Json, Language, Speech
from states.labels import label
from web.app import create_app
from workflow.clock.scheduler import ticking
from workflow.demo import filling as demonstration
from workflow.demo.filling import CITY, DEMOS, Demo
from workflow.engine import Engine
from workflow.people.passwords import Passwords
from workflow.settings import Settings

Port = Annotated[int, typer.Option(min=1, max=65535)]
DEMO_DATA = Path("demo-data")


def init(as_json: Json = False, lang: In = Language.vi) -> None:
    """Make the data folder and the database ready, or bring them up to date."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine:
        where = engine.database.url
    speech.answer(
        {"database": _without_password(where)}, [speech.word("ready", where=_without_password(where))]
    )


def serve(
    host: Annotated[str, typer.Option(help="Where to listen")] = "127.0.0.1",
    port: Port = 8000,
    lang: In = Language.vi,
) -> None:
    """Serve pages and API."""
    speech = Speech.of(lang)
    settings = settings_from_environment(speech)
    if "public_origin" not in settings.model_fields_set:
        settings = settings.model_copy(update={"public_origin": f"http://{host}:{port}"})
    with engine_of(settings, speech) as engine:
        print(speech.word("open_at", address=settings.public_origin), flush=True)
        _run(engine, settings, host, port)


def demo(
    port: Port = 8000,
    data: Annotated[Path | None, typer.Option(help="The demo's folder; demo-data without it")] = None,
    date: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it shows")] = None,
    lang: In = Language.vi,
) -> None:
    """Fill a folder with a demo year, or continue it, then serve it."""
    speech = Speech.of(lang)
    wanted = _demo_of(date, speech)
    settings = _demo_settings(settings_from_environment(speech), data, port)
    with engine_of(settings, speech) as engine:
        for line in _prepared(engine, settings, wanted, speech):
            print(line, flush=True)
        _run(engine, settings, "127.0.0.1", port)


def _demo_of(day: datetime | None, speech: Speech) -> Demo | None:
    """The demo that shows this day, None where no day was given; ends the command where there is no such demo."""
    if day is not None and day.date() not in DEMOS:
        speech.stop(USAGE, speech.word("no_demo_of_day", day=day.date(), days=", ".join(map(str, DEMOS))))
    return DEMOS[day.date()] if day else None


def _prepared(engine: Engine, settings: Settings, wanted: Demo | None, speech: Speech) -> list[str]:
    """Fill the demo unless one is there, which must be the one wanted; returns what to tell whoever started it."""
    accounts = settings.data / "demo-accounts.json"
    there = demonstration.filled(engine)
    if there and wanted and there is not wanted:
        day = there.morning.date()
        speech.stop(REFUSED, speech.word("other_demo", data=settings.data, day=day))
    if there is None:
        try:
            logins = demonstration.fill(engine, demo=wanted or CITY, hasher=Passwords(), report=_progress)
        except demonstration.NotEmpty:
            speech.stop(REFUSED, speech.word("must_not_be_empty", data=settings.data))
        demonstration.write_accounts(accounts, logins)
    return _welcome(settings, accounts, (there or wanted or CITY).password, speech)


def _demo_settings(given: Settings, data: Path | None, port: int) -> Settings:
    chosen = data or (given.data if "data" in given.model_fields_set else DEMO_DATA)
    told: dict[str, object] = {"data": chosen, "demo": True}
    if "public_origin" not in given.model_fields_set:
        told["public_origin"] = f"http://127.0.0.1:{port}"
    return given.model_copy(update=told)


def _welcome(settings: Settings, accounts: Path, password: str, speech: Speech) -> list[str]:
    """The address, one account for each role, the password they share."""
    lines = [speech.word("open_at", address=settings.public_origin), ""]
    listed = json.loads(accounts.read_text("utf-8")) if accounts.exists() else []
    shown: set[str] = set()
    for account in listed:
        roles = [seat["role"] for seat in account["roles"]]
        if shown >= set(roles):
            continue
        shown |= set(roles)
        words = ", ".join(dict.fromkeys(label("role", role, speech.lang) for role in roles))
        lines.append(f"  {account['login']:20} {account['name']:24} {words}")
    shared = speech.word("password_for_all", password=password)
    return [*lines, "", shared, speech.word("accounts_in", path=accounts)]


def _progress(line: str) -> None:
    typer.echo(line, err=True)


def _run(engine: Engine, settings: Settings, host: str, port: int) -> None:
    app = create_app(engine, settings)
    with ticking(engine, settings) if settings.clock else nullcontext():
        uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


def _without_password(url: str) -> str:
    before, at, after = url.rpartition("@")
    return f"{before.partition('://')[0]}://…@{after}" if at else after
