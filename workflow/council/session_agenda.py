"""What a session looks up before it sits: the dossiers on its agenda, the council of its body."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db import cases, councils
from db.cases import CaseRecord
from db.grants import holders
from states.council.council import Council
from states.council.session import AgendaItem, Candidate, Session
from states.document import Document, to_document
from states.dossier import Dossier
from states.roles import Role
from workflow.act import Lookup, Prepared
from workflow.folded import could_be_a_ref, dossier_in, facts_in
from workflow.problems import Wrong

APART = frozenset({"draft", "judge"})
"""Hands in a dossier that go with no hand in its vote."""
WAITS = "awaiting_council"


@dataclass(frozen=True, slots=True)
class Sat:
    """The council a session sits for, as it is now."""

    ref: str
    council: Council


def council_of(lookup: Lookup) -> Sat | None:
    """The council that sits for the body of a session."""
    record = councils.of_body(lookup.conn, lookup.case.body)
    if record is None:
        return None
    found = facts_in(record)
    assert isinstance(found, Council)
    return Sat(record.ref, found)


def agenda_found(lookup: Lookup, args: Document) -> Prepared:
    """The dossiers of a new agenda in their order, each ready for the council, on no other agenda."""
    wrong = list(_not_ready(lookup, args["dossiers"]))
    items = {} if wrong else _items(lookup, args["dossiers"])
    return Prepared({**args, "agenda": items}, tuple(wrong))


def convened(lookup: Lookup, args: Document) -> Prepared:
    """Everybody who sits on the council on the day of the session, with its agenda as the dossiers are now."""
    session, sat = lookup.case, council_of(lookup)
    assert isinstance(session, Session)
    assert session.day is not None
    if sat is None:
        return Prepared(args, (Wrong("council", "no_council", {}),))
    refs = sorted(session.items, key=lambda ref: session.items[ref].position)
    roll = {id_: to_document(seat) for id_, seat in sat.council.sitting(session.day).items()}
    return Prepared({**args, "council": sat.ref, "roll": roll, "agenda": _items(lookup, refs)})


def _not_ready(lookup: Lookup, refs: Sequence[str]) -> Iterator[Wrong]:
    elsewhere = _on_other_agendas(lookup)
    for place, ref in enumerate(refs):
        field = f"dossiers.{place}"
        record = cases.load(lookup.conn, ref) if could_be_a_ref(ref) else None
        if record is None or record.kind != "dossier" or record.body != lookup.case.body:
            yield Wrong(field, "no_such_dossier", {"ref": ref})
        elif record.station != WAITS:
            yield Wrong(field, "not_before_the_council", {"ref": ref})
        elif ref in elsewhere:
            yield Wrong(field, "on_another_agenda", {"ref": ref, "session": elsewhere[ref]})
        elif refs.index(ref) != place:
            yield Wrong(field, "named_twice", {})


def _on_other_agendas(lookup: Lookup) -> dict[str, str]:
    found: dict[str, str] = {}
    for record in councils.sessions_ahead(lookup.conn, lookup.case.body):
        other = facts_in(record)
        if isinstance(other, Session) and other.ref != lookup.case.ref and other.station != "closed":
            found |= dict.fromkeys(other.items, other.ref)
    return found


def _items(lookup: Lookup, refs: Sequence[str]) -> Document:
    known = ((place, cases.load(lookup.conn, ref)) for place, ref in enumerate(refs, 1))
    return {record.ref: to_document(_item(lookup, place, record)) for place, record in known if record}


def _item(lookup: Lookup, position: int, record: CaseRecord) -> AgendaItem:
    dossier = dossier_in(record)
    heads = holders(lookup.conn, Role.unit_head, record.unit, lookup.engine.today())
    return AgendaItem(
        position=position,
        unit=record.unit,
        nominations=_candidates(dossier),
        heads=tuple(person.id for person in heads),
        apart=tuple(sorted(who for who, hands in dossier.hands.items() if APART.intersection(hands))),
    )


def _candidates(dossier: Dossier) -> dict[str, Candidate]:
    return {
        id_: Candidate(n.award, n.subject_type, n.person, n.class_) for id_, n in dossier.standing().items()
    }
