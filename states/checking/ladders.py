"""Whether the ladders a definition's limits name can be climbed to an end."""

from collections.abc import Iterator, Mapping

from states.checking.faults import Fault, fault
from states.definition import Definition
from states.ladders import HOLDER, OFFICE_HEAD, RECEIVING_HEAD, Ladder, Rung

TELLS = "escalate"
"""The act by which the clock tells somebody."""


def ladder_faults(
    definition: Definition, ladders: Mapping[str, Ladder], roles: frozenset[str]
) -> Iterator[Fault]:
    """Unknown ladders, ladders without an end or out of order, rungs the table has no row of the clock for."""
    for station in definition.waiting():
        name = station.limit.ladder if station.limit else ""
        if name and name not in ladders:
            yield fault(
                "unknown_ladder",
                f"station {station.name}, limit",
                name=name,
                known=", ".join(sorted(ladders)),
            )
        elif name:
            yield from _unserved(definition, station.name, ladders[name])
    named = {s.limit.ladder for s in definition.waiting() if s.limit}
    for name in sorted(named & ladders.keys()):
        yield from _misshapen(ladders[name], roles)


def _unserved(definition: Definition, station: str, ladder: Ladder) -> Iterator[Fault]:
    for act in sorted({rung.acts or TELLS for rung in ladder.rungs}):
        if not any("clock" in row.by for row in definition.rows(station, act)):
            yield fault("ladder_unserved", f"station {station}, limit", ladder=ladder.name, act=act)


def _misshapen(ladder: Ladder, roles: frozenset[str]) -> Iterator[Fault]:
    place = f"ladder {ladder.name}"
    if not ladder.rungs or not ladder.rungs[-1].ends:
        yield fault("ladder_no_end", place)
    if any(rung.ends for rung in ladder.rungs[:-1]):
        yield fault("ladder_goes_on", place)
    if not _in_order(ladder):
        yield fault("ladder_order", place)
    for number, rung in enumerate(ladder.rungs, 1):
        yield from _rung_faults(rung, f"{place}, rung {number}", roles)


def _in_order(ladder: Ladder) -> bool:
    """Up to the due day each rung is later than the one before; after it every one counts from the one before."""
    days = [rung.days for rung in ladder.rungs]
    until_due = [day for day in days if day <= 0]
    return until_due == sorted(set(until_due)) and days[: len(until_due)] == until_due


def _rung_faults(rung: Rung, place: str, roles: frozenset[str]) -> Iterator[Fault]:
    if bool(rung.tells) == bool(rung.acts):
        yield fault("rung_tells_or_acts", place)
    if rung.acts and not rung.overdue:
        yield fault("rung_acts_early", place, act=rung.acts)
    known = (roles - {"clock"}) | {HOLDER, OFFICE_HEAD, RECEIVING_HEAD}
    if rung.tells and rung.tells not in known:
        yield fault("unknown_role", place, name=rung.tells, known=", ".join(sorted(known)))
