"""What the unit does with its dossier: create, amend, submit, withdraw."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from pydantic import Field

from db.units import Unit
from states import awards
from states.council.subject_classes import classes_of
from states.dossier import AttachedPaper, Completion, Dossier, Nomination
from states.facts import Facts
from workflow.act import Act, unchanged
from workflow.fields import Code, Form, Line, Optional_prose, PeriodCode
from workflow.moment import Moment
from workflow.problems import Invalid, Wrong
from workflow.texts import prepared

NEVER_PROPOSE = frozenset({"council", "province_office"})
"""Kinds of unit that only others propose to; nor does a body, which decides."""


class Subject(Form):
    """Who or what is proposed; ``person`` is a person's id or login where they have one here.

    ``class`` may be left out: one class of persons, or of collectives, for the figures before a vote.
    """

    type: Literal["individual", "collective", "household", "village", "commune"]
    name: Line
    title: Line | None = None
    person: Code | None = None
    class_: Annotated[
        Literal["leader", "direct_worker", "other", "small", "ordinary"] | None, Field(alias="class")
    ] = None


class NominationForm(Form):
    """One subject for one award; ``id`` keeps a nomination that is already there."""

    id: Code | None = None
    award: Code
    subject: Subject
    achievement: Optional_prose = ""


class PaperForm(Form):
    """An uploaded file in its place: of the dossier, or of one nomination."""

    paper: Code
    type: Code
    nomination: Code | None = None


class Create(Form):
    """A new dossier of one unit: one kind, one period."""

    unit: Code
    kind: Literal["CONG_TRANG", "PHONG_TRAO", "DOT_XUAT", "CONG_HIEN", "DOI_NGOAI"]
    period: PeriodCode
    title: Line
    nominations: list[NominationForm] = Field(default_factory=list, max_length=1000)


class Amend(Form):
    """What changes: ``nominations`` is the whole list, ``papers`` take the place of those of their type."""

    title: Line | None = None
    nominations: list[NominationForm] | None = Field(default=None, max_length=1000)
    papers: list[PaperForm] = Field(default_factory=list, max_length=200)
    papers_removed: list[Code] = Field(default_factory=list, max_length=200)


def awards_fit(facts: Facts) -> Iterator[Wrong]:
    """Each award suits the kind of commendation and the type of subject (Luật 06/2022 Điều 8, 19–31), as classes do."""
    for place, row in enumerate((facts.args or {}).get("nominations") or ()):
        code, subject_type = row["award"], row["subject"]["type"]
        award = awards.AWARDS.get(code)
        field = f"nominations.{place}.award"
        if award is None:
            yield Wrong(field, "not_in_list", {})
        elif not award.fits_kind(facts.case.category):
            yield Wrong(field, "wrong_kind_for_award", {"award": code, "kind": facts.case.category})
        elif not award.fits_subject(subject_type):
            yield Wrong(field, "wrong_subject_for_award", {"award": code, "subject_type": subject_type})
        if (class_ := row["subject"].get("class")) and class_ not in classes_of(subject_type):
            where = f"nominations.{place}.subject.class"
            yield Wrong(where, "wrong_class_for_subject", {"subject_type": subject_type})


def amendment_fits(facts: Facts) -> Iterator[Wrong]:
    """Awards fit; papers are of a known type, about nominations of this dossier."""
    yield from awards_fit(facts)
    args = facts.args or {}
    rows = args.get("nominations")
    ids = facts.dossier.nominations.keys() if rows is None else {row["id"] for row in rows}
    for place, paper in enumerate(args.get("papers", ())):
        if paper["type"] not in awards.PAPERS:
            yield Wrong(f"papers.{place}.type", "not_in_list", {})
        if paper.get("nomination") and paper["nomination"] not in ids:
            yield Wrong(f"papers.{place}.nomination", "not_of_this_dossier", {})
    for place, paper_id in enumerate(args.get("papers_removed", ())):
        if paper_id not in facts.dossier.papers:
            yield Wrong(f"papers_removed.{place}", "not_of_this_dossier", {})


def begun(args: Mapping[str, Any], unit: Unit) -> tuple[str, Dossier]:
    """A blank dossier of a unit that proposes.

    Raises:
        Invalid: the unit never proposes.
    """
    if unit.kind in NEVER_PROPOSE or unit.id == unit.body:
        raise Invalid(Wrong("unit", "no_such_unit", {}))
    procedure = awards.KINDS[args["kind"]].procedure
    return "dossier", Dossier(unit.id, unit.body, args["kind"], procedure, args["period"])


def create(case: Dossier, args: Mapping[str, Any], _moment: Moment) -> Dossier:
    """Open the dossier with its first nominations."""
    return replace(case, nominations=_nominations(case, args["nominations"]))


def amend(case: Dossier, args: Mapping[str, Any], _moment: Moment) -> Dossier:
    """Take the changes over; during completion, mark what was flagged as answered."""
    rows = args.get("nominations")
    listed = case if rows is None else replace(case, nominations=_nominations(case, rows))
    amended = replace(listed, papers=_papers(listed, args))
    if amended.completion is None:
        return amended
    return replace(amended, completion=_answered(amended.completion, args["changed"]))


def _nominations(case: Dossier, rows: list[Mapping[str, Any]]) -> dict[str, Nomination]:
    """Settled nominations stay whatever the list says; the others are exactly the list."""
    settled = {id_: n for id_, n in case.nominations.items() if not n.stands}
    listed = {row["id"]: _nomination(case, place, row) for place, row in enumerate(rows, 1)}
    return {**listed, **settled}


def _nomination(case: Dossier, position: int, row: Mapping[str, Any]) -> Nomination:
    subject = row["subject"]
    said = {
        "position": position,
        "award": row["award"],
        "subject_type": subject["type"],
        "person": subject.get("person") or "",
        "class_": subject.get("class") or "",
    }
    kept = case.nominations.get(row["id"])
    return Nomination(**said) if kept is None else replace(kept, **said)


def _papers(case: Dossier, args: Mapping[str, Any]) -> dict[str, AttachedPaper]:
    """Whole-dossier papers have one place each; of one nomination, one place for each type."""
    removed = set(args.get("papers_removed", ()))
    papers = {id_: p for id_, p in case.papers.items() if id_ not in removed}
    for row in args.get("papers", ()):
        place = (row["type"], row.get("nomination") or "")
        papers = {id_: p for id_, p in papers.items() if (p.type, p.nomination) != place}
        papers[row["paper"]] = AttachedPaper(row["type"], row["sha256"], place[1])
    return papers


def _answered(request: Completion, changed: list[list[str]]) -> Completion:
    touched = {(nomination, name) for nomination, name in changed}
    flags = {
        id_: replace(flag, answered=flag.answered or (flag.nomination, flag.field or flag.paper) in touched)
        for id_, flag in request.flags.items()
    }
    return replace(request, flags=flags)


ACTS: tuple[Act[Any], ...] = (
    Act("create", create, form=Create, fits=awards_fit, begins=begun, looks_up=prepared),
    Act("amend", amend, form=Amend, fits=amendment_fits, looks_up=prepared),
    Act("submit", unchanged),
    Act("withdraw", unchanged),
    Act("lapse", unchanged),
)
