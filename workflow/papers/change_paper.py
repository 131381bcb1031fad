"""The decision that takes the place of a wrong one, the decision that revokes an award."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from db.units import all_units
from states.labels import label
from states.papers.paper_bases import bases
from states.register.cases import DecisionChange, RegisterCase, Revocation
from states.register.line import RegisterEntry
from workflow.case_reading import CaseView
from workflow.dossiers.decision import decision_number
from workflow.dossiers.entries import words_at
from workflow.papers.matter import Issuer
from workflow.papers.official_paper import Annex, Article, OfficialPaper, Signature, Table
from workflow.papers.terms import award_name, dmy
from workflow.papers.words import listed, said
from workflow.register.reading import lines_about


@dataclass(frozen=True, slots=True)
class ChangeMatter(Issuer):
    """A signed case that changes the register, with the lines it is about and those that took their places."""

    view: CaseView
    case: RegisterCase
    lines: Sequence[RegisterEntry]

    @classmethod
    def of(cls, conn: Connection, view: CaseView) -> "ChangeMatter | None":
        """What was read of one; ``None`` for a case that was not signed here as a decision."""
        case = view.case
        if not isinstance(case, DecisionChange | Revocation) or not case.number:
            return None
        return cls(all_units(conn), case.body, view, case, lines_about(conn, case))

    @property
    def unit(self) -> str:
        """The unit whose people are concerned."""
        return self.units[self.lines[0].unit].name_vi

    @property
    def signer(self) -> str:
        """Who signed it."""
        acts = ("sign_change", "decide_revocation")
        return next((entry.actor for entry in reversed(self.view.entries) if entry.act in acts), "")


def change_paper(matter: ChangeMatter) -> OfficialPaper:
    """The decision as it was signed."""
    if isinstance(matter.case, Revocation):
        return _revoking(matter, matter.case)
    return _replacing(matter, matter.case)


def _replacing(matter: ChangeMatter, case: DecisionChange) -> OfficialPaper:
    assert case.decided_on is not None  # it is signed
    texts = words_at(matter.view.entries, case.text_seq)
    facts = {"number": case.decision_no, "day": dmy(case.decided_on), "committee": matter.committee}
    wrong, right = (texts.get(name, "").rstrip(".") for name in ("wrong", "right"))
    one, two = ("article_1", "article_2") if wrong and right else ("article_1_erased", "article_2_erased")
    articles = (
        Article(1, said(f"replacing.{one}", wrong=wrong, **facts)),
        Article(2, said(f"replacing.{two}", right=right)),
        Article(3, said("replacing.article_3", office=matter.office, unit=matter.unit)),
    )
    note = said(
        "decision.annex_note",
        number=decision_number(case.number),
        day=dmy(case.done_on) if case.done_on else "",
        committee=matter.committee,
    )
    now = [line for line in matter.lines if line.replaces]
    return _paper(
        matter,
        said("replacing.abstract", number=case.decision_no, day=dmy(case.decided_on)),
        articles,
        annexes=(Annex(said("decision.annex"), note, (_list(now),)),),
    )


def _revoking(matter: ChangeMatter, case: Revocation) -> OfficialPaper:
    line = matter.lines[0]
    facts = {"number": case.decision_no, "day": dmy(line.decided_on), "committee": matter.committee}
    ground = label("ground", case.category, "vi").lower()
    award = award_name(case.award)
    articles = (
        Article(1, said("replacing.revocation_1", award=award, name=line.name, ground=ground, **facts)),
        Article(2, said("replacing.revocation_2")),
        Article(3, said("replacing.revocation_3", office=matter.office, unit=matter.unit, name=line.name)),
    )
    return _paper(matter, said("replacing.revocation_abstract"), articles, _found(matter, case))


def _found(matter: ChangeMatter, case: Revocation) -> Iterable[str]:
    """The conclusion it rests on, the council's opinion."""
    texts = words_at(matter.view.entries, case.text_seq)
    if texts.get("document") and case.concluded_on:
        found = said("replacing.found", document=texts["document"], day=dmy(case.concluded_on))
        yield said("cited", text=found)
    if case.opinion:
        about = {"session": case.opinion.session_no, "day": dmy(case.opinion.date)}
        yield said("cited", text=said("decision.minutes", council=matter.council, **about))


def _paper(
    matter: ChangeMatter,
    abstract: str,
    articles: tuple[Article, ...],
    found: Iterable[str] = (),
    annexes: tuple[Annex, ...] = (),
) -> OfficialPaper:
    case = matter.case
    day = case.done_on if isinstance(case, DecisionChange) else case.revoked_on
    assert day is not None  # it is signed
    laws = [said("cited", text=one.text) for one in bases("decision", day)]
    return OfficialPaper(
        heading=matter.heading(f"{case.number:02d}", "QĐ-UBND", day),
        type=said("decision.type"),
        abstract=abstract,
        authority=said("decision.authority", committee=matter.committee.upper()),
        bases=(*laws, *found, said("replacing.proposed", office=matter.office)),
        formula=said("decision.formula"),
        blocks=articles,
        signatures=(Signature((said("chairman").upper(),), matter.signer),),
        recipients=(said("decision.to_article"), matter.council, *listed("recipients.kept")),
        annexes=annexes,
    )


def _list(lines: Sequence[RegisterEntry]) -> Table:
    head = (said("column.number"), said("column.name"), said("column.award"))
    rows = tuple(
        (str(place), one.name, award_name(one.award)[:1].upper() + award_name(one.award)[1:])
        for place, one in enumerate(lines, 1)
    )
    return Table(head, rows, (7, 45, 48))
