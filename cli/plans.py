"""Plans of years from the command line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.root import opened
from cli.speech import REFUSED, USAGE, In, Json, Language, Speech
from db.units import all_units
from states.decide import Actor, Grant
from states.labels import label
from states.year.plan_check import LAST_PLAN_YEAR
from states.year.plan_faults import PlanError
from states.year.plan_file import parse_plan, plan_from_document
from workflow.year.plan_state import ItemState, item_states
from workflow.year.plan_year import PlanYear, plan_year

app = typer.Typer(no_args_is_help=True, help="Plans of years")


@app.command()
def show(
    year: Annotated[
        int | None, typer.Option(min=2000, max=LAST_PLAN_YEAR, help="This year without it")
    ] = None,
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """Every item of the plans in effect with its state."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine, engine.database.reading() as conn:
        bodies = [unit.id for unit in all_units(conn).values() if unit.id == unit.body]
        # Auditors read everything of a body; so does whoever holds the installation.
        readers = [Actor("operator", (Grant("auditor", body, body),)) for body in bodies]
        years = [(reader, plan_year(engine, conn, reader, year)) for reader in readers]
        found = [(one, item_states(engine, conn, reader, one)) for reader, one in years if one]
    if not found:
        speech.stop(REFUSED, speech.word("no_plan"))
    documents = [_document(one, states) for one, states in found]
    speech.answer(documents, (line for one, states in found for line in _lines(one, states, speech)))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A plan as TOML or JSON")],
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """Check a plan: every fault with its place."""
    speech = Speech.of(lang, as_json)
    try:
        plan = _read(file, speech)
    except PlanError as error:
        said = [
            {"place": fault.place, "code": fault.code, "message": fault.sentence(speech.lang)}
            for fault in error.faults
        ]
        text = "\n".join(
            f"{fault.where(speech.lang)}: {fault.sentence(speech.lang)}" for fault in error.faults
        )
        speech.stop(REFUSED, json.dumps(said, ensure_ascii=False, indent=1) if as_json else text)
    counts = {"items": len(plan.items), "duties": len(plan.duties), "campaigns": len(plan.campaigns)}
    speech.answer({"year": plan.year, **counts}, [speech.word("plan_ok", year=plan.year, **counts)])


def _read(file: Path, speech: Speech) -> Any:
    try:
        text = file.read_text("utf-8-sig")
        document = json.loads(text) if file.suffix.lower() == ".json" else None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        speech.stop(USAGE, speech.word("no_file", path=file, why=error))
    return parse_plan(text) if document is None else plan_from_document(document)


def _document(one: PlanYear, states: list[ItemState]) -> dict[str, Any]:
    head = {
        "plan": one.record.ref,
        "body": one.body,
        "year": one.plan.year,
        "effective_from": str(one.effective),
    }
    return {**head, "items": [_item(state) for state in states]}


def _item(state: ItemState) -> dict[str, Any]:
    counts = state.counts
    return {
        "item": state.item.id,
        "state": state.state,
        "last_day": str(state.last) if state.last else None,
        "late": state.late,
        "done": state.done,
        "overdue": state.overdue,
        "ref": state.ref or None,
        "duties": {
            "owing": counts.owing,
            "sent": counts.sent,
            "accepted": counts.accepted,
            "excused": counts.excused,
            "overdue": counts.overdue,
        }
        if counts
        else None,
        "waits_for": [before.id for before in state.before if not before.done],
    }


def _lines(one: PlanYear, states: list[ItemState], speech: Speech) -> Iterator[str]:
    yield f"{one.record.ref}  {one.plan.title[speech.lang]}  {one.effective:%d/%m/%Y}"
    for state in states:
        day = f"{state.last:%d/%m/%Y}" if state.last else " " * 10
        yield f"{state.item.id:14} {day}  {_said(state, speech)}"


def _said(state: ItemState, speech: Speech) -> str:
    said = []
    if state.state in ("always", "passed"):
        said.append(speech.word(f"plan_{state.state}"))
    elif state.state != "duties":
        late = f" ({speech.word('plan_late', days=state.late)})" if state.late else ""
        said.append(label("station", state.state, speech.lang) + late)
    if counts := state.counts:
        said.append(speech.word("plan_duties", sent=counts.sent, all=counts.owing, late=counts.overdue))
    return ", ".join(said)
