"""The chairman's award decision as an official paper."""

from collections.abc import Mapping

from states.dossier import Decision, Nomination
from states.papers.paper_bases import bases
from workflow.dossiers.decision import decision_number
from workflow.papers.lists import award_lists, bonus, money, names
from workflow.papers.matter import Matter, by_award, subjects
from workflow.papers.official_paper import Annex, Article, OfficialPaper, Signature
from workflow.papers.terms import award_name, dmy
from workflow.papers.words import listed, said


def decision_paper(matter: Matter, decision: Decision) -> OfficialPaper:
    """The decision over what was awarded by it, with what is paid where the register knows it."""
    case, committee = matter.view.case, matter.committee
    number = f"{decision.number:02d}"
    signed = {
        id_: n for id_, n in case.nominations.items() if n.decision_no == decision_number(decision.number)
    }
    awarded, paid = frozenset(signed), _paid(signed)
    rows = [n for n in matter.view.nominations if n.id in awarded]
    awards = "; ".join(
        said("award_for", award=award_name(code), subjects=subjects(group))
        for code, group in by_award(rows).items()
    )
    facts = {"kind": matter.kind, "period": matter.period}
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


def _paid(signed: Mapping[str, Nomination]) -> dict[str, int]:
    """The bonus in đồng by nomination, as it went into the register with the decision; none where it is unknown."""
    recorded = {id_: n.entered.bonus for id_, n in signed.items() if n.entered}
    return {id_: amount for id_, amount in recorded.items() if amount is not None}


def _rights(paid: Mapping[str, int]) -> str:
    if not paid:
        return said("decision.article_2")
    return said("decision.article_2_bonus", total=money(sum(paid.values())))


def _signer(matter: Matter) -> str:
    return next((e.actor for e in reversed(matter.view.entries) if e.act == "award"), "")
