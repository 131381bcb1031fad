"""The agenda of a session is put together from the dossiers that wait for the council."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import FormData

from db.cases import CaseRecord
from db.engine import Connection
from db.units import all_units
from states.council.session import Session
from states.labels import Lang
from web.cases.acting import typed
from web.cases.rows import kind_name, period_name
from workflow.council import session_reading
from workflow.folded import dossier_in

MOVES = frozenset({"up", "down", "drop", "add"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """One dossier that could be put on the agenda."""

    ref: str
    unit: str
    title: str
    nominations: int


@dataclass(frozen=True, slots=True)
class Campaign:
    """The dossiers of one kind for one period, by unit."""

    name: str
    dossiers: tuple[Waiting, ...]


def campaigns(conn: Connection, facts: Session, lang: Lang) -> list[Campaign]:
    """Everything that waits for a session, as one picks from it."""
    units = all_units(conn)
    groups: dict[str, list[CaseRecord]] = {}
    for record in session_reading.waiting(conn, facts):
        name = f"{kind_name(record.category, lang)}, {period_name(record.period, lang)}"
        groups.setdefault(f"{name[:1].upper()}{name[1:]}", []).append(record)
    return [
        Campaign(
            name,
            tuple(
                Waiting(
                    record.ref,
                    units[record.unit].name(lang),
                    record.title,
                    len(dossier_in(record).standing()),
                )
                for record in sorted(records, key=lambda one: units[one.unit].position)
            ),
        )
        for name, records in groups.items()
    ]


def rearranged(form: FormData) -> list[str]:
    """The whole agenda as the button that was pressed leaves it: one moved up, down, out, or those ticked added."""
    order = _refs(form, "dossiers")
    move, _, ref = typed(form, "move").partition(":")
    if move == "add":
        return [*order, *(one for one in _refs(form, "add") if one not in order)]
    if move in MOVES and ref in order:
        return moved(order, ref, move)
    return order


def moved(order: Sequence[str], ref: str, move: str) -> list[str]:
    """The order with one of it a place up, a place down, or gone."""
    place, rest = list(order).index(ref), [one for one in order if one != ref]
    if move == "drop":
        return rest
    at = max(0, place - 1) if move == "up" else place + 1
    return [*rest[:at], ref, *rest[at:]]


def _refs(form: FormData, name: str) -> list[str]:
    return [str(one) for one in form.getlist(name) if isinstance(one, str)]
