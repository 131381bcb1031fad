"""A session, a council turned into the API's answers."""

from collections.abc import Mapping
from datetime import date

from states.award_shapes import Basis
from states.council.ballots import Outcome, Totals
from states.council.seats import Seat
from states.council.session import Conflict, Round, Session
from states.council.vote_rules import Rule
from states.labels import Lang
from web.api.session_shapes import (
    AgendaItemAnswer,
    AgendaOfSession,
    CandidateAnswer,
    ConflictAnswer,
    CouncilAnswer,
    FigureOfRule,
    MemberAnswer,
    OutcomeAnswer,
    QuorumAnswer,
    RoundAnswer,
    RoundsOfSession,
    RuleOfVote,
    SeatAnswer,
    SessionAnswer,
    SignatureAnswer,
    TotalsAnswer,
)
from web.api.shapes import NamedUnit, Seat as SeatOfRole
from web.sessions.forms import minutes_text
from web.sessions.parts import quorum_of, state_of
from workflow.council.council_reading import CouncilView
from workflow.council.session_reading import ItemView, SessionView


def council_answer(view: CouncilView, lang: Lang) -> CouncilAnswer:
    """The answer for a council."""
    of, facts = view.of, view.council
    rules = {code: _rule(rule) for rule, codes in view.rules() for code in codes}
    return CouncilAnswer(
        ref=of.record.ref,
        title=of.record.title,
        unit=NamedUnit.of(of.unit, lang),
        station=of.record.station,
        label=of.definition.stations[of.record.station].label[lang],
        version=of.record.version,
        definition=of.definition.name,
        basis=facts.basis,
        seats=[SeatAnswer(**_seat(id_, seat, view.names)) for id_, seat in facts.seats.items()],
        rules=rules,
    )


def session_answer(view: SessionView, lang: Lang) -> SessionAnswer:
    """The answer for a session."""
    of, facts = view.of, view.session
    found = facts.open_round
    return SessionAnswer(
        ref=view.ref,
        title=of.record.title,
        unit=NamedUnit.of(of.unit, lang),
        period=of.record.period,
        station=of.record.station,
        label=of.definition.stations[of.record.station].label[lang],
        version=of.record.version,
        definition=of.definition.name,
        due=of.record.due_on,
        holder=SeatOfRole(role=facts.holder.role, unit=facts.holder.unit) if facts.holder else None,
        council=facts.council or None,
        date=facts.day,
        begins_at=facts.begins_at,
        place=facts.place,
        presiding=view.names.get(facts.presiding),
        dossiers=[item.ref for item in view.items],
        quorum=_quorum(facts),
        members=[
            MemberAnswer(**_seat(id_, seat, view.names), attendance=facts.attendance.get(id_))
            for id_, seat in facts.roll.items()
        ],
        conflicts=[_conflict(key, one) for key, one in facts.conflicts.items()],
        open_round=found[0] if found else None,
        minutes=dict(minutes_text(view)) if facts.minutes else None,
        signatures=[
            SignatureAnswer(part=part, name=view.names.get(one.person, ""))
            for part, one in facts.signatures.items()
        ],
    )


def _quorum(session: Session) -> QuorumAnswer | None:
    if not (session.roll and session.day):
        return None
    said = quorum_of(session)
    return QuorumAnswer(present=said.present, members=said.members, needed=said.needed, reached=said.reached)


def _conflict(key: str, one: Conflict) -> ConflictAnswer:
    return ConflictAnswer(
        conflict=key,
        seat=one.seat,
        dossier=one.dossier,
        nomination=one.nomination,
        why=one.why,
        lifted=bool(one.lifted),
    )


def agenda_answer(view: SessionView, lang: Lang) -> AgendaOfSession:
    """Its dossiers in their order with the last word on every nomination."""
    items = [_item(view, item, place, lang) for place, item in enumerate(view.items, 1)]
    return AgendaOfSession(version=view.of.record.version, items=items)


def _item(view: SessionView, item: ItemView, place: int, lang: Lang) -> AgendaItemAnswer:
    facts = view.session
    said, recused = facts.outcomes(item.ref), facts.recused(item.ref)
    return AgendaItemAnswer(
        position=place,
        dossier=item.ref,
        unit=NamedUnit.of(item.unit, lang),
        kind=item.record.category,
        period=item.record.period,
        state=state_of(facts, item.ref),
        undecided=len(facts.undecided(item.ref)),
        nominations=[
            CandidateAnswer(
                nomination=id_,
                name=item.name(id_),
                award=one.award,
                subject_type=one.subject_type,
                recused=list(recused.get(id_, ())),
                outcome=_outcome(said[id_]) if id_ in said else None,
            )
            for id_, one in item.item.nominations.items()
        ],
    )


def rounds_answer(view: SessionView) -> RoundsOfSession:
    """Every round; of an open one only what this person may know."""
    rounds = sorted(view.session.rounds.items(), key=lambda pair: int(pair[0]))
    return RoundsOfSession(
        version=view.of.record.version, rounds=[_round(view, no, one) for no, one in rounds]
    )


def _round(view: SessionView, no: str, one: Round) -> RoundAnswer:
    seen = view.totals_seen(one)
    return RoundAnswer(
        round=no,
        dossier=one.dossier,
        ballot=one.ballot,
        opened=one.opened,
        closed=one.closed or None,
        seats=list(one.seats),
        present=list(one.present),
        left=list(one.left),
        written=list(one.written),
        recused={id_: list(seats) for id_, seats in one.recused.items()},
        awards=dict(one.awards),
        rules={id_: _rule(rule) for id_, rule in one.rules.items()},
        tellers=[view.names.get(who, "") for who in one.totals],
        totals=[{id_: _totals(found) for id_, found in typed.items()} for typed in seen.values()],
        hands={id_: dict(votes) for id_, votes in one.hands.items()},
        agreed=one.agreed is not None,
        scan=one.scan or None,
        outcomes={id_: _outcome(found) for id_, found in one.outcomes.items()},
    )


def _outcome(one: Outcome) -> OutcomeAnswer:
    return OutcomeAnswer(
        result=one.result,
        totals=_totals(one.totals),
        entitled=one.entitled,
        needed=one.needed,
        share=one.share,
        missing=one.missing,
        silent=one.silent,
        recused=one.recused,
        present=one.present,
        quorum=one.quorum,
        members=one.members,
    )


def _totals(one: Totals) -> TotalsAnswer:
    return TotalsAnswer(
        for_=one.for_,
        against=one.against,
        blank=one.blank,
        written_for=one.written_for,
        written_against=one.written_against,
        written_blank=one.written_blank,
    )


def _rule(rule: Rule) -> RuleOfVote:
    named: Mapping[str, Basis] = {
        "share": rule.share_basis,
        "quorum": rule.quorum_basis,
        "ballot": rule.ballot_basis,
        "written": rule.written_basis,
        "recusal": rule.recusal_basis,
    }
    return RuleOfVote(
        share=rule.share,
        strict=rule.strict,
        quorum=rule.fraction,
        ballot=rule.ballot,
        written=rule.written,
        recusal=rule.recusal,
        basis={
            name: FigureOfRule(confidence=basis.confidence, source=basis.source)
            for name, basis in named.items()
        },
    )


def _seat(id_: str, seat: Seat, names: Mapping[str, str]) -> dict[str, str | bool | date | None]:
    return {
        "seat": id_,
        "name": names.get(seat.person, ""),
        "role": seat.role,
        "area": seat.area,
        "votes": seat.votes,
        "valid_from": seat.valid_from,
        "valid_to": seat.valid_to,
        "basis": seat.basis,
    }
