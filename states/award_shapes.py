"""The words of the award catalogue: awards, kinds, papers, authorities, routes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from states.named import Named

REGIMES = ("A", "B", "C")
SUBJECT_TYPES = ("individual", "collective", "household", "village", "commune")
UNIT_KINDS = (
    "city",
    "home_affairs_office",
    "education_office",
    "culture_social_office",
    "council",
    "office",
    "ward",
    "commune",
    "school",
    "province_office",
)
TITLES_ONLY_UNDER = "CONG_TRANG"

Confidence = Literal["high", "med", "low"]
RouteKind = Literal["here", "upward", "not_here", "not_offered"]


@dataclass(frozen=True, slots=True)
class Basis:
    """How sure we are of a figure, and who says so."""

    confidence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Authority(Named):
    """Someone the law lets decide; `valid_to` is the last day the office existed."""

    code: str
    name_vi: str
    name_en: str
    level: str
    law_article: str
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Kind(Named):
    """A kind of commendation (Law 06/2022, article 8) with the procedure it follows."""

    code: str
    name_vi: str
    name_en: str
    procedure: Literal["full", "simplified"]
    law_article: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class PaperType(Named):
    """A paper a dossier may carry."""

    code: str
    name_vi: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of an award, for reading: nothing here is evaluated."""

    id: str
    text_vi: str
    text_en: str
    enforce: Literal["block", "warn", "info"]
    source: str
    confidence: Confidence
    regimes: tuple[str, ...]
    subject: str
    local: bool


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides an award in a regime, for dossiers of the given kinds of unit."""

    regime: str
    authority: str
    confidence: Confidence
    unit_kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Multiplier:
    """The reward in base salaries for one individual."""

    regime: str
    value: Decimal
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class VoteRule:
    """The share of a council, in whole percents of all its members, that must vote for."""

    share: int
    confidence: Confidence
    source: str
    of: Literal["all_members"] = "all_members"


@dataclass(frozen=True, slots=True)
class Route:
    """Where an award is decided for a unit: the authority is never empty."""

    kind: RouteKind
    decider: str
    basis: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Council:
    """What councils follow where their own rules say nothing else."""

    quorum_numerator: int
    quorum_denominator: int
    vote: VoteRule
    ballot: str
    written: bool
    recusal: str
    quorum_basis: Basis
    ballot_basis: Basis
    written_basis: Basis
    recusal_basis: Basis


@dataclass(frozen=True, slots=True)
class Award(Named):
    """A title (danh hiệu thi đua) or a form of commendation (hình thức khen thưởng)."""

    code: str
    name_vi: str
    name_en: str
    list: Literal["title", "form"]
    subject: str
    level: str
    law_article: str
    confidence: Confidence
    deciders: tuple[Decider, ...]
    multipliers: Mapping[str, Multiplier]
    docs: tuple[str, ...]
    docs_simplified: tuple[str, ...]
    vote: VoteRule | None
    any_of: bool
    conditions: tuple[Condition, ...]

    def fits_kind(self, kind: str) -> bool:
        """Whether a dossier of this kind may propose the award: titles only under CONG_TRANG."""
        return kind == TITLES_ONLY_UNDER or self.list == "form"

    def fits_subject(self, subject_type: str) -> bool:
        """Whether a subject of this type may receive the award; `any` takes every known type."""
        return subject_type == self.subject or (self.subject == "any" and subject_type in SUBJECT_TYPES)

    def fits(self, kind: str, subject_type: str) -> bool:
        """Whether kind and subject type both suit the award."""
        return self.fits_kind(kind) and self.fits_subject(subject_type)
