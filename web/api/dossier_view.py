"""A dossier turned into the API's answer."""

from collections.abc import Iterable

from db.papers import CasePaper
from states.awards import AWARDS
from states.case import Case
from states.decide import Weighed, reasons_document
from states.dossier import Agenda, Decision, Result, Submission, Tally
from states.labels import Lang, Names, label
from web import errors
from web.api.dossier_shapes import (
    AgendaAnswer,
    CompletionAnswer,
    DecisionAnswer,
    DossierAnswer,
    FlagAnswer,
    HoldAnswer,
    NominationAnswer,
    PaperInPlace,
    ResultAnswer,
    RuleAnswer,
    SubjectAnswer,
    SubmissionAnswer,
    TallyAnswer,
    VerdictAnswer,
)
from web.api.shapes import (
    ActOffer,
    ActOffers,
    HistoryItem,
    HistoryPage,
    NamedUnit,
    Person,
    Reason,
    Seat,
    StateThen,
)
from workflow.case_reading import AnyView
from workflow.dossiers.decision import decision_number
from workflow.dossiers.entries import EntryView
from workflow.dossiers.reading import DossierView, NominationView


def dossier_answer(view: DossierView, lang: Lang) -> DossierAnswer:
    """The answer for a dossier as this person may read it."""
    record, case = view.record, view.case
    return DossierAnswer(
        ref=record.ref,
        kind=record.category,
        title=record.title,
        unit=NamedUnit.of(view.unit, lang),
        period=record.period,
        procedure=record.procedure,
        station=record.station,
        label=view.definition.stations[record.station].label[lang],
        version=record.version,
        definition=view.definition.name,
        since=record.entered_at,
        due=record.due_on,
        remind=case.remind,
        working_days_left=None if record.final else view.left,
        holder=Seat(role=case.holder.role, unit=case.holder.unit) if case.holder else None,
        on_hold=case.on_hold is not None,
        nominations=[_nomination(n, case.result, lang) for n in view.nominations],
        papers=[_paper(paper) for paper in view.papers],
        holds=_holds(view.entries),
        completion=_completion(view),
        agenda=_agenda(case.agenda),
        result=_result(case.result),
        decision=_decision(case.decision) if case.decision else None,
        decisions=[_decision(one) for one in case.signed],
        submission=_submission(case.submission),
        origin=case.origin or None,
    )


def act_offers(view: AnyView, weighed: Iterable[Weighed], lang: Lang) -> ActOffers:
    """Every act of the station: allowed, or every reason why not."""
    return ActOffers(version=view.record.version, acts=[_offer(act, view.names, lang) for act in weighed])


def history_page(
    entries: Iterable[EntryView], then: Case | None, lang: Lang, *, after: int, limit: int
) -> HistoryPage:
    """The entries behind one seq, with the facts ``then`` in short."""
    left = [entry for entry in entries if entry.seq > after]
    return HistoryPage(
        items=[_entry(entry, lang) for entry in left[:limit]],
        state=StateThen(station=then.station, version=then.version) if then else None,
        next=str(left[limit - 1].seq) if len(left) > limit else None,
    )


def _offer(weighed: Weighed, names: Names, lang: Lang) -> ActOffer:
    found = errors.reasons(reasons_document(weighed.reasons), lang, names)
    return ActOffer(
        act=weighed.act,
        label=label("act", weighed.act, lang),
        allowed=weighed.allowed,
        reasons=[Reason(**reason) for reason in found],
        asks=list(weighed.asks),
    )


def _entry(entry: EntryView, lang: Lang) -> HistoryItem:
    return HistoryItem(
        seq=entry.seq,
        at=entry.at,
        act=entry.act,
        from_=entry.from_,
        to=entry.to,
        actor=Person(name=entry.actor, role=entry.role, unit=entry.unit.get(lang, "")),
        reason=entry.reason or None,
        definition=entry.definition,
        hash=entry.hash,
    )


def _nomination(view: NominationView, result: Result | None, lang: Lang) -> NominationAnswer:
    facts = view.facts
    award, tally = AWARDS[facts.award], result.votes.get(view.id) if result else None
    return NominationAnswer(
        id=view.id,
        position=facts.position,
        award=facts.award,
        award_name=award.name(lang),
        asked=facts.asked or None,
        subject=SubjectAnswer(
            type=facts.subject_type,
            name=view.name,
            title=view.title or None,
            person=facts.person or None,
            class_=facts.class_ or None,
        ),
        achievement=view.achievement,
        verdicts={
            office: VerdictAnswer(
                verdict=o.verdict, award=o.award or None, reason=o.reason or None, by=o.by or None, at=o.at
            )
            for office, o in view.opinions.items()
        },
        council=facts.council or None,
        votes=_tally(tally),
        entitled=tally.entitled if tally else None,
        needed=tally.needed if tally else None,
        outcome=facts.outcome or None,
        decision_no=facts.decision_no or None,
        reason=view.reason or None,
    )


def _tally(votes: Tally | None) -> TallyAnswer | None:
    return TallyAnswer(for_=votes.for_, against=votes.against, blank=votes.blank) if votes else None


def _paper(placed: CasePaper) -> PaperInPlace:
    return PaperInPlace(
        id=placed.paper.id,
        type=placed.type,
        name=placed.paper.name,
        size=placed.paper.size,
        sha256=placed.paper.sha256,
        nomination=placed.nomination_id,
        replaced_by=placed.replaced_by,
    )


def _holds(entries: tuple[EntryView, ...]) -> list[HoldAnswer]:
    holds: list[HoldAnswer] = []
    for entry in entries:
        if entry.act == "hold":
            holds.append(HoldAnswer(since=entry.at, until=None, cause=entry.args.get("cause")))
        elif entry.act == "release":
            holds[-1] = holds[-1].model_copy(update={"until": entry.at})
    return holds


def _completion(view: DossierView) -> CompletionAnswer | None:
    request = view.case.completion
    if request is None:
        return None
    items = [
        FlagAnswer(
            id=flag.id,
            nomination=flag.nomination or None,
            field=flag.field or None,
            paper=flag.paper or None,
            note=flag.note,
            answered=flag.answered,
        )
        for flag in view.flags
    ]
    return CompletionAnswer(asked_by=request.asked_by, due=view.case.due, items=items)


def _agenda(agenda: Agenda | None) -> AgendaAnswer | None:
    if agenda is None:
        return None
    rules = {code: RuleAnswer(share=r.share, confidence=r.confidence) for code, r in agenda.rules.items()}
    return AgendaAnswer(
        session_no=agenda.session_no, date=agenda.date, rules=rules, session=agenda.session or None
    )


def _result(result: Result | None) -> ResultAnswer | None:
    if result is None:
        return None
    return ResultAnswer(
        entitled=result.entitled,
        present=result.present,
        written=result.written,
        confirmed=result.confirmed,
        scan=result.scan or None,
    )


def _decision(decision: Decision) -> DecisionAnswer:
    return DecisionAnswer(number=decision_number(decision.number), date=decision.date)


def _submission(submission: Submission | None) -> SubmissionAnswer | None:
    if submission is None:
        return None
    return SubmissionAnswer(
        letter_no=submission.letter_no, date=submission.date, package=submission.package or None
    )
