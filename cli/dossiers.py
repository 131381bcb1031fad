"""Dossiers from the command line: what may be done, doing it, what was done."""

import json
import secrets
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.root import opened, person
from cli.speech import USAGE, In, Json, Language, Speech
from states.decide import CLOCK
from states.labels import label
from web.api.dossier_view import act_offers, history_page
from web.api.shapes import ActDone, ActOffers, HistoryPage
from workflow import case_reading
from workflow.acts import ACTS
from workflow.auditing.asof import moment_named
from workflow.command import checked
from workflow.dossiers import reading
from workflow.dossiers.entries import entries_of
from workflow.loading import load
from workflow.problems import NotFound
from workflow.step import perform

Ref = Annotated[str, typer.Argument(help="The dossier's reference, such as HS-2024-0001")]
As = Annotated[str, typer.Option("--as", help="The login of who acts")]
EVERYTHING = sys.maxsize


def can(ref: Ref, login: As, as_json: Json = False, lang: In = Language.vi) -> None:
    """Every act of the dossier's station for a person: allowed, or every reason why not."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine, speech.refusing(), engine.database.reading() as conn:
        actor = person(engine, login, speech)
        view, loaded = case_reading.of_any_kind(engine, conn, ref, actor)
        offers = act_offers(view, reading.acts(engine, loaded, actor), speech.lang)
    speech.answer(offers.model_dump(mode="json"), _offer_lines(offers))


def act(
    ref: Ref,
    name: Annotated[str, typer.Argument(metavar="ACT", help="Such as forward")],
    login: As,
    reason: Annotated[str | None, typer.Option(help="Why, where the act wants it")] = None,
    args: Annotated[str | None, typer.Option(help="A JSON file with the act's arguments, or -")] = None,
    key: Annotated[str | None, typer.Option(help="The idempotency key; a fresh one without it")] = None,
    version: Annotated[int | None, typer.Option(help="The version seen; the present one without it")] = None,
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """Perform an act as a person."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine, speech.refusing():
        actor = person(engine, login, speech)
        if name not in ACTS or ACTS[name].begins is not None:
            raise NotFound
        seen = version
        if seen is None:
            with engine.database.reading() as conn:
                seen = load(engine, conn, ref, actor).case.version
        sent = {"ref": ref, "version": seen, "reason": reason, "args": _arguments(args, speech)}
        done = perform(engine, checked(name, key=key or secrets.token_hex(16), **sent), actor)
    answer = ActDone(ref=done.ref, station=done.station, version=done.version, seq=done.seq)
    station = label("station", done.station, speech.lang)
    said = speech.word("done", ref=done.ref, station=station, version=done.version)
    speech.answer(answer.model_dump(mode="json"), [said])


def history(
    ref: Ref,
    as_of: Annotated[str | None, typer.Option(help="A date or an RFC 3339 time")] = None,
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """The dossier's whole history up to a moment, with the state it folds to."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine, speech.refusing(), engine.database.reading() as conn:
        until = moment_named(as_of) if as_of else None
        loaded = load(engine, conn, ref, CLOCK)
        assert loaded.record is not None  # loaded by reference
        entries = list(entries_of(engine, conn, loaded.record, as_unit=False, until=until))
        then = reading.state_as_of(conn, loaded.record, until) if until else loaded.case
        page = history_page(entries, then, speech.lang, after=0, limit=EVERYTHING)
    speech.answer(page.model_dump(mode="json", by_alias=True), _history_lines(page, speech))


def _arguments(source: str | None, speech: Speech) -> dict[str, Any]:
    if source is None:
        return {}
    try:
        found = json.loads(sys.stdin.read() if source == "-" else Path(source).read_text("utf-8"))
    except OSError as error:
        speech.stop(USAGE, speech.word("no_file", path=source, why=error.strerror))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        speech.stop(USAGE, speech.word("not_json"))
    return found


def _offer_lines(offers: ActOffers) -> list[str]:
    lines = []
    for offer in offers.acts:
        lines.append(f"{'+' if offer.allowed else '-'} {offer.act:20} {offer.label}")
        for reason in offer.reasons:
            basis = f" ({reason.basis})" if reason.basis else ""
            lines.append(f"    {reason.code}: {reason.message}{basis}")
    return lines


def _history_lines(page: HistoryPage, speech: Speech) -> list[str]:
    lines = []
    for entry in page.items:
        role = label("role", entry.actor.role, speech.lang)
        who = f"{entry.actor.name} ({role}, {entry.actor.unit})"
        lines.append(
            f"{entry.seq:3} {entry.at:%Y-%m-%d %H:%M} {label('act', entry.act, speech.lang)}: {who}"
            f"  {entry.from_} → {entry.to}  {entry.hash[:12]}"
        )
        if entry.reason:
            lines.append(f"      {entry.reason}")
    if page.state:
        station = label("station", page.state.station, speech.lang)
        lines.append(speech.word("state", station=station, version=page.state.version))
    return lines
