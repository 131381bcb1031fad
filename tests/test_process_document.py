"""The process is drawn and told as its definition says."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from states.definition import Definition, Words
from states.definition_file import shipped
from states.labels import LANGS, Lang
from states.process.diagram import mermaid, svg
from states.process.diagram_layout import Box, layout, segments
from states.process.diagram_nodes import Heat
from states.process.diagram_ways import Way
from states.process.letters import width, wrapped
from states.process.process_document import process_document

DOCUMENT = Path(__file__).parents[1] / "docs" / "process.md"
DRAWING = DOCUMENT.with_name("process.svg")
DOSSIER = shipped()["dossier@A.1"]
SVG = "{http://www.w3.org/2000/svg}"
EVERY = [(name, lang) for name in shipped() for lang in LANGS]

every_diagram = pytest.mark.parametrize(("name", "lang"), EVERY)


def test_the_document_tells_the_definitions_as_they_are() -> None:
    assert DOCUMENT.read_text("utf-8") == process_document(shipped()), (
        "run: khenthuong definition diagram --write docs/process.md"
    )


def test_the_drawing_on_the_first_page_is_the_process_as_it_is() -> None:
    assert DRAWING.read_text("utf-8") == svg(DOSSIER, "vi") + "\n", (
        "run: khenthuong definition diagram --write docs/process.svg"
    )


def test_the_document_has_a_sentence_for_each_step() -> None:
    told = process_document({DOSSIER.name: DOSSIER})
    assert told.count(" may **") == len(DOSSIER.steps)
    assert (
        "The unit head may **submit**, which leads to `education_review`, when `unit_type` is `school`"
        in told
    )
    assert "The home affairs officer or the clock may **take back**" in told


# ---------------------------------------------------------------- nothing covers anything


def _shrunk(box: Box) -> Box:
    """A way may touch the edge of the box it enters."""
    return Box(box.left + 1, box.top + 1, box.right - 1, box.bottom - 1)


def _texts(definition: Definition, lang: Lang) -> Iterator[tuple[str, Box]]:
    places = layout(definition, lang, legend_lines=5)
    yield from places.nodes.items()
    yield from ((" ".join(words.lines), words.box) for _, words in places.ways)
    yield "legend", places.legend
    if places.endings:
        yield "endings", places.endings


@every_diagram
def test_no_text_or_box_covers_another(name: str, lang: Lang) -> None:
    for (one, box), (other, other_box) in combinations(_texts(shipped()[name], lang), 2):
        assert not _shrunk(box).overlaps(_shrunk(other_box)), f"{one} covers {other}"


@every_diagram
def test_no_way_runs_through_a_box_or_words(name: str, lang: Lang) -> None:
    definition = shipped()[name]
    for way, _ in layout(definition, lang, legend_lines=5).ways:
        for part in segments(way):
            for told, box in _texts(definition, lang):
                assert not part.overlaps(_shrunk(box)), f"{way.source} to {way.target} crosses {told}"


@every_diagram
def test_no_two_ways_share_a_line(name: str, lang: Lang) -> None:
    ways = [way for way, _ in layout(shipped()[name], lang, legend_lines=5).ways]
    for one, other in combinations(ways, 2):
        for part in segments(one):
            for beside in segments(other):
                assert not _run_together(part, beside), (
                    f"{one.row} at {one.source}, {other.row} at {other.source}"
                )


def _run_together(one: Box, other: Box) -> bool:
    both_level = one.top == one.bottom == other.top == other.bottom
    both_upright = one.left == one.right == other.left == other.right
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return (both_level and across > 0) or (both_upright and down > 0)


@every_diagram
def test_everything_is_on_the_canvas(name: str, lang: Lang) -> None:
    definition = shipped()[name]
    places = layout(definition, lang, legend_lines=5)
    inside = places.canvas
    parts = [part for way, _ in places.ways for part in segments(way)]
    for box in [*parts, *(box for _, box in _texts(definition, lang))]:
        assert inside.left <= box.left <= box.right <= inside.right
        assert inside.top <= box.top <= box.bottom <= inside.bottom


def _meets(way: Way, box: Box, point: tuple[float, float]) -> bool:
    on_side = point[0] in (box.left, box.right) and box.top < point[1] < box.bottom
    on_end = point[1] in (box.top, box.bottom) and box.left < point[0] < box.right
    return on_side or on_end


@every_diagram
def test_every_way_goes_from_its_box_to_its_box_at_right_angles(name: str, lang: Lang) -> None:
    places = layout(shipped()[name], lang, legend_lines=5)
    ends = {way.points[-1] for way, _ in places.ways}
    for way, _ in places.ways:
        assert _meets(way, places.nodes[way.source], way.points[0])
        assert way.joins or _meets(way, places.nodes[way.target], way.points[-1])
        assert all(part.left == part.right or part.top == part.bottom for part in segments(way))
    assert len(ends) == len(places.ways), "two ways end at one point"


def test_a_way_that_joins_another_meets_one_to_the_same_station() -> None:
    ways = [way for way, _ in layout(DOSSIER, "vi", legend_lines=5).ways]
    joining = [way for way in ways if way.joins]
    assert joining
    for way in joining:
        corners = {
            point for other in ways if other.target == way.target and other != way for point in other.points
        }
        assert way.points[-1] in corners


@every_diagram
def test_every_move_between_boxes_is_drawn_once(name: str, lang: Lang) -> None:
    definition = shipped()[name]
    moves = {
        (source, step.target(source))
        for step in definition.steps
        for source in step.sources
        if source != "start" and not definition.stations[step.target(source)].final
    }
    drawn = [(way.source, way.target) for way, _ in layout(definition, lang, legend_lines=5).ways]
    assert {move for move in moves if move[0] != move[1]} <= set(drawn)
    assert len(drawn) == len(set(drawn))


# ---------------------------------------------------------------- the drawing


def drawing(lang: Lang = "vi", **more: object) -> ET.Element:
    return ET.fromstring(svg(DOSSIER, lang, href=lambda station: f"/process?at={station}&x=1", **more))  # type: ignore[arg-type]  # the tests choose what to give


@every_diagram
def test_each_station_is_a_link_that_says_what_it_is(name: str, lang: Lang) -> None:
    definition = shipped()[name]
    root = ET.fromstring(svg(definition, lang, heat={}, href=lambda station: f"/{station}"))
    links = {link.get("href"): link[0].get("aria-label") or "" for link in root.iter(f"{SVG}a")}
    assert links.keys() == {f"/{station}" for station in definition.stations}
    for station in definition.stations.values():
        assert links[f"/{station.name}"].startswith(station.label[lang])


def test_the_heat_of_a_station_is_told_in_numbers_too() -> None:
    root = drawing(
        "en", heat={"home_affairs_review": Heat(16, overdue=4, soon=2)}, selected="home_affairs_review"
    )
    node = next(link for link in root.iter(f"{SVG}a") if link.get("aria-current"))
    assert "Dossiers: 16. 4 overdue. 2 due soon" in (node[0].get("aria-label") or "")
    assert {"16", "4 overdue"} <= {text.text for text in node.iter(f"{SVG}text")}
    bars = [float(bar.get("width") or 0) for bar in node.iter(f"{SVG}rect")][1:]
    assert bars == [128, 32, 16]


@every_diagram
@pytest.mark.parametrize(
    "heat", [None, Heat(0), Heat(999, overdue=99), Heat(9999, overdue=999), Heat(88, soon=88)]
)
def test_the_words_of_a_station_stay_inside_its_box(name: str, lang: Lang, heat: Heat | None) -> None:
    definition = shipped()[name]
    everywhere = None if heat is None else dict.fromkeys(definition.stations, heat)
    for node in ET.fromstring(svg(definition, lang, heat=everywhere, href=lambda station: station)).iter(
        f"{SVG}a"
    ):
        written = [_written(text) for text in node.iter(f"{SVG}text")]
        for frame in list(node.iter(f"{SVG}rect"))[:1]:
            left, top = float(frame.get("x") or 0), float(frame.get("y") or 0)
            assert all(left < box.left and box.right < left + 152 for box in written)
            assert all(top < box.top and box.bottom < top + 80 for box in written)
        assert not [pair for pair in combinations(written, 2) if pair[0].overlaps(pair[1])]


def _written(text: ET.Element) -> Box:
    """What a text covers from its capitals to its baseline."""
    size = float(text.get("font-size") or 12)
    x, y, wide = float(text.get("x") or 0), float(text.get("y") or 0), width(text.text or "", size)
    left = x - wide if text.get("text-anchor") == "end" else x
    return Box(left, y - 0.72 * size, left + wide, y)


def test_without_heat_no_number_of_cases_is_shown() -> None:
    assert not [text.text for text in drawing().iter(f"{SVG}text") if (text.text or "").isdigit()]


@every_diagram
def test_the_drawing_needs_no_style_and_runs_no_script(name: str, lang: Lang) -> None:
    for element in ET.fromstring(svg(shipped()[name], lang, href=lambda station: station)).iter():
        assert element.tag.removeprefix(SVG) in {"svg", "g", "a", "path", "rect", "text"}
        assert not [
            attribute for attribute in element.attrib if attribute == "style" or attribute.startswith("on")
        ]


def test_words_that_look_like_markup_stay_words() -> None:
    nasty = Words('<b onload="x">&', '"]-->|{x}; #')
    stations = {**DOSSIER.stations, "drafting": replace(DOSSIER.stations["drafting"], label=nasty)}
    definition = replace(DOSSIER, stations=stations, title=nasty)
    for lang in LANGS:
        root = ET.fromstring(svg(definition, lang, href=lambda _: '"><script>'))
        assert root.get("aria-label") == nasty[lang]
        said = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
        assert all(part in said for part in nasty[lang].split())
    assert 'state "#34;#93;--#62;|#123;x#125;#59; #35;" as drafting' in mermaid(definition, "en")


# ---------------------------------------------------------------- Mermaid


@every_diagram
def test_mermaid_has_every_move_of_the_table_and_every_end(name: str, lang: Lang) -> None:
    definition = shipped()[name]
    lines = mermaid(definition, lang).splitlines()
    moves = {match.groups() for line in lines if (match := re.match(r"    (\S+) --> ([^\s:]+)", line))}
    table = {
        ("[*]" if source == "start" else source, step.target(source))
        for step in definition.steps
        for source in step.sources
        if step.target(source) != source
    }
    assert moves == table | {(s.name, "[*]") for s in definition.stations.values() if s.final}
    assert lines[0] == "stateDiagram-v2"


# ---------------------------------------------------------------- the width of words


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"])), st.floats(1, 400))
def test_wrapping_loses_no_word_and_keeps_to_the_room(text: str, room: float) -> None:
    lines = wrapped(text, room=room, size=12)
    assert " ".join(lines) == text
    assert all(width(line, 12) <= room or " " not in line for line in lines)


def test_diacritics_do_not_widen_a_word() -> None:
    assert width("Đợt xét", 12) == width("Dot xet", 12)
