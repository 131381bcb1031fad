"""The page of the documentation that tells every process from its definition."""

from collections.abc import Iterable, Iterator, Mapping

from states.definition import START, Definition, Limit, Station, Step
from states.kinds import KINDS
from states.labels import words
from states.process.diagram import mermaid

HEAD = """\
# The processes

Generated from `states/definitions/`; do not edit. Write it anew after a change of a definition:

    khenthuong definition diagram --write docs/process.md
"""


def process_document(definitions: Mapping[str, Definition]) -> str:
    """The text of ``docs/process.md``: one process after the other, the newest version of each last."""
    grouped = by_process(definitions)
    index = "".join(_indexed(versions) for versions in grouped) if len(definitions) > 1 else ""
    chapters = ("\n".join(_chapter(found)) for versions in grouped for found in versions)
    return "\n".join([HEAD, *([index] if index else []), *chapters])


def by_process(definitions: Mapping[str, Definition]) -> list[list[Definition]]:
    """The versions of each process, oldest first, the processes in the order of the registry of kinds."""
    known = list(KINDS)
    keys = sorted({found.key for found in definitions.values()}, key=known.index)
    return [
        sorted(
            (found for found in definitions.values() if found.key == key),
            key=lambda found: (found.effective_from, found.name),
        )
        for key in keys
    ]


def _indexed(versions: list[Definition]) -> str:
    names = ", ".join(f"`{found.name}`" for found in versions)
    return f"- {versions[-1].title.en} (*{versions[-1].title.vi}*): {names}\n"


def _chapter(definition: Definition) -> Iterator[str]:
    yield f"## `{definition.name}`: {definition.title.en} (*{definition.title.vi}*)\n"
    yield f"In force from {definition.effective_from.isoformat()}, digest `{definition.digest}`.\n"
    if definition.provisional:
        yield f"Provisional: {definition.provisional.en}\n"
    yield "### Diagram\n\n```mermaid\n" + mermaid(definition, "en") + "\n```\n"
    yield from _table("Stations and limits", STATION_HEADS, map(_station_row, definition.stations.values()))
    yield from _table("Steps", STEP_HEADS, (_step_row(definition, step) for step in definition.steps))


STATION_HEADS = ("Station", "Vietnamese", "Held by", "Limit", "Visible from here on to", "Basis")
STEP_HEADS = ("At", "Who may do what", "Needs", "Asks", "Told", "Basis")


def _table(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = list(heads)
    yield f"### {title}\n"
    yield _line(heads)
    yield _line(["---"] * len(heads))
    yield from map(_line, rows)
    yield ""


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def _station_row(station: Station) -> list[str]:
    name = f"`{station.name}` {station.label.en}"
    seen = _listed(map(_role, station.opens_to))
    if station.final:
        return [name, station.label.vi, "nobody: final", "", seen, ""]
    limit = station.limit or Limit()
    sure = f" ({limit.confidence} confidence)" if limit.basis else ""
    return [name, station.label.vi, _holder(station), _limit(limit), seen, f"{limit.basis}{sure}"]


def _holder(station: Station) -> str:
    if station.hands_to is None:
        return _role(station.holder)
    return f"{_role(station.holder)}; {_role(station.hands_to.role)} once {_guards(station.hands_to.once)}"


def _limit(limit: Limit) -> str:
    if limit.waits is not None:
        return f"none: {limit.waits.en}; reminded every {limit.remind} working days"
    if limit.from_argument:
        return f"the date given as `{limit.from_argument}`"
    if limit.from_case:
        return f"the date it was opened with, `{limit.from_case}`"
    days = limit.working_days or {}
    if len(set(days.values())) == 1:
        return f"{next(iter(days.values()))} working days"
    return ", ".join(f"{name} procedure {count} working days" for name, count in sorted(days.items()))


def _step_row(definition: Definition, step: Step) -> list[str]:
    at = ", ".join(f"`{source}`" for source in step.sources)
    return [
        "nothing yet" if step.sources == (START,) else at,
        _sentence(definition, step),
        _guards(step.needs),
        ", ".join(f"`{name}`" for name in step.asks),
        _listed(map(_role, step.tells)),
        step.basis,
    ]


def _sentence(definition: Definition, step: Step) -> str:
    who = _listed([_role(role) for role in step.by], last="or")
    said = f"{who[:1].upper()}{who[1:]} may **{_plain(step.act)}**"
    if step.to == "same":
        said += "; the dossier stays" if definition.key == "dossier" else "; the case stays"
    else:
        said += f", which leads to `{step.to}`"
    if step.choice:
        said += f", when `{step.choice[0]}` is `{step.choice[1]}`{_meaning(step.choice[1])}"
    if step.allocates:
        said += f"; a {_plain(step.allocates)} number is allocated"
    return f"{said}."


def _meaning(value: str) -> str:
    known = words()["choice"].get(value)
    return f" ({known['en']})" if known else ""


def _role(code: str) -> str:
    return "the clock" if code == "clock" else f"the {_plain(code)}"


def _guards(codes: Iterable[str]) -> str:
    return _listed(f"`{code}`" for code in codes)


def _plain(code: str) -> str:
    return code.replace("_", " ")


def _listed(parts: Iterable[str], *, last: str = "and") -> str:
    said = list(parts)
    return f" {last} ".join([", ".join(said[:-1]), said[-1]]) if len(said) > 1 else "".join(said)
