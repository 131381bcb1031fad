"""The figures before a vote, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.units import Unit
from states.council.fairness import LINES, UNRECORDED as UNRECORDED_OF, Line, QuotaUse, Share, UnitLine
from states.labels import Lang, label
from web.award_names import award_short
from web.cases.rows import period_name
from web.language import say
from web.signing.words import share
from web.spreadsheets import Value
from workflow.council.fairness import Counted

UNRECORDED = frozenset(UNRECORDED_OF.values())
SHORT = ("direct_worker", "leader", "class_unrecorded", "small", "size_unrecorded", "remote", "minority_area")
"""What the desk shows; the page shows every line."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: a share with its change in percentage points; ``before`` is last year's share."""

    code: str
    name: str
    percent: str
    count: int
    of: int
    change: str
    before: str


@dataclass(frozen=True, slots=True)
class UnitFigure:
    """One unit; ``quotas`` says title by title what part of it is, ``elsewhere`` a dossier left out of the session."""

    unit: str
    features: str
    line: UnitLine
    quotas: tuple[str, ...]
    exceeded: bool
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class Warned:
    """A quota that is exceeded: the fact, then who says so with how little weight."""

    fact: str
    weight: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything the panel and the page say."""

    proposed: int
    awarded_before: int
    periods: str
    figures: tuple[Figure, ...]
    units: tuple[UnitFigure, ...]
    silent: tuple[UnitFigure, ...]
    warnings: tuple[Warned, ...]
    out: frozenset[str]

    @property
    def weights(self) -> list[str]:
        """What the warnings rest on, each once."""
        return list(dict.fromkeys(one.weight for one in self.warnings))

    @property
    def short(self) -> list[Figure]:
        """What there is room for on the desk: where nothing was recorded that alone, where all was not that."""
        unknown = {one.code: one for one in self.figures if one.code in UNRECORDED}
        silent = {code for code, one in unknown.items() if one.count == one.of}
        hidden = {code for code, base in LINES.items() if UNRECORDED_OF.get(base) in silent} - silent
        listed = [one for one in self.figures if one.code in SHORT and one.code not in hidden]
        return [one for one in listed if one.of and (one.count or one.code not in unknown)]


def shown(counted: Counted, lang: Lang) -> Shown:
    """The figures as the reader sees them."""
    found, units = counted.figures, [_unit(counted, one, lang) for one in counted.figures.units]
    return Shown(
        proposed=found.proposed,
        awarded_before=found.awarded_before,
        periods=", ".join(period_name(period, lang) for period in counted.periods),
        figures=tuple(_figure(line, lang) for line in found.lines),
        units=tuple(one for one in units if one.line.proposed),
        silent=tuple(one for one in units if not one.line.proposed),
        warnings=tuple(_warned(use, counted.units[use.unit], lang) for use in found.exceeded),
        out=counted.out,
    )


def percent(part: Share, lang: Lang) -> str:
    """A share with one decimal; a dash of nothing."""
    return share(part.count, part.of, lang) if part.of else "–"


def points(tenths: int | None, lang: Lang) -> str:
    """A change with its sign: +2,0; nothing where nothing compares."""
    if tenths is None:
        return ""
    sign = "+" if tenths > 0 else "−" if tenths < 0 else "±"
    return f"{sign}{abs(tenths) // 10}{',' if lang == 'vi' else '.'}{abs(tenths) % 10}"


def _figure(line: Line, lang: Lang) -> Figure:
    return Figure(
        code=line.code,
        name=label("fairness", line.code, lang),
        percent=percent(line.now, lang),
        count=line.now.count,
        of=line.now.of,
        change=points(line.points, lang),
        before=percent(line.before, lang) if line.before else "",
    )


def _unit(counted: Counted, line: UnitLine, lang: Lang) -> UnitFigure:
    return UnitFigure(
        unit=counted.units[line.unit].name(lang),
        features=", ".join(label("feature", one, lang) for one in sorted(line.features)),
        line=line,
        quotas=tuple(_use(use, lang) for use in line.quotas),
        exceeded=any(use.exceeded for use in line.quotas),
        elsewhere=line.unit in counted.elsewhere,
    )


def _use(use: QuotaUse, lang: Lang) -> str:
    if not use.below:
        return say(lang, "%(n)s, chưa tính được tỷ lệ", n=use.count)
    return say(lang, "%(n)s/%(of)s, %(share)s", n=use.count, of=use.share.of, share=percent(use.share, lang))


def _warned(use: QuotaUse, unit: Unit, lang: Lang) -> Warned:
    fact = say(
        lang,
        "%(unit)s: %(award)s là %(share)s %(of)s (%(n)s trên %(base)s), quá %(percent)s%%.",
        unit=unit.name(lang),
        award=award_short(use.quota.award, lang),
        of=award_short(use.quota.of, lang),
        share=percent(use.share, lang),
        n=use.count,
        base=use.share.of,
        percent=use.quota.percent,
    )
    weight = say(
        lang,
        "Chỉ để lưu ý, không chặn. Nguồn: %(source)s (%(confidence)s).",
        source=use.quota.source,
        confidence=label("confidence", use.quota.confidence, lang),
    )
    return Warned(fact, weight)


def unit_rows(found: Shown, lang: Lang) -> Iterator[Sequence[Value]]:
    """Every unit as a row of a workbook, those with nothing last."""
    for one in (*found.units, *found.silent):
        part = one.line.shares
        yield [
            one.unit,
            one.features,
            one.line.proposed,
            one.line.awarded_before,
            *(part[code].count for code in ("direct_worker", "leader", "other", "class_unrecorded")),
            *(part[code].count for code in ("small", "ordinary", "size_unrecorded")),
            "; ".join(one.quotas),
            say(lang, "Có hồ sơ ngoài chương trình") if one.elsewhere else "",
        ]
