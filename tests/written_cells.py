"""Tables of who may do what, tried cell by cell on a world that all cells of a file share."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from builders import World, an_actor

from db.engine import Database
from states.decide import CLOCK
from workflow.problems import NotFound, Refused

Fitting = Callable[[World, str, str], Mapping[str, Any]]
"""What somebody sends for an act on a case as it stands."""

STRANGERS = {
    "tn_home": an_actor("home_affairs_officer", "NVTN", "tn_home"),
    "tn_head": an_actor("home_affairs_head", "NVTN", "tn_head"),
    "clock": CLOCK,
}


def cells(table: str) -> list[tuple[str, str, str, str]]:
    """The rows of a table: place, act, who, what comes of it."""
    rows = (line.split() for line in table.splitlines() if line)
    return [(place, act, who, " ".join(said)) for place, act, who, *said in rows]


def lent(template: Path, folder: Path, begin: Callable[[Database, Path], World]) -> Iterator[World]:
    """A world of its own for all cells: what is refused changes nothing, what is done has its own case."""
    copy = template.with_name(f"year-{folder.name}")
    copy.write_bytes(template.read_bytes())
    database = Database(f"sqlite:///{copy}")
    yield begin(database, folder)
    database.close()
    copy.unlink()


def as_written(world: World, ref: str, act: str, who: str, said: str, fitting: Fitting) -> None:
    """The cell comes out as written; what is refused leaves no mark on the case."""
    before = world.record(ref)
    assert _comes_of(world, ref, act, who, fitting(world, ref, act)) == said
    assert (world.record(ref) == before) == (said != "done")


def _comes_of(world: World, ref: str, act: str, who: str, sent: Mapping[str, Any]) -> str:
    """What comes of an act somebody tries: done, 404, or the codes."""
    try:
        world.do(STRANGERS.get(who, who), act, ref, **sent)
    except NotFound:
        return "404"
    except Refused as refusal:
        return " ".join(sorted(reason["code"] for reason in refusal.reasons))
    return "done"
