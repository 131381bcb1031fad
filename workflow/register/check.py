"""The register is compared with the histories it repeats."""

from collections.abc import Iterator, Mapping

from db.evidence import ENTERED, Stored
from db.text import fold
from states.document import Document

OF_CASE = ("body", "unit", "ref", "period")
OF_NOMINATION = ("decision_no", "award", "subject_type")
SAID = ("decided_on", "authority", "base_salary", "bonus")


def register_fault(facts: Document, lines: Mapping[str, Stored], names: Mapping[str, str]) -> str:
    """What differs first between the awards of a history and the lines they made; empty where all agrees.

    ``names`` are those its words give, as far as they were not erased.
    """
    made = dict(_made(facts))
    if made.keys() != lines.keys():
        return f"register_does_not_match_history:{min(made.keys() ^ lines.keys())}"
    for id_, expected in made.items():
        if wrong := next(_differing(expected, lines[id_], names.get(id_)), ""):
            return f"register_does_not_match_history:{id_}:{wrong}"
    return ""


def _differing(expected: Mapping[str, object], line: Stored, name: str | None) -> Iterator[str]:
    stored = dict(zip(ENTERED, line, strict=True))
    yield from (column for column, value in expected.items() if stored[column] != value)
    if name is not None and stored["name"] != name:
        yield "name"
    if stored["folded"] != fold(str(stored["name"])):
        yield "folded"


def _made(facts: Document) -> Iterator[tuple[str, dict[str, object]]]:
    """The lines a history amounts to, but for the names, which facts do not hold."""
    for id_, one in facts.get("nominations", {}).items():
        said = one.get("entered")
        if said:
            yield (
                id_,
                {
                    **{column: facts.get(column) for column in OF_CASE},
                    **{column: one.get(column) for column in OF_NOMINATION},
                    **{column: said.get(column) for column in SAID},
                    "nomination": id_,
                    "person_id": one.get("person"),
                    "multiplier": said.get("multiplier", ""),
                    "why": said.get("why", ""),
                },
            )
