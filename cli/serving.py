"""The server is started from the command line."""

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from cli.root import engine_of, opened, settings_from_environment
from cli.speech import REFUSED, In, Json, Language, Speech
from states.labels import label
from web.app import create_app
from workflow import demo as demonstration
from workflow.engine import ZONE, Engine
from workflow.passwords import Passwords
from workflow.settings import Settings

Port = Annotated[int, typer.Option(min=1, max=65535)]
DEMO_DATA = Path("demo-data")
MORNING = time(7, 30)


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
    """Fill a folder with the demo year, or continue it, then serve it."""
    speech = Speech.of(lang)
    settings = _demo_settings(settings_from_environment(speech), data, port)
    with engine_of(settings, speech) as engine:
        for line in _prepared(engine, settings, date, speech):
            print(line, flush=True)
        _run(engine, settings, "127.0.0.1", port)


def _prepared(engine: Engine, settings: Settings, day: datetime | None, speech: Speech) -> list[str]:
    """Fill the demo unless it is, set its clock where a day is given; returns what to tell whoever started it."""
    accounts = settings.data / "demo-accounts.json"
    if not demonstration.is_filled(engine):
        try:
            logins = demonstration.fill(engine, hasher=Passwords(), report=_progress)
        except demonstration.NotEmpty:
            speech.stop(REFUSED, speech.word("must_not_be_empty", data=settings.data))
        demonstration.write_accounts(accounts, logins)
    if day is not None:
        engine.set_clock(datetime.combine(day.date(), MORNING, ZONE).astimezone(UTC))
    return _welcome(settings, accounts, speech)


def _demo_settings(given: Settings, data: Path | None, port: int) -> Settings:
    chosen = data or (given.data if "data" in given.model_fields_set else DEMO_DATA)
    told: dict[str, object] = {"data": chosen, "demo": True}
    if "public_origin" not in given.model_fields_set:
        told["public_origin"] = f"http://127.0.0.1:{port}"
    return given.model_copy(update=told)


def _welcome(settings: Settings, accounts: Path, speech: Speech) -> list[str]:
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
    password = speech.word("password_for_all", password=demonstration.PASSWORD)
    return [*lines, "", password, speech.word("accounts_in", path=accounts)]


def _progress(line: str) -> None:
    typer.echo(line, err=True)


def _run(engine: Engine, settings: Settings, host: str, port: int) -> None:
    uvicorn.run(create_app(engine, settings), host=host, port=port, log_level="warning", access_log=False)


def _without_password(url: str) -> str:
    before, at, after = url.rpartition("@")
    return f"{before.partition('://')[0]}://…@{after}" if at else after
