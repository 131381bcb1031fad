"""Where the boxes of a diagram stand with their texts, so that none covers another."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from states.definition import Definition
from states.labels import Lang, label, words
from states.process.diagram_ways import COLUMN, GAP, NODE_HEIGHT, NODE_WIDTH, ROW, Point, Way, drawn, ways
from states.process.letters import width, wrapped

SIZE = 12
"""Pixels of the letters on ways and in lists."""
LINE = 14
LIST_LINE = 18


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """The words on a way; ``y`` is the baseline of the first line."""

    lines: tuple[str, ...]
    x: float
    y: float
    anchor: Literal["start", "middle", "end"]

    @property
    def box(self) -> Box:
        """What the letters cover, ascenders and descenders with them."""
        wide = max(width(line, SIZE) for line in self.lines)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.y - 10, left + wide, self.y + 3 + LINE * (len(self.lines) - 1))


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything that has a place in the diagram of one definition in one language."""

    nodes: dict[str, Box]
    ways: tuple[tuple[Way, Label], ...]
    endings: Box | None
    legend: Box
    canvas: Box


def layout(definition: Definition, lang: Lang, *, legend_lines: int) -> Layout:
    """The places of all stations, ways, texts; the legend takes the first cell nothing else needs."""
    nodes = {s.name: _cell(s.place) for s in definition.stations.values() if drawn(s)}
    labelled = tuple((way, _label(way, lang)) for way in ways(definition))
    endings = _endings(definition)
    taken = [*nodes.values(), *([endings] if endings else []), *_way_boxes(labelled)]
    legend = _legend(taken, legend_lines)
    taken.append(legend)
    canvas = Box(
        min(box.left for box in taken) - 2,
        min(box.top for box in taken) - 4,
        max(box.right for box in taken) + 2,
        max(box.bottom for box in taken) + 4,
    )
    return Layout(nodes, labelled, endings, legend, canvas)


def segments(way: Way) -> Iterator[Box]:
    """The straight parts of a way as boxes of no thickness."""
    for (x, y), (to_x, to_y) in pairwise(way.points):
        yield Box(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y))


def listed_endings(definition: Definition) -> list[str]:
    """The final stations that are words, not boxes."""
    return [station.name for station in definition.stations.values() if not drawn(station)]


def _cell(place: tuple[int, int]) -> Box:
    left, top = place[0] * COLUMN, place[1] * ROW
    return Box(left, top, left + NODE_WIDTH, top + NODE_HEIGHT)


def _endings(definition: Definition) -> Box | None:
    if not (names := listed_endings(definition)):
        return None
    first = _cell(min(definition.stations[name].place for name in names))
    return Box(first.left, first.top, first.right, first.top + 26 + LIST_LINE * len(names))


def _way_boxes(labelled: tuple[tuple[Way, Label], ...]) -> Iterator[Box]:
    for way, text in labelled:
        yield text.box
        yield from segments(way)


def _legend(taken: list[Box], lines: int) -> Box:
    columns = int(max(box.right for box in taken) // COLUMN) + 1
    rows = int(max(box.bottom for box in taken) // ROW) + 2
    for row in range(1, rows):
        for column in range(columns):
            cell = _cell((column, row))
            box = Box(cell.left, cell.top - 6, cell.right, cell.top + 18 + LIST_LINE * lines)
            if not any(box.overlaps(other) for other in taken):
                return box
    raise AssertionError("the row below everything is free")


# ---------------------------------------------------------------- texts on ways


def _label(way: Way, lang: Lang) -> Label:
    text = way_words(way.row, lang)
    ((x, y), (to_x, to_y)), beside_counter = _longest(way.points), way.kind == "back"
    if y == to_y:
        return _on_level(text, (x, y), (to_x, to_y), below=beside_counter and len(way.points) == 2)
    lines = wrapped(text, room=86 if len(way.points) == 2 else GAP - 16, size=SIZE)
    channel = (min(y, to_y) // ROW) * ROW + NODE_HEIGHT
    middle = channel + (32 if len(way.points) == 2 else 64)
    baseline = middle - LINE * (len(lines) - 1) / 2 + 4
    # Of two ways side by side the left one has its words on its left.
    if len(way.points) == 2 and x % COLUMN == 22:
        return Label(lines, x - 7, baseline, "end")
    return Label(lines, x + 7, baseline, "start")


def _on_level(text: str, one: Point, other: Point, *, below: bool) -> Label:
    length = abs(other[0] - one[0])
    lines = wrapped(text, room=max(length - 4, 40), size=SIZE)
    middle = (one[0] + other[0]) / 2
    return Label(lines, middle, one[1] + (15 if below else -6 - LINE * (len(lines) - 1)), "middle")


def _longest(points: tuple[Point, ...]) -> tuple[Point, Point]:
    """The longest level part of a way that bends round stations; else its longest part."""
    parts = list(pairwise(points))
    level = [part for part in parts if part[0][1] == part[1][1] and abs(part[0][0] - part[1][0]) > GAP]
    return max(level or parts, key=lambda part: abs(part[0][0] - part[1][0]) + abs(part[0][1] - part[1][1]))


def way_words(row: str, lang: Lang) -> str:
    """What is written on a way: the words of the row, else those of its act, else the button's."""
    act = row.partition("/")[0]
    known = words()["way"]
    found = known.get(row) or known.get(act)
    return found[lang] if found else label("act", act, lang).lower()
