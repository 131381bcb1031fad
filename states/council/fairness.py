"""Whom a session is about to award: shares, places, quotas, last year's beside them; never a threshold."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from states.council.quotas import Quota
from states.council.subject_classes import OF_COLLECTIVES, OF_PERSONS
from states.council.unit_features import FEATURES, Features

PERSONS, COLLECTIVES, PLACES = "individuals", "collectives", "all"
UNRECORDED: Mapping[str, str] = {PERSONS: "class_unrecorded", COLLECTIVES: "size_unrecorded"}
LINES: Mapping[str, str] = {
    "direct_worker": PERSONS,
    "leader": PERSONS,
    "other": PERSONS,
    "class_unrecorded": PERSONS,
    "small": COLLECTIVES,
    "ordinary": COLLECTIVES,
    "size_unrecorded": COLLECTIVES,
    "remote": PLACES,
    "minority_area": PLACES,
}
"""Every figure in the order it is shown, with what it is a share of."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """One nomination as these figures see it; ``class_`` is empty where nobody wrote it down."""

    id: str
    dossier: str
    unit: str
    award: str
    subject_type: str
    class_: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def exact(self) -> Fraction | None:
        """In percent; ``None`` of nothing."""
        return Fraction(100 * self.count, self.of) if self.of else None


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with last year's; ``before`` is ``None`` where last year says nothing about it."""

    code: str
    now: Share
    before: Share | None

    @property
    def points(self) -> int | None:
        """The change in tenths of a percentage point, halves away from zero; ``None`` where nothing compares."""
        if self.before is None or self.now.exact is None or self.before.exact is None:
            return None
        change = 10 * (self.now.exact - self.before.exact)
        rounded = int(abs(change) + Fraction(1, 2))
        return rounded if change > 0 else -rounded


@dataclass(frozen=True, slots=True)
class QuotaUse:
    """A title in one unit: ``count`` have it or are about to, ``below`` only the title below it."""

    unit: str
    quota: Quota
    count: int
    below: int

    @property
    def share(self) -> Share:
        """Of everybody who reaches the title below, which is the first step."""
        return Share(self.count, self.count + self.below)

    @property
    def exceeded(self) -> bool:
        """Whether it is to be warned of; nobody is refused for it."""
        return self.quota.exceeded(self.count, self.below)


@dataclass(frozen=True, slots=True)
class UnitLine:
    """What one unit proposes; ``awarded_before`` is how many awards it had last year, in the same campaigns."""

    unit: str
    shares: Mapping[str, Share]
    proposed: int
    awarded_before: int
    features: frozenset[str]
    quotas: tuple[QuotaUse, ...]


@dataclass(frozen=True, slots=True)
class Fairness:
    """All figures of one agenda; ``silent`` are the units with nothing on it."""

    proposed: int
    awarded_before: int
    lines: tuple[Line, ...]
    units: tuple[UnitLine, ...]
    silent: tuple[str, ...]

    @property
    def exceeded(self) -> tuple[QuotaUse, ...]:
        """The quotas to be warned of."""
        return tuple(use for unit in self.units for use in unit.quotas if use.exceeded)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the figures stand on.

    ``decided`` was awarded in the same campaigns already, ``before`` in those of last year; ``expected`` are the
    units of the kinds these campaigns are for.
    """

    decided: Sequence[Proposed] = ()
    before: Sequence[Proposed] = ()
    features: Features = field(default_factory=dict)
    features_before: Features = field(default_factory=dict)
    expected: Sequence[str] = ()
    quotas: Mapping[str, Quota] = field(default_factory=dict)


def fairness(agenda: Sequence[Proposed], ground: Ground) -> Fairness:
    """The figures of what is on the agenda; each nomination counts once in each figure it belongs to."""
    now, before = shares(agenda, ground.features), shares(ground.before, ground.features_before)
    units = list(dict.fromkeys([*ground.expected, *(one.unit for one in agenda)]))
    heard = {one.unit for one in agenda}
    return Fairness(
        proposed=len(agenda),
        awarded_before=len(ground.before),
        lines=tuple(Line(code, now[code], _comparable(code, before)) for code in LINES),
        units=tuple(_unit(unit, agenda, ground) for unit in units),
        silent=tuple(unit for unit in units if unit not in heard),
    )


def shares(proposed: Iterable[Proposed], features: Features) -> dict[str, Share]:
    """Every figure by its code."""
    counts, bases = dict.fromkeys(LINES, 0), dict.fromkeys((PERSONS, COLLECTIVES, PLACES), 0)
    for one in proposed:
        for base in _bases(one):
            bases[base] += 1
        for code in _codes(one, features):
            counts[code] += 1
    return {code: Share(counts[code], bases[base]) for code, base in LINES.items()}


def _bases(one: Proposed) -> Iterator[str]:
    yield PLACES
    yield from {"individual": (PERSONS,), "collective": (COLLECTIVES,)}.get(one.subject_type, ())


def _codes(one: Proposed, features: Features) -> Iterator[str]:
    if one.subject_type == "individual":
        yield one.class_ if one.class_ in OF_PERSONS else UNRECORDED[PERSONS]
    if one.subject_type == "collective":
        yield one.class_ if one.class_ in OF_COLLECTIVES else UNRECORDED[COLLECTIVES]
    yield from features.get(one.unit, frozenset()).intersection(FEATURES)


def _comparable(code: str, before: Mapping[str, Share]) -> Share | None:
    """Last year's figure; where last year nobody wrote classes down, a change would only say that."""
    base = LINES[code]
    unknown = before[UNRECORDED[base]] if base in UNRECORDED else Share(0, 1)
    return None if not before[code].of or unknown.count == unknown.of else before[code]


def _unit(unit: str, agenda: Sequence[Proposed], ground: Ground) -> UnitLine:
    own = [one for one in agenda if one.unit == unit]
    decided = [one for one in ground.decided if one.unit == unit]
    return UnitLine(
        unit=unit,
        shares=shares(own, ground.features),
        proposed=len(own),
        awarded_before=sum(one.unit == unit for one in ground.before),
        features=ground.features.get(unit, frozenset()),
        quotas=tuple(_uses(unit, own, [*own, *decided], ground.quotas)),
    )


def _uses(
    unit: str, own: Sequence[Proposed], both: Sequence[Proposed], quotas: Mapping[str, Quota]
) -> Iterator[QuotaUse]:
    """Of those titles alone that the unit proposes now."""
    for award, quota in quotas.items():
        if any(one.award == award for one in own):
            count = sum(one.award == award for one in both)
            yield QuotaUse(unit, quota, count, sum(one.award == quota.of for one in both))
