"""The words of an entry, kept apart from its sealed bytes so that they can be erased."""

from collections.abc import Iterator, Mapping
from typing import Any

from db import nominations
from db.units import unit
from states.document import canonical
from workflow.passage import Passage


def payload(passage: Passage, case_id: str) -> str:
    """Canonical JSON: who acted in which role where, the reason, the arguments, the names they are about."""
    at = passage.grant.unit
    seat = passage.loaded.units.get(at) or unit(passage.conn, at)
    return canonical(
        {
            "actor": passage.actor.name,
            "unit": {"vi": seat.short_vi, "en": seat.short_en} if seat else {},
            "reason": passage.command.reason or "",
            "args": {name: value for name, value in passage.args.items() if name != "changed"},
            "names": _names(passage, case_id),
        }
    )


def _names(passage: Passage, case_id: str) -> dict[str, str]:
    wanted = set(_mentioned(passage.args))
    if not wanted:
        return {}
    return {n.id: n.name for n in nominations.of_case(passage.conn, case_id) if n.id in wanted}


def _mentioned(args: Mapping[str, Any]) -> Iterator[str]:
    """The nominations an act's arguments name, wherever its form puts them."""
    for name in ("verdicts", "votes", "answers", "items"):
        rows = args.get(name, ())
        # A seat of a council has votes too: whether it has one.
        if isinstance(rows, list):
            yield from (row["nomination"] for row in rows if row.get("nomination"))
    yield from (row for row in args.get("nominations", ()) if isinstance(row, str))
