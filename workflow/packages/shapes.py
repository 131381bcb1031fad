"""The shape of what a package says: nothing else is read."""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints

from workflow.fields import Digest
from workflow.packages.format import LONGEST_NAME, SAFE_NAME

_REF = re.compile(r"[A-Za-z0-9-]{1,40}")


def _member(name: str) -> str:
    if not SAFE_NAME.fullmatch(name):
        raise ValueError("no member may have this name")
    return name


def _ref(ref: str) -> str:
    if not _REF.fullmatch(ref):
        raise ValueError("no dossier is called so")
    return ref


def _day(text: str) -> str:
    if text:
        date.fromisoformat(text)
    return text


Text = Annotated[str, StringConstraints(max_length=10_000)]
Name = Annotated[str, StringConstraints(max_length=LONGEST_NAME), AfterValidator(_member)]
Ref = Annotated[str, AfterValidator(_ref)]
Isoday = Annotated[str, StringConstraints(max_length=10), AfterValidator(_day)]
Count = Annotated[int, Field(ge=0)]


class Shape(BaseModel):
    """Read strictly: no other fields, no other types."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Origin(Shape):
    """The installation it comes from with the body that sent it."""

    log: Text
    body: Text


class LetterLine(Shape):
    """The letter, empty while it is a draft."""

    no: Text
    date: Isoday


class DossierLine(Shape):
    """A dossier with where its history ends."""

    ref: Ref
    case: Text
    entries: Count
    head: Digest


class SessionLine(Shape):
    """A session that voted; ``signed`` is the SHA-256 its minutes had when they were signed, empty until then."""

    ref: Ref
    signed: Digest | Literal[""]


class MemberLine(Shape):
    """A member with its bytes."""

    name: Name
    size: Count
    sha256: Digest


class Manifest(Shape):
    """The manifest."""

    format: Text
    origin: Origin
    letter: LetterLine
    dossiers: Annotated[list[DossierLine], Field(min_length=1, max_length=1000)]
    members: list[MemberLine]
    sessions: list[SessionLine] = []


class Subject(Shape):
    """Who is proposed."""

    type: Text
    name: Text
    title: Text


class OpinionLine(Shape):
    """What an office said."""

    verdict: Text
    reason: Text


class NominationLine(Shape):
    """One nomination in words."""

    id: Text
    position: Count
    award: Text
    subject: Subject
    achievement: Text
    council: Literal["", "passed", "not_passed", "no_quorum"]
    opinions: dict[str, OpinionLine]


class PaperLine(Shape):
    """One paper with the member that holds it."""

    member: Name
    type: Text
    nomination: Text
    name: Text
    sha256: Digest


class DossierRecord(Shape):
    """A dossier for programs."""

    ref: Ref
    title: Text
    unit: Text
    body: Text
    definition: Text
    facts: dict[str, JsonValue]
    nominations: list[NominationLine]
    papers: list[PaperLine]

    @property
    def session(self) -> str:
        """The session that voted on it, where that was held by the sender's own council; empty else."""
        return self._told("agenda", "session")

    @property
    def scan(self) -> str:
        """The SHA-256 of the scanned minutes of a session on paper; empty where there is none."""
        return self._told("result", "scan")

    def _told(self, part: str, name: str) -> str:
        found = self.facts.get(part)
        said = found.get(name) if isinstance(found, dict) else ""
        return said if isinstance(said, str) else ""
