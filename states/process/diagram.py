"""The diagram of a process, drawn from its definition as SVG or written as Mermaid."""

from collections.abc import Callable, Mapping
from math import copysign

from states.definition import START, Definition
from states.labels import Lang, label
from states.process.diagram_layout import LINE, LIST_LINE, SIZE, Box, Label, layout, listed_endings, way_words
from states.process.diagram_nodes import NO_HEAT, Heat, describe, ink, link, node, number, text
from states.process.diagram_ways import Point, Way

COLOURS = {"main": "#0e4c8c", "forward": "#44525f", "back": "#44525f"}
BEND = 8
"""Pixels of the rounded corners."""

Href = Callable[[str], str]


FONT = "'Be Vietnam Pro', 'Segoe UI', sans-serif"
"""For the drawing on its own; on a page the page's font is the same."""


def svg(
    definition: Definition,
    lang: Lang,
    *,
    heat: Mapping[str, Heat] | None = None,
    href: Href | None = None,
    selected: str = "",
) -> str:
    """The diagram as an ``<svg>`` that needs no style of its own.

    ``heat`` counts the cases at each station (none given: no counts are shown), ``href`` gives the page of a
    station, ``selected`` is the station drawn as chosen. Ways are hidden from screen readers: the table of
    the same definition tells them better.
    """
    places = layout(definition, lang, legend_lines=5 if heat is not None else 3)
    parts = [
        _opening(places.canvas, definition.title[lang]),
        '<g aria-hidden="true">',
        *(_way(way) for way, _ in places.ways),
        *(_label(words) for _, words in places.ways),
        *_legend(places.legend, lang, with_heat=heat is not None),
        "</g>",
        *(
            node(
                definition.stations[name],
                where,
                lang,
                heat=_at(heat, name),
                href=href,
                chosen=name == selected,
            )
            for name, where in places.nodes.items()
        ),
    ]
    if places.endings:
        parts += _endings(definition, places.endings, lang, heat, href)
    return "\n".join([*parts, "</svg>"])


def _opening(box: Box, title: str) -> str:
    wide, high = number(box.right - box.left), number(box.bottom - box.top)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="process-diagram" role="group" '
        f'viewBox="{number(box.left)} {number(box.top)} {wide} {high}" width="{wide}" height="{high}" '
        f'font-family="{FONT}" font-size="{SIZE}" {ink("#44525f")} aria-label="{describe(title)}">'
    )


def _at(heat: Mapping[str, Heat] | None, station: str) -> Heat | None:
    return None if heat is None else heat.get(station, NO_HEAT)


def _way(way: Way) -> str:
    colour = COLOURS[way.kind]
    dashed = ' stroke-dasharray="4 3"' if way.kind == "back" else ""
    thick = "2.5" if way.kind == "main" else "1.5"
    line = f'<path d="{_rounded(way.points)}" fill="none" stroke="{colour}" stroke-width="{thick}"{dashed}/>'
    return line if way.joins else line + _arrow(way.points[-2], way.points[-1], colour)


def _rounded(points: tuple[Point, ...]) -> str:
    drawn = [f"M{_at_point(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        bend = min(BEND, _length(before, corner) / 2, _length(corner, after) / 2)
        drawn.append(f"L{_at_point(_towards(corner, before, bend))}")
        drawn.append(f"Q{_at_point(corner)} {_at_point(_towards(corner, after, bend))}")
    return " ".join([*drawn, f"L{_at_point(points[-1])}"])


def _at_point(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _length(one: Point, other: Point) -> float:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _towards(one: Point, other: Point, far: float) -> Point:
    across, down = other[0] - one[0], other[1] - one[1]
    return (one[0] + copysign(far if across else 0, across), one[1] + copysign(far if down else 0, down))


def _arrow(before: Point, tip: Point, colour: str) -> str:
    base = _towards(tip, before, 8)
    level = before[1] == tip[1]
    one = (base[0], base[1] - 4) if level else (base[0] - 4, base[1])
    other = (base[0], base[1] + 4) if level else (base[0] + 4, base[1])
    return f'<path d="M{_at_point(tip)} L{_at_point(one)} L{_at_point(other)} Z" fill="{colour}"/>'


def _label(words: Label) -> str:
    return "".join(
        text(words.x, words.y + LINE * line, said, anchor=words.anchor)
        for line, said in enumerate(words.lines)
    )


# ---------------------------------------------------------------- lists beside the boxes


def _legend(box: Box, lang: Lang, *, with_heat: bool) -> list[str]:
    x, y = box.left, box.top + 16
    marks = [
        ("main_line", f'stroke="{COLOURS["main"]}" stroke-width="2.5"'),
        ("going_back", f'stroke="{COLOURS["back"]}" stroke-width="1.5" stroke-dasharray="4 3"'),
    ]
    if with_heat:
        marks += [
            ("part_overdue", 'stroke="#a5101d" stroke-width="5"'),
            ("part_soon", 'stroke="#b87a00" stroke-width="5"'),
        ]
    drawn = [text(x, y, label("diagram", "how_to_read", lang), size=13, bold=True, colour="#16222f")]
    for line, (words, stroke) in enumerate(marks, start=1):
        middle = y + LIST_LINE * line
        drawn.append(f'<path d="M{number(x)} {number(middle - 4)} h26" fill="none" {stroke}/>')
        drawn.append(text(x + 34, middle, label("diagram", words, lang)))
    last = y + LIST_LINE * (len(marks) + 1)
    drawn.append(
        f'<rect x="{number(x)}" y="{number(last - 11)}" width="26" height="13" rx="3" fill="none" '
        'stroke="#788592" stroke-dasharray="4 3"/>'
    )
    return [*drawn, text(x + 34, last, label("diagram", "outside", lang))]


def _endings(
    definition: Definition, box: Box, lang: Lang, heat: Mapping[str, Heat] | None, href: Href | None
) -> list[str]:
    title = label("diagram", "other_ends", lang)
    drawn = [text(box.left + 12, box.top + 16, title, size=13, bold=True, colour="#16222f")]
    for line, name in enumerate(listed_endings(definition), start=1):
        station, counted = definition.stations[name], _at(heat, name)
        said = f"{counted.total} {station.label[lang]}" if counted else station.label[lang]
        words = text(box.left + 12, box.top + 16 + LIST_LINE * line, said)
        drawn.append(link(words, station, lang, counted, href))
    return drawn


# ---------------------------------------------------------------- Mermaid


def mermaid(definition: Definition, lang: Lang) -> str:
    """The whole table as a Mermaid state diagram, with every ending; each line ends where it is told to."""
    lines = ["stateDiagram-v2"]
    lines += [
        f'    state "{_mermaid_words(station.label[lang])}" as {station.name}'
        for station in definition.stations.values()
    ]
    lines += [
        f"    {one} --> {other}: {', '.join(said)}" for (one, other), said in _moves(definition, lang).items()
    ]
    lines += [f"    {station.name} --> [*]" for station in definition.stations.values() if station.final]
    return "\n".join(lines)


def _moves(definition: Definition, lang: Lang) -> dict[tuple[str, str], list[str]]:
    moves: dict[tuple[str, str], list[str]] = {}
    for step in definition.steps:
        for source in step.sources:
            if (target := step.target(source)) != source:
                one = "[*]" if source == START else source
                said = moves.setdefault((one, target), [])
                if (words := _mermaid_words(way_words(step.row, lang))) not in said:
                    said.append(words)
    return moves


def _mermaid_words(words: str) -> str:
    """Mermaid reads some signs as grammar even in quotes; its own entities name them by number."""
    return "".join(f"#{ord(sign)};" if sign in '"#;:<>[]{}%`\n' else sign for sign in words)
