"""The chairman's award decision as an official paper."""

from collections.abc import Mapping
from types import MappingProxyType

from states.dossier import Decision
from states.paper_bases import bases
from workflow.decision import decision_number
from workflow.official_paper import Annex, Article, OfficialPaper, Signature
from workflow.paper_lists import award_lists, bonus, money, names
from workflow.paper_matter import Matter, award_name, by_award, dmy, subjects
from workflow.paper_words import listed, said

UNKNOWN: Mapping[str, int] = MappingProxyType({})


def decision_paper(
    matter: Matter, decision: Decision, *, bonuses: Mapping[str, int] = UNKNOWN
) -> OfficialPaper:
    """The decision over what was awarded; ``bonuses`` are amounts in đồng by nomination, where known."""
    case, committee = matter.view.case, matter.committee
    number = f"{decision.number:02d}"
    awarded = frozenset(
        id_ for id_, n in case.nominations.items() if n.decision_no == decision_number(decision.number)
    )
    rows = [n for n in matter.view.nominations if n.id in awarded]
    awards = "; ".join(
        said("award_for", award=award_name(code), subjects=subjects(group))
        for code, group in by_award(rows).items()
    )
    facts = {"kind": matter.kind, "period": matter.period}
    paid = {id_: amount for id_, amount in bonuses.items() if id_ in awarded}
    columns = [*names([matter]), *bonus(paid)]
    note = said(
        "decision.annex_note",
        number=decision_number(decision.number),
        day=dmy(decision.date),
        committee=committee,
    )
    return OfficialPaper(
        heading=matter.heading(number, "QĐ-UBND", decision.date),
        type=said("decision.type"),
        abstract=said("decision.abstract", **facts),
        authority=said("decision.authority", committee=committee.upper()),
        bases=_cited(matter, decision),
        formula=said("decision.formula"),
        blocks=(
            Article(1, said("decision.article_1", awards=awards, list=said("see_list"), **facts)),
            Article(2, _rights(paid)),
            Article(3, said("decision.article_3", office=matter.office, unit=matter.view.unit.name_vi)),
        ),
        signatures=(Signature((said("chairman").upper(),), _signer(matter)),),
        recipients=(said("decision.to_article"), matter.council, *listed("recipients.kept")),
        annexes=(Annex(said("decision.annex"), note, award_lists([matter], awarded, columns)),),
    )


def _cited(matter: Matter, decision: Decision) -> tuple[str, ...]:
    case = matter.view.case
    laws = [said("cited", text=one.text) for one in bases("decision", decision.date)]
    agenda = case.agenda
    if agenda:
        day = dmy(agenda.date)
        met = said("decision.minutes", council=matter.council, session=agenda.session_no, day=day)
        laws.append(said("cited", text=met))
    asked = said("decision.proposed", office=matter.office, ref=matter.ref, unit=matter.view.unit.name_vi)
    return (*laws, asked)


def _rights(paid: Mapping[str, int]) -> str:
    if not paid:
        return said("decision.article_2")
    return said("decision.article_2_bonus", total=money(sum(paid.values())))


def _signer(matter: Matter) -> str:
    return next((e.actor for e in reversed(matter.view.entries) if e.act == "award"), "")
