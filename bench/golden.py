"""Histories as this version wrote them, for later versions to fold: `python -m bench.golden FOLDER` writes them."""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.cities import CITIES, City
from bench.ground import Ground, prepared
from bench.small_world import World, a_world, doer
from db import history
from db.engine import Connection
from states.document import canonical

ROADS = {
    "awarded-here": "award",
    "school-before-council": "put_on_agenda",
    "submitted-upward": "record_answer",
    "completed-once": "resubmit",
    "on-hold": "release",
    "returned": "return_for_review",
}


def histories(folder: Path) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Each golden history by name: its entries, then the facts they come to."""
    for path in sorted(folder.glob("*.jsonl")):
        yield path.stem, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(folder: Path) -> None:
    """Perform the roads in fresh worlds, write what their histories hold; existing files stay as they are."""
    folder.mkdir(parents=True, exist_ok=True)
    with prepared(None, "") as ground:
        for city in CITIES:
            _write_of(city, ground, folder)


def _write_of(city: City, ground: Ground, folder: Path) -> None:
    with ground.fresh("sqlite") as database:
        world = a_world(database, ground.folder, seed="golden", city=city)
        for name, act in ROADS.items():
            ref = _travelled(world, act, "TH" if name.startswith("school") else "PH")
            with database.reading() as conn:
                lines = list(_lines(conn, world, ref))
            path = folder / f"{world.record(ref).definition.replace('@', '-')}-{name}.jsonl"
            if not path.exists():
                path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _travelled(world: World, act: str, unit: str) -> str:
    """A dossier after the act, by the straight way."""
    ref = world.ready_for(act, unit=unit)
    case = world.case(ref)
    world.do(doer(act, case), act, ref, **world.fitting(act, case))
    return ref


def _lines(conn: Connection, world: World, ref: str) -> Iterator[str]:
    record = world.record(ref)
    for entry, payload, salt in history.of_case(conn, record.id):
        salted = (salt or b"").hex()
        yield canonical({"body": entry.body.decode(), "hash": entry.hash, "payload": payload, "salt": salted})
    facts = json.loads(record.facts)
    yield canonical({"log": world.engine.log, "kind": record.kind, "case": record.id, "facts": facts})


if __name__ == "__main__":
    write(Path(sys.argv[1]))
