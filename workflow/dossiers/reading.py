"""A dossier as one person may read it: what is not yet told to its unit is left out here, once for all doors."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.engine import Connection

from db import history, nominations, papers
from db.cases import CaseLine, CaseRecord
from db.nominations import NominationRecord
from db.papers import CasePaper
from db.units import Unit
from states.case import Case, Hold
from states.deadlines import remaining
from states.decide import Actor, Weighed, explain
from states.definition import Definition
from states.document import canonical, from_document, to_document
from states.dossier import Completion, Dossier, Nomination, Opinion
from states.history import fold
from states.kinds import KINDS
from workflow.auditing.reach import effects_in
from workflow.dossiers.entries import EntryView, entries_of
from workflow.engine import Engine
from workflow.loading import Loaded, facts_of, load
from workflow.sight import only_as_its_unit


@dataclass(frozen=True, slots=True)
class OpinionView:
    """What an office said, with its reason, who said it, when."""

    verdict: str
    award: str
    reason: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class NominationView:
    """A nomination with its words; ``reason`` is why it was declined or lowered, as far as told."""

    id: str
    facts: Nomination
    name: str
    title: str
    achievement: str
    opinions: Mapping[str, OpinionView]
    reason: str


@dataclass(frozen=True, slots=True)
class FlagView:
    """One item to complete, with the office's note."""

    id: str
    nomination: str
    name: str
    field: str
    paper: str
    answered: bool
    note: str


@dataclass(frozen=True, slots=True)
class DossierView:
    """Everything a page or the API shows of one dossier to one person; ``left`` in working days."""

    record: CaseRecord
    case: Dossier
    unit: Unit
    definition: Definition
    as_unit: bool
    nominations: tuple[NominationView, ...]
    papers: tuple[CasePaper, ...]
    flags: tuple[FlagView, ...]
    entries: tuple[EntryView, ...]
    left: int | None

    @property
    def names(self) -> Mapping[str, str]:
        """The nominees' names by nomination, for sentences."""
        return {n.id: n.name for n in self.nominations}


def dossier(engine: Engine, conn: Connection, ref: str, actor: Actor) -> tuple[DossierView, Loaded]:
    """One dossier as this person may read it, with what its acts need. Raises NotFound."""
    loaded = load(engine, conn, ref, actor, kind="dossier")
    record = loaded.record
    assert record is not None  # loaded by reference
    as_unit, case = only_as_its_unit(actor, record), told(loaded, actor)
    entries = tuple(entries_of(engine, conn, record, as_unit=as_unit))
    by_seq = {entry.seq: entry for entry in entries}
    texts = {n.id: n for n in nominations.of_case(conn, record.id)}
    return DossierView(
        record=record._replace(facts=canonical(to_document(case))) if as_unit else record,
        case=case,
        unit=loaded.unit,
        definition=loaded.definition,
        as_unit=as_unit,
        nominations=tuple(_nomination(id_, n, texts, by_seq) for id_, n in _in_order(case)),
        papers=tuple(papers.of_case(conn, record.id)),
        flags=tuple(_flags(case, texts, by_seq)),
        entries=entries,
        left=days_left(engine, record),
    ), loaded


def told(loaded: Loaded, actor: Actor) -> Dossier:
    """The facts of a dossier as far as this person has been told them."""
    unit_only = loaded.record is not None and only_as_its_unit(actor, loaded.record)
    return _told(loaded.dossier) if unit_only else loaded.dossier


def acts(engine: Engine, loaded: Loaded, actor: Actor) -> tuple[Weighed, ...]:
    """Every act of the dossier's station for this person: allowed, or every reason why not."""
    return explain(loaded.definition, facts_of(engine, loaded, ""), actor)


def days_left(engine: Engine, record: CaseRecord | CaseLine) -> int | None:
    """Working days until the station's limit; negative when overdue, ``None`` where nothing is due."""
    return remaining(engine.today(), record.due_on, engine.calendar) if record.due_on else None


def state_as_of(conn: Connection, record: CaseRecord, moment: datetime) -> Case | None:
    """The facts as they were at a moment, folded from the history; ``None`` before the first entry."""
    entries = history.of_case(conn, record.id, until=moment)
    facts = fold(effects_in(entry.body) for entry, _, _ in entries)
    return from_document(KINDS[record.kind].facts, facts) if facts else None


def _told(case: Dossier) -> Dossier:
    """The facts as the unit may know them."""
    nominations_ = {id_: replace(n, opinions=_told_opinions(n)) for id_, n in case.nominations.items()}
    hold = Hold("", case.on_hold.seq, case.on_hold.left) if case.on_hold else None
    result = case.result if case.result and case.result.confirmed else None
    return replace(case, nominations=nominations_, on_hold=hold, result=result, hands={})


def _told_opinions(nomination: Nomination) -> dict[str, Opinion]:
    return {office: opinion for office, opinion in nomination.opinions.items() if opinion.told}


def _in_order(case: Dossier) -> list[tuple[str, Nomination]]:
    return sorted(case.nominations.items(), key=lambda pair: (pair[1].position, pair[0]))


def _nomination(
    id_: str, facts: Nomination, texts: Mapping[str, NominationRecord], by_seq: Mapping[int, EntryView]
) -> NominationView:
    text = texts[id_]
    opinions = {office: _opinion(id_, o, by_seq.get(o.seq)) for office, o in facts.opinions.items()}
    return NominationView(
        id=id_,
        facts=facts,
        name=text.name,
        title=text.role_title,
        achievement=text.achievement,
        opinions=opinions,
        reason=_settled_reason(id_, facts, by_seq),
    )


def _opinion(id_: str, opinion: Opinion, entry: EntryView | None) -> OpinionView:
    if entry is None:
        return OpinionView(opinion.verdict, opinion.award, "", "", None)
    return OpinionView(opinion.verdict, opinion.award, _said(entry, "verdicts", id_), entry.actor, entry.at)


def _settled_reason(id_: str, facts: Nomination, by_seq: Mapping[int, EntryView]) -> str:
    entry = by_seq.get(facts.settled_seq)
    if facts.outcome != "declined" or entry is None:
        return ""
    said = _said(entry, "verdicts", id_) or _said(entry, "answers", id_)
    return said or entry.args.get("others_reason", "") or entry.reason


def _said(entry: EntryView, rows: str, id_: str) -> str:
    found = (row.get("reason", "") for row in entry.args.get(rows, ()) if row["nomination"] == id_)
    return next(found, "")


def _flags(
    case: Dossier, texts: Mapping[str, NominationRecord], by_seq: Mapping[int, EntryView]
) -> Iterator[FlagView]:
    request: Completion | None = case.completion
    if request is None:
        return
    asked = by_seq[request.seq].args.get("items", ()) if request.seq in by_seq else ()
    for place, (id_, flag) in enumerate(request.flags.items()):
        note = asked[place]["note"] if place < len(asked) else ""
        name = texts[flag.nomination].name if flag.nomination in texts else ""
        yield FlagView(id_, flag.nomination, name, flag.field, flag.paper, flag.answered, note)
