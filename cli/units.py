"""Units from the command line: which there are, a new one, the last day of one."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from cli.root import opened
from cli.speech import In, Json, Language, Speech
from db import units
from workflow.people.units import add_unit, end_unit

unit = typer.Typer(no_args_is_help=True, help="Units")
UnitId = Annotated[str, typer.Argument(help="The unit's id, as LK-THCS-BS")]
Day = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day; else today")]


@unit.command("list")
def unit_list(as_json: Json = False, lang: In = Language.vi) -> None:
    """Every unit that is or was."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine, engine.database.reading() as conn:
        found = list(units.all_units(conn).values())
    documents = [
        {**asdict(one), "valid_from": str(one.valid_from), "valid_to": str(one.valid_to or "")}
        for one in found
    ]
    name = "name_vi" if lang is Language.vi else "name_en"
    speech.answer(documents, [f"{d['id']:20} {d['kind']:22} {d['valid_to']:10} {d[name]}" for d in documents])


@unit.command("add")
def unit_add(
    id_: UnitId,
    kind: Annotated[str, typer.Option(help="school, ward, commune, office …")],
    body: Annotated[str, typer.Option(help="The unit whose chairman decides")],
    name: Annotated[str, typer.Option(help="Its name")],
    name_en: Annotated[str, typer.Option(help="Its name in English; else the same")] = "",
    begins: Day = None,
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """A new unit; what the plan in effect still asks of such units falls to it with the clock's next pass."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine, speech.refusing():
        first = begins.date() if begins else None
        new = add_unit(engine, id_, kind=kind, body=body, names=(name, name_en or name), valid_from=first)
    speech.answer({"id": new.id, "valid_from": str(new.valid_from)}, [speech.word("unit_added", unit=new.id)])


@unit.command("end")
def unit_end(
    id_: UnitId,
    last_day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="Its last day")],
    as_json: Json = False,
    lang: In = Language.vi,
) -> None:
    """The last day of a unit; what it submitted goes on, nothing more falls to it."""
    speech = Speech.of(lang, as_json)
    with opened(speech) as engine, speech.refusing():
        end_unit(engine, id_, last_day.date())
    said = speech.word("unit_ended", unit=id_, day=f"{last_day:%d/%m/%Y}")
    speech.answer({"id": id_, "valid_to": f"{last_day:%Y-%m-%d}"}, [said])
