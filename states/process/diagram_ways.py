"""The ways between the stations of a diagram, drawn on its grid with right angles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from states.definition import START, Definition, Station

NODE_WIDTH, NODE_HEIGHT = 152, 92
COLUMN, ROW = 210, 178
GAP = COLUMN - NODE_WIDTH
LANE = 24
"""Pixels between two parallel ways above or below all stations."""

Side = Literal["left", "right", "top", "bottom"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Turn:
    """A grid line a way bends onto: so many pixels below a row, or right of a column."""

    along: Literal["row", "column"]
    index: int
    beyond: int


@dataclass(frozen=True, slots=True)
class Route:
    """Where a way leaves its station, bends, enters the next; without ``into`` it joins another way."""

    out: tuple[Side, int]
    turns: tuple[Turn, ...] = ()
    into: tuple[Side, int] | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """What leads from one station to another: the first such row of the table stands for all."""

    source: str
    target: str
    row: str
    kind: Literal["main", "forward", "back"]
    points: tuple[Point, ...]
    joins: bool


def drawn(station: Station) -> bool:
    """Whether the station is a box; ends below the main line are words."""
    return not station.final or station.place[1] == 0


def ways(definition: Definition) -> tuple[Way, ...]:
    """Every way between drawn stations, in the order of the table."""
    pairs = _pairs(definition)
    routes = dict(_routes(definition, list(pairs)))
    return tuple(_way(definition, source, target, row, routes) for (source, target), row in pairs.items())


def _pairs(definition: Definition) -> dict[tuple[str, str], str]:
    pairs: dict[tuple[str, str], str] = {}
    for step in definition.steps:
        # Closing a dossier that was awarded in part is an ending in words, like any other.
        if step.choice and step.choice[0] == "settled":
            continue
        for source in step.sources:
            target = step.target(source)
            if START != source != target and drawn(definition.stations[target]):
                pairs.setdefault((source, target), step.row)
    return pairs


def _way(
    definition: Definition, source: str, target: str, row: str, routes: Mapping[tuple[str, str], Route]
) -> Way:
    one, other = definition.stations[source], definition.stations[target]
    (column, line), (to_column, to_line) = one.place, other.place
    kind: Literal["main", "forward", "back"] = "forward"
    if to_column < column or (to_column == column and to_line < line):
        kind = "back"
    elif line == to_line == 0 and to_column == column + 1:
        kind = "main"
    route = routes[source, target]
    points = _points(one.place, other.place, route)
    return Way(source, target, row, kind, points, joins=route.into is None)


# ---------------------------------------------------------------- where ways run


def _hinted() -> Iterator[tuple[tuple[str, str], Route]]:
    """The ways of a dossier that no rule below finds as well as a person does."""
    for review in ("home_affairs_review", "culture_social_review"):
        across = (Turn("row", 0, 26),)
        yield (review, "awaiting_submission"), Route(("bottom", 142), across, ("top", 40))
        back = (Turn("column", 2, 29), Turn("row", 0, 64))
        yield ("awaiting_submission", review), Route(("left", 46), back, ("bottom", 130))
        joining = (Turn("row", 1, LANE), Turn("column", 2, 29), Turn("row", 0, ROW - NODE_HEIGHT + 46))
        yield ("submitted_to_province", review), Route(("bottom", 76), joining)


HINTS = dict(_hinted())


def _routes(definition: Definition, pairs: list[tuple[str, str]]) -> Iterator[tuple[tuple[str, str], Route]]:
    above = _arcs(definition, pairs)
    below = max(station.place[1] for station in definition.stations.values() if drawn(station))
    lanes = 1 + sum(pair in HINTS for pair in pairs)
    for pair in pairs:
        one, other = (definition.stations[name].place for name in pair)
        route = HINTS.get(pair) or above.get(pair) or _near(one, other, (pair[1], pair[0]) in pairs)
        if route is None:
            route = _round_below(one, other, Turn("row", below, LANE * lanes))
            lanes += 1
        yield pair, route


def _arcs(definition: Definition, pairs: list[tuple[str, str]]) -> dict[tuple[str, str], Route]:
    """Skips along the main line run above it, backward ones inside forward ones so that none cross."""
    skips: list[tuple[int, int, tuple[str, str]]] = []
    for pair in pairs:
        one, other = (definition.stations[name].place for name in pair)
        if one[1] == other[1] == 0 and abs(one[0] - other[0]) > 1 and pair not in HINTS:
            skips.append((abs(one[0] - other[0]), other[0] > one[0], pair))
    return {pair: _arc(lane, forward) for lane, (_, forward, pair) in enumerate(sorted(skips))}


def _arc(lane: int, forward: int) -> Route:
    near, far = 94 - 36 * lane, 58 + 36 * lane
    over = (Turn("row", -1, ROW - NODE_HEIGHT - LANE * (lane + 1)),)
    return Route(("top", near if forward else far), over, ("top", far if forward else near))


def _near(one: tuple[int, int], other: tuple[int, int], both_ways: bool) -> Route | None:
    """The route between neighbours on the grid; ``None`` for stations further apart."""
    right, down = other[0] - one[0], other[1] - one[1]
    if (right, down) in ((1, 0), (-1, 0)):
        out: Side = "right" if right > 0 else "left"
        into: Side = "left" if right > 0 else "right"
        height = 44 if right > 0 else 64
        return Route((out, height), (), (into, height))
    if (right, down) == (0, 1):
        return Route(("bottom", 22 if both_ways else 76), (), ("top", 22 if both_ways else 76))
    if (right, down) == (0, -1):
        return Route(("top", 58 if both_ways else 76), (), ("bottom", 58 if both_ways else 76))
    if right == 1 and abs(down) == 1:
        # Upward it enters below the words of a way that leads back along the row.
        leave, enter = (18, 84) if down < 0 else (74, 18)
        return Route(("right", leave), (Turn("column", one[0], 18),), ("left", enter))
    if right == -1 and abs(down) == 1:
        leave, enter = (18, 74) if down < 0 else (74, 18)
        return Route(("left", leave), (Turn("column", other[0], 40),), ("right", enter))
    return None


def _round_below(one: tuple[int, int], other: tuple[int, int], lane: Turn) -> Route:
    turns = (Turn("column", one[0], 46), lane, Turn("column", other[0], 50))
    return Route(("right", 84), turns, ("right", 84))


def _points(one: tuple[int, int], other: tuple[int, int], route: Route) -> tuple[Point, ...]:
    points = [_anchor(one, *route.out)]
    upright = route.out[0] in ("top", "bottom")
    for turn in route.turns:
        x, y = points[-1]
        size, step = (NODE_HEIGHT, ROW) if turn.along == "row" else (NODE_WIDTH, COLUMN)
        on = turn.index * step + size + turn.beyond
        points.append((x, on) if turn.along == "row" else (on, y))
        upright = not upright
    if route.into:
        end = _anchor(other, *route.into)
        points += [(points[-1][0], end[1]) if upright else (end[0], points[-1][1]), end]
    return tuple(dict.fromkeys(points))


def _anchor(place: tuple[int, int], side: Side, along: int) -> Point:
    x, y = place[0] * COLUMN, place[1] * ROW
    if side in ("left", "right"):
        return (x + NODE_WIDTH * (side == "right"), y + along)
    return (x + along, y + NODE_HEIGHT * (side == "bottom"))
