"""How some nominations of a dossier go on in one of their own, so that the others need not wait."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import Field

from db import nominations as nomination_table, papers
from db.nominations import NominationRecord
from db.units import Unit
from states.document import Document, from_document, to_document
from states.dossier import AttachedPaper, Dossier, Nomination
from states.facts import Facts
from workflow.act import Act, Consequence, Lookup, Prepared
from workflow.fields import Code, Form
from workflow.moment import Moment
from workflow.problems import Wrong

MOVED = "moved"
"""The outcome of a nomination that goes on in another dossier."""


class Part(Form):
    """The nominations that go on by themselves, where that begins, for a lower award where one is named."""

    nominations: list[Code] = Field(min_length=1, max_length=1000)
    lands: Literal["council", "review"] = "review"
    award: Code | None = None


class Branch(Form):
    """Nothing a person could fill in: a dossier begins this way only by being parted from another."""

    unit: Code


def parted_from(lookup: Lookup, args: Document) -> Prepared:
    """What the new dossier needs of the old one: its words, its papers, under new names."""
    assert lookup.record is not None  # a dossier that exists is parted
    assert isinstance(lookup.case, Dossier)
    new_id = lookup.engine.source.new_id
    renamed = {id_: new_id() for id_ in args["nominations"]}
    records = {n.id: n for n in nomination_table.of_case(lookup.conn, lookup.record.id)}
    known = [id_ for id_ in args["nominations"] if id_ in records]
    return Prepared(
        {
            **args,
            "title": lookup.record.title,
            "rows": [_row(records[id_], renamed[id_], args.get("award")) for id_ in known],
            "carried": [_carried(lookup.case.nominations[id_], renamed[id_]) for id_ in known],
            "files": _files(lookup, renamed),
        }
    )


def _row(record: NominationRecord, id_: str, award: str | None) -> Document:
    subject = {"type": record.subject_type, "name": record.name, "title": record.role_title}
    if record.person_id:
        subject["person"] = record.person_id
    return {"id": id_, "award": award or record.award, "subject": subject, "achievement": record.achievement}


def _carried(nomination: Nomination, id_: str) -> Document:
    return {"id": id_, "nomination": to_document(replace(nomination, council="", outcome=""))}


def _files(lookup: Lookup, renamed: Mapping[str, str]) -> list[Document]:
    assert lookup.record is not None
    placed = [p for p in papers.of_case(lookup.conn, lookup.record.id) if p.replaced_by is None]
    return [
        {
            "paper": one.paper.id,
            "type": one.type,
            "sha256": one.paper.sha256,
            **({"nomination": renamed[one.nomination_id]} if one.nomination_id else {}),
        }
        for one in placed
        if not one.nomination_id or one.nomination_id in renamed
    ]


def part_fits(facts: Facts) -> Iterator[Wrong]:
    """Some of what stands, each once."""
    named, standing = (facts.args or {})["nominations"], facts.dossier.standing()
    for place, id_ in enumerate(named):
        if id_ not in standing or named.index(id_) != place:
            yield Wrong(f"nominations.{place}", "standing_once", {})


def part(case: Dossier, args: Mapping[str, Any], moment: Moment) -> Dossier:
    """Here these nominations are over: they go on elsewhere."""
    gone = {
        id_: replace(case.nominations[id_], outcome=MOVED, settled_seq=moment.seq)
        for id_ in args["nominations"]
    }
    return case.with_nominations(gone)


def branches(before: Dossier, _after: Dossier, args: Mapping[str, Any]) -> Iterable[Consequence]:
    """The dossier in which they go on, under the same definition, with the hands people have had in it."""
    said = {
        "unit": before.unit,
        "kind": before.category,
        "procedure": before.procedure,
        "period": before.period,
        "title": args["title"],
        "definition": before.definition,
        "origin": before.ref,
        "lands": args["lands"],
        "hands": to_document(before.hands),
        "opened_to": list(before.opened_to),
        "nominations": args["rows"],
        "carried": args["carried"],
        "papers": args["files"],
    }
    return [Consequence("branch", "", said)]


def branched(args: Mapping[str, Any], unit: Unit) -> tuple[str, Dossier]:
    """A blank dossier under the definition of the one it is parted from."""
    blank = Dossier(
        unit=unit.id,
        body=unit.body,
        category=args["kind"],
        procedure=args["procedure"],
        period=args["period"],
        hands={who: tuple(hands) for who, hands in args["hands"].items()},
        opened_to=tuple(args["opened_to"]),
        origin=args["origin"],
        office_acted=True,
    )
    return args["definition"], blank


def branch(case: Dossier, args: Mapping[str, Any], _moment: Moment) -> Dossier:
    """Begin with the nominations as their offices judged them."""
    awards = {row["id"]: row["award"] for row in args["nominations"]}
    carried = {row["id"]: from_document(Nomination, row["nomination"]) for row in args["carried"]}
    nominations = {
        id_: replace(
            n, position=place, award=awards[id_], asked=n.asked if n.award == awards[id_] else n.award
        )
        for place, (id_, n) in enumerate(carried.items(), 1)
    }
    files = {
        row["paper"]: AttachedPaper(row["type"], row["sha256"], row.get("nomination", ""))
        for row in args["papers"]
    }
    return replace(case, nominations=nominations, papers=files)


ACTS: tuple[Act[Any], ...] = (
    Act("part", part, form=Part, fits=part_fits, needs_reason=True, looks_up=parted_from, leads_to=branches),
    Act("branch", branch, form=Branch, begins=branched, follows=True),
)
