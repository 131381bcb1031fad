"""The lists that go with official papers, grouped by award."""

from collections.abc import Callable, Mapping, Sequence

from workflow.dossiers.reading import NominationView
from workflow.papers.matter import Matter, by_award
from workflow.papers.official_paper import Block, Section, Table
from workflow.papers.terms import award_name
from workflow.papers.words import said

Column = tuple[str, int, Callable[[NominationView], str]]
"""Its head, its share of the line, what it says of a nomination."""


def award_lists(
    matters: Sequence[Matter], ids: frozenset[str], columns: Sequence[Column]
) -> tuple[Block, ...]:
    """One table for each award, its nominations numbered through all dossiers; ``ids`` are those listed."""
    rows = [n for matter in matters for n in matter.view.nominations if n.id in ids]
    blocks: list[Block] = []
    for place, (code, group) in enumerate(by_award(rows).items(), 1):
        name = award_name(code)
        blocks.append(Section(f"{place}. {name[:1].upper()}{name[1:]}"))
        blocks.append(_table(_people_last(group), columns))
    return tuple(blocks)


def names(matters: Sequence[Matter]) -> list[Column]:
    """Who it is, in which post, of which unit."""
    units = {n.id: matter.view.unit.name_vi for matter in matters for n in matter.view.nominations}
    return [
        (said("column.name"), 30, lambda n: n.name),
        (said("column.title"), 34, lambda n: ", ".join(filter(None, (n.title, units[n.id])))),
    ]


def achievements() -> Column:
    """What it is asked for."""
    return (said("column.achievement"), 40, lambda n: n.achievement)


def votes(matters: Sequence[Matter]) -> list[Column]:
    """Votes in favour of all members, where a council voted."""
    told = {
        id_: f"{tally.for_}/{matter.view.case.result.entitled}"
        for matter in matters
        if matter.view.case.result
        for id_, tally in matter.view.case.result.votes.items()
    }
    return [(said("column.votes"), 14, lambda n: told.get(n.id, ""))] if told else []


def bonus(amounts: Mapping[str, int]) -> list[Column]:
    """What is paid, in đồng, where it is known."""
    return [(said("column.bonus"), 18, lambda n: money(amounts.get(n.id)))] if amounts else []


def money(amount: int | None) -> str:
    """As 1.800.000; nothing where unknown."""
    return "" if amount is None else f"{amount:,}".replace(",", ".")


def _people_last(group: Sequence[NominationView]) -> list[NominationView]:
    """Collectives, then individuals, otherwise as the dossiers list them."""
    return sorted(group, key=lambda n: n.facts.subject_type == "individual")


def _table(group: Sequence[NominationView], columns: Sequence[Column]) -> Table:
    head = (said("column.number"), *(words for words, _, _ in columns))
    rows = tuple((str(place), *(told(n) for _, _, told in columns)) for place, n in enumerate(group, 1))
    return Table(head, rows, (7, *(width for _, width, _ in columns)))
