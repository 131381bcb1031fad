"""What official papers ask about dossiers: how bodies are called, who is listed, for which award."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from db.units import Unit
from states.awards import AWARDS, KINDS
from states.papers.official_names import committee_of, place_of_body
from states.periods import Period
from workflow.dossiers.reading import DossierView, NominationView
from workflow.loading import Loaded
from workflow.papers.official_paper import Heading
from workflow.papers.words import said

APPRAISERS = ("home_affairs_office", "culture_social_office")
"""The kinds of office that prepare the papers of a body, one to each body."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """The body that issues a paper, as papers call it with its offices; ``units`` are those around it."""

    units: Mapping[str, Unit]
    body: str

    @property
    def committee(self) -> str:
        """As "Ủy ban nhân dân thành phố Long Khánh"."""
        return committee_of(self.units[self.body].name_vi)

    @property
    def superior(self) -> str:
        """The committee as it stands above one of its own bodies: "UBND THÀNH PHỐ LONG KHÁNH"."""
        return self.committee.replace(said("committee"), said("committee_short"), 1).upper()

    @property
    def place(self) -> str:
        """As "Long Khánh"."""
        return place_of_body(self.units[self.body].name_vi)

    @property
    def office(self) -> str:
        """The office that prepares the body's papers."""
        return self.unit_of(*APPRAISERS) or self.committee

    @property
    def council(self) -> str:
        """The body's council."""
        return self.unit_of("council") or said("council")

    def unit_of(self, *kinds: str) -> str:
        """The name of the body's office of one of these kinds; empty where it has none."""
        return next((u.name_vi for u in self.units.values() if u.body == self.body and u.kind in kinds), "")

    def heading(self, number: str, symbol: str, day: date | None) -> Heading:
        """The heading of a paper the body itself issues."""
        committee = self.committee.upper()
        head = said("committee").upper()
        return Heading("", committee.replace(f"{head} ", f"{head}\n", 1), number, symbol, self.place, day)


@dataclass(frozen=True, slots=True)
class Matter(Issuer):
    """One dossier with the units around it, as a paper speaks of it."""

    view: DossierView

    @classmethod
    def of(cls, view: DossierView, loaded: Loaded) -> "Matter":
        """What was read of one dossier."""
        return cls(loaded.units, view.case.body, view)

    @property
    def ref(self) -> str:
        """What people call the dossier."""
        return self.view.record.ref

    @property
    def period(self) -> str:
        """As "năm 2023"."""
        name = Period.parse(self.view.record.period).label("vi")
        return f"{name[:1].lower()}{name[1:]}"

    @property
    def kind(self) -> str:
        """The kind of commendation, as "công trạng"."""
        name = KINDS[self.view.record.category].name_vi.partition(" (")[0]
        return name.removeprefix("Khen thưởng ")


def by_award(rows: Iterable[NominationView]) -> dict[str, list[NominationView]]:
    """The nominations by award, awards in the order of the catalogue, each list in the order of its dossier."""
    listed = list(rows)
    order = [code for code in AWARDS if any(n.facts.award == code for n in listed)]
    return {code: [n for n in listed if n.facts.award == code] for code in order}


def subjects(rows: Iterable[NominationView]) -> str:
    """As "3 cá nhân, 2 tập thể"."""
    types = [n.facts.subject_type for n in rows]
    counts = (
        ("individuals", types.count("individual")),
        ("collectives", types.count("collective")),
        ("others", sum(one not in ("individual", "collective") for one in types)),
    )
    return ", ".join(said(code, count=count) for code, count in counts if count)


def going(view: DossierView) -> Iterator[NominationView]:
    """The nominations the body submits upward, or did: what stands, or stood then, but for what was not passed."""
    seqs = (entry.seq for entry in view.entries if entry.act == "submit_upward" and view.case.submission)
    sent = max(seqs, default=sys.maxsize)
    stood = (n for n in view.nominations if n.facts.stands or n.facts.settled_seq > sent)
    return (n for n in stood if n.facts.council != "not_passed")
