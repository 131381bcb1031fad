"""The papers of a dossier: what is there, what it replaced, what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from states.awards import PAPERS, required_papers, wished_papers
from states.labels import Lang
from workflow.dossiers.reading import DossierView


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper in its place; ``hash`` are the first eight digits, ``replaced`` the names it took over from."""

    id: str
    type: str
    kind: str
    name: str
    size: int
    about: str
    attached_at: datetime
    sha256: str
    replaced: tuple[str, ...]
    completed: bool

    @property
    def hash(self) -> str:
        """Enough of the digest to compare by eye."""
        return f"{self.sha256[:4]} {self.sha256[4:8]}"


@dataclass(frozen=True, slots=True)
class Missing:
    """A paper that is not there yet; one that blocks keeps the dossier from being submitted."""

    code: str
    label: str
    blocks: bool


def paper_name(code: str, lang: Lang) -> str:
    """The name of a kind of paper; the bare code of one that left the list."""
    paper = PAPERS.get(code)
    return paper.name(lang) if paper else code


def papers(view: DossierView, lang: Lang) -> list[Paper]:
    """The papers that count, in the order of the list of kinds."""
    order = {code: place for place, code in enumerate(PAPERS)}
    completed_from = min((e.at for e in view.entries if e.act == "request_completion"), default=None)
    names = {p.paper.id: p.paper.name for p in view.papers}
    found = [
        Paper(
            id=placed.paper.id,
            type=placed.type,
            kind=paper_name(placed.type, lang),
            name=placed.paper.name,
            size=placed.paper.size,
            about=view.names.get(placed.nomination_id or "", ""),
            attached_at=placed.attached_at,
            sha256=placed.paper.sha256,
            replaced=tuple(names[id_] for id_ in _before(view, placed.paper.id)),
            completed=completed_from is not None and placed.attached_at > completed_from,
        )
        for placed in view.papers
        if placed.replaced_by is None
    ]
    return sorted(found, key=lambda p: (order.get(p.type, len(order)), p.about, p.attached_at))


def missing(view: DossierView, lang: Lang) -> list[Missing]:
    """What the procedure requires, then what the awards wish for, as far as it is not there."""
    there = {placed.type for placed in view.papers if placed.replaced_by is None}
    required = required_papers(view.case.procedure)
    awards = sorted({n.award for n in view.case.standing().values()})
    wished = wished_papers(awards, view.case.procedure)
    return [
        Missing(code, paper_name(code, lang), code in required)
        for code in (*required, *wished)
        if code not in there
    ]


def _before(view: DossierView, paper_id: str) -> Iterator[str]:
    """Whatever this paper replaced, directly or in turn, newest first."""
    for placed in reversed(view.papers):
        if placed.replaced_by == paper_id and placed.paper.id != paper_id:
            yield placed.paper.id
            yield from _before(view, placed.paper.id)
