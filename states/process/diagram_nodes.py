"""The boxes of a diagram: a station with who holds it, its limit, its cases."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from states.definition import Limit, Station
from states.labels import Lang, label
from states.process.diagram_layout import LINE, SIZE, Box
from states.process.diagram_ways import NODE_HEIGHT, NODE_WIDTH
from states.process.letters import width, wrapped

PADDING = 12
ROOM = NODE_WIDTH - 2 * PADDING
OUTSIDE = frozenset({"awaiting_completion", "submitted_to_province"})
"""Stations where someone outside the deciding body must move; they are drawn dashed."""


@dataclass(frozen=True, slots=True)
class Heat:
    """How many cases wait at a station, how many of them are overdue or soon due."""

    total: int
    overdue: int = 0
    soon: int = 0


NO_HEAT = Heat(0)


def node(
    station: Station,
    box: Box,
    lang: Lang,
    *,
    heat: Heat | None,
    href: Callable[[str], str] | None,
    chosen: bool,
) -> str:
    """One station as a box; a link when ``href`` gives its page."""
    name = wrapped(station.label[lang], room=ROOM, size=13)
    y = box.top + (22 if len(name) == 1 or heat is None else 18)
    paper = "#ffffff" if station.final else "#16222f"
    drawn = [_frame(station, box, heat, chosen)]
    for line, said in enumerate(name):
        drawn.append(text(box.left + PADDING, y + 15 * line, said, size=13, bold=True, colour=paper))
    y += 15 * (len(name) - 1) + (17 if len(name) == 1 else 15)
    lines = _below_name(station, lang, short=heat is not None)
    for line, said in enumerate(lines):
        colour = "#ffffff" if station.final else "#44525f"
        drawn.append(text(box.left + PADDING, y + LINE * line, said, colour=colour))
    if heat is not None:
        drawn += _counts(box, heat, lang, paper, final=station.final)
    return link("".join(drawn), station, lang, heat, href, chosen=chosen)


def link(
    inside: str,
    station: Station,
    lang: Lang,
    heat: Heat | None,
    href: Callable[[str], str] | None,
    *,
    chosen: bool = False,
) -> str:
    """The drawing of a station with its description, as a link when ``href`` gives its page."""
    described = f'aria-label="{describe(_description(station, lang, heat))}"'
    if href is None:
        return f'<g role="img" {described}>{inside}</g>'
    current = ' aria-current="true"' if chosen else ""
    # A link is called by what is in it: its label would have to repeat the drawn words in their order.
    drawn = f'<g role="img" {described}>{inside}</g>'
    return f'<a class="process-node" href="{describe(href(station.name))}"{current}>{drawn}</a>'


def _frame(station: Station, box: Box, heat: Heat | None, chosen: bool) -> str:
    fill, stroke, thick = "#ffffff", "#788592", "1.2"
    if station.final:
        fill = stroke = "#14593a"
    elif heat and heat.overdue:
        fill, stroke, thick = "#fdebec", "#a5101d", "2"
    if chosen:
        stroke, thick = "#16222f", "3"
    dashed = ' stroke-dasharray="5 3"' if station.name in OUTSIDE else ""
    where = f'x="{number(box.left)}" y="{number(box.top)}" width="{NODE_WIDTH}" height="{NODE_HEIGHT}"'
    return f'<rect {where} rx="6" fill="{fill}" stroke="{stroke}" stroke-width="{thick}"{dashed}/>'


def _below_name(station: Station, lang: Lang, *, short: bool) -> list[str]:
    if station.final:
        return [label("diagram", "ended", lang)]
    days = _days(station.limit, lang)
    if short:
        return [days or wrapped(label("role", station.holder, lang), room=ROOM, size=SIZE)[0]]
    return [*wrapped(label("role", station.holder, lang), room=ROOM, size=SIZE), *([days] if days else [])]


def _days(limit: Limit | None, lang: Lang) -> str:
    if limit is None or not limit.working_days:
        return ""
    few, many = min(limit.working_days.values()), max(limit.working_days.values())
    if many == 1:
        return label("diagram", "one_working_day", lang)
    days = str(many) if few == many else f"{few}–{many}"
    return label("diagram", "working_days", lang).format(days=days)


def _description(station: Station, lang: Lang, heat: Heat | None) -> str:
    said = [station.label[lang]]
    if station.holder:
        said.append(label("diagram", "held_by", lang).format(role=label("role", station.holder, lang)))
    if days := _days(station.limit, lang):
        said.append(label("diagram", "limit", lang).format(days=days))
    elif station.limit and station.limit.from_argument:
        said.append(label("diagram", "limit_from_act", lang))
    elif station.limit and station.limit.from_case:
        said.append(label("diagram", "limit_from_case", lang))
    elif station.limit and station.limit.waits:
        said.append(station.limit.waits[lang])
    if heat is not None:
        said.append(label("diagram", "cases", lang).format(count=heat.total))
        said += [_told(kind, count, lang) for kind, count in _late(heat) if count]
    return ". ".join(said)


def _late(heat: Heat) -> tuple[tuple[str, int], ...]:
    return (("overdue", heat.overdue), ("soon", heat.soon))


def _told(kind: str, count: int, lang: Lang) -> str:
    return label("diagram", kind, lang).format(count=count)


# ---------------------------------------------------------------- counts with their bar


def _counts(box: Box, heat: Heat, lang: Lang, colour: str, *, final: bool) -> list[str]:
    quiet = colour if heat.total else "#5d6b79"
    many = heat.total > 999
    total = text(
        box.left + PADDING, box.top + 72, str(heat.total), size=15 if many else 21, bold=True, colour=quiet
    )
    drawn = [total]
    if final:
        return drawn
    right = box.right - 10
    if heat.overdue:
        said = _told("overdue", heat.overdue, lang)
        drawn.append(text(right, box.top + 70, said, bold=True, colour="#a5101d", anchor="end"))
        if not many:
            drawn.append(_warning(right - width(said, SIZE) - 17, box.top + 71))
    elif heat.soon:
        said = _told("soon", heat.soon, lang)
        drawn.append(text(right, box.top + 70, said, bold=True, colour="#744700", anchor="end"))
    return [*drawn, *_bar(box, heat)]


def _warning(x: float, y: float) -> str:
    """A small triangle with its mark, so that lateness is not told by colour alone."""
    where = f"{number(x)} {number(y)}"
    return (
        f'<path d="M{where} l6.5 -11.5 l6.5 11.5 Z" fill="#a5101d"/>'
        f'<path d="M{where} m6.5 -7.5 v3.5 m0 1 v1.2" fill="none" stroke="#ffffff" stroke-width="1.3"/>'
    )


def _bar(box: Box, heat: Heat) -> list[str]:
    late = ROOM * heat.overdue / max(heat.total, 1)
    soon = ROOM * heat.soon / max(heat.total, 1)
    x = box.left + PADDING
    shares = ((x, ROOM, "#dae0e6"), (x, late, "#a5101d"), (x + late, soon, "#b87a00"))
    return [
        f'<rect x="{number(left)}" y="{number(box.top + 80)}" width="{number(wide)}" height="5" rx="2.5" '
        f'fill="{fill}"/>'
        for left, wide, fill in shares
        if wide
    ]


# ---------------------------------------------------------------- SVG words


def text(
    x: float,
    y: float,
    said: str,
    *,
    size: int = SIZE,
    bold: bool = False,
    colour: str = "",
    anchor: str = "start",
) -> str:
    """One line of text; ``y`` is its baseline."""
    weight = ' font-weight="600"' if bold else ""
    large = f' font-size="{size}"' if size != SIZE else ""
    placed = f' text-anchor="{anchor}"' if anchor != "start" else ""
    painted = f" {ink(colour)}" if colour else ""
    where = f'x="{number(x)}" y="{number(y)}"'
    return f"<text {where}{large}{weight}{placed}{painted}>{escape(said)}</text>"


def ink(colour: str) -> str:
    """The attribute that paints letters."""
    return f'fill="{colour}"'


def describe(words: str) -> str:
    """Words made safe inside a quoted attribute."""
    return escape(words, quote=True)


def number(value: float) -> str:
    """A coordinate as short as it can be written."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
