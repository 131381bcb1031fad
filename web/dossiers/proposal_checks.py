"""A proposal is checked while it is typed: what would be refused, what is still missing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from states import labels
from states.award_shapes import Award
from states.awards import AUTHORITIES, AWARDS, KINDS, PAPERS, required_papers, route_of, wished_papers
from states.dossier import Dossier
from states.facts import Facts, Unmet
from states.guards import GUARDS
from states.labels import Lang
from web.dossiers.proposal import Proposal, Row
from web.language import say
from web.rendering import dmy
from workflow.dossiers.drafting import awards_fit
from workflow.year.windows import ClosedWindow

OFFERED = ("here", "upward")


@dataclass(frozen=True, slots=True)
class Ground:
    """Where a proposal is made: the kind of unit and the regime decide what is offered, ``papers`` are there.

    ``window`` is the one for it that has closed already.
    """

    unit_kind: str
    regime: str
    today: date
    lang: Lang
    papers: frozenset[str] = frozenset()
    papers_href: str = ""
    window: ClosedWindow | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One finding: bad is refused on saving, warn only by submitting or by nobody, ok is good to know."""

    kind: str
    text: str
    href: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings, the mark of each line, the two groups of lines where the ways part."""

    found: list[Check]
    marks: dict[int, str]
    parted: list[list[int]]
    by_award: list[tuple[Award, int]]
    first_odd: int = 0
    ways: str = ""


def offered(kind: str, ground: Ground) -> dict[str, list[Award]]:
    """The awards that suit kind and unit, under headings that name their list with who decides."""
    groups: dict[str, list[Award]] = {}
    for award in AWARDS.values():
        way = route_of(award.code, ground.unit_kind, ground.regime)
        if award.fits_kind(kind) and way.kind in OFFERED:
            name = AUTHORITIES[way.decider].name(ground.lang)
            groups.setdefault(f"{labels.label('award_list', award.list, ground.lang)} – {name}", []).append(
                award
            )
    return groups


def checked(proposal: Proposal, ground: Ground) -> Checked:
    """Everything that can be said of the proposal without saving it."""
    known = [(place, row) for place, row in proposal.written if row.award in AWARDS]
    facts = _facts(proposal, ground, [row for _, row in known])
    marks = dict(_marks(facts, known, ground.lang))
    parted = _parted(facts, known)
    odd = min(parted, key=len) if parted else []
    found = [
        *_of_lines(proposal, marks, ground.lang),
        *_of_rules(facts, known, ground.lang, odd),
        *_of_papers(proposal, ground),
        *([Check("warn", window_words(ground.window, ground.lang))] if ground.window else []),
    ]
    marks |= {place: say(ground.lang, "Khác cấp quyết định") for place in odd}
    if not any(check.kind == "bad" for check in found) and known:
        found.append(Check("ok", _agreed(known, ground)))
    counts = Counter(row.award for _, row in known)
    return Checked(
        found=found,
        marks=marks,
        parted=parted,
        by_award=[(AWARDS[code], n) for code, n in counts.items()],
        first_odd=odd[0] if odd else 0,
        ways=_said(_mixed(facts), known, ground.lang) if parted else "",
    )


def window_words(window: ClosedWindow, lang: Lang) -> str:
    """That the window is over, with what that means for a proposal that comes now."""
    return say(
        lang,
        "“%(title)s” đã hết đợt nhận ngày %(day)s. Vẫn trình được: hồ sơ được nhận, cơ quan thẩm định quyết định.",
        title=window.title,
        day=dmy(window.last),
    )


def _facts(proposal: Proposal, ground: Ground, rows: list[Row]) -> Facts:
    kind = KINDS.get(proposal.kind) or KINDS["CONG_TRANG"]
    case = Dossier(proposal.unit, "", kind.code, kind.procedure, proposal.period)
    args = {"nominations": [row.args for row in rows]}
    return Facts("create", case, ground.regime, ground.unit_kind, ground.today, args=args)


def _mixed(facts: Facts) -> Unmet:
    return next(iter(GUARDS["one_route"].check(facts)))


def _parted(facts: Facts, known: list[tuple[int, Row]]) -> list[list[int]]:
    unmet = next(iter(GUARDS["one_route"].check(facts)), None)
    groups = unmet.facts["groups"] if unmet else []
    return [[known[number][0] for number in group["nominations"]] for group in groups]


def _said(unmet: Unmet, known: list[tuple[int, Row]], lang: Lang) -> str:
    names = {str(number): row.name or f"#{place + 1}" for number, (place, row) in enumerate(known)}
    return labels.sentence(unmet.code, lang, unmet.facts, names)


def _marks(facts: Facts, known: list[tuple[int, Row]], lang: Lang) -> Iterator[tuple[int, str]]:
    for wrong in awards_fit(facts):
        number = int(wrong.field.split(".")[1])
        yield known[number][0], labels.validation(wrong.type, wrong.facts, lang)


def _of_lines(proposal: Proposal, marks: dict[int, str], lang: Lang) -> Iterator[Check]:
    lines = proposal.written
    if not lines:
        yield Check("warn", say(lang, "Chưa có trường hợp nào. Vẫn lưu được; khi trình phải có."))
    if nameless := [place for place, row in lines if not row.name]:
        yield _at(nameless[0], "name", say(lang, "Còn %(n)s dòng chưa có tên.", n=len(nameless)), lang)
    if without := [place for place, row in lines if row.award not in AWARDS]:
        yield _at(without[0], "award", say(lang, "Còn %(n)s dòng chưa chọn danh hiệu.", n=len(without)), lang)
    yield from (_at(place, "award", f"{_line(place, lang)}: {said}", lang) for place, said in marks.items())
    seen: set[tuple[str, str]] = set()
    for place, row in lines:
        same = (row.name.casefold(), row.award)
        if row.name and same in seen:
            said = say(lang, "%(name)s được đề nghị hai lần cho cùng một danh hiệu.", name=row.name)
            yield Check("warn", said, f"#nominations.{place}.name", _line(place, lang))
        seen.add(same)


def _at(place: int, cell: str, said: str, lang: Lang) -> Check:
    return Check("bad", said, f"#nominations.{place}.{cell}", _line(place, lang))


def _line(place: int, lang: Lang) -> str:
    return say(lang, "Dòng %(n)s", n=place + 1)


def _of_rules(facts: Facts, known: list[tuple[int, Row]], lang: Lang, odd: list[int]) -> Iterator[Check]:
    if odd:
        said = say(lang, "%(n)s trường hợp khác cấp quyết định.", n=len(odd))
        yield Check("bad", said, f"#nominations.{odd[0]}.award", _line(odd[0], lang))
    for unmet in GUARDS["decided_or_submitted"].check(facts):
        place = next(place for place, row in known if row.award in unmet.facts["awards"])
        yield Check("bad", _said(unmet, known, lang), f"#nominations.{place}.award", _line(place, lang))


def _of_papers(proposal: Proposal, ground: Ground) -> Iterator[Check]:
    procedure = (KINDS.get(proposal.kind) or KINDS["CONG_TRANG"]).procedure
    awards = sorted({row.award for row in proposal.rows if row.award in AWARDS})
    link = say(ground.lang, "Mở phần giấy tờ") if ground.papers_href else ""
    if missing := _named(required_papers(procedure), ground):
        said = say(ground.lang, "Chưa có %(papers)s. Lưu được; chưa trình được.", papers=missing)
        yield Check("warn", said, ground.papers_href, link)
    if missing := _named(wished_papers(awards, procedure), ground):
        said = say(ground.lang, "Nên có %(papers)s; thiếu vẫn trình được.", papers=missing)
        yield Check("warn", said, ground.papers_href, link)


def _named(codes: tuple[str, ...], ground: Ground) -> str:
    return ", ".join(_paper(code, ground.lang) for code in codes if code not in ground.papers)


def _paper(code: str, lang: Lang) -> str:
    name = PAPERS[code].name(lang)
    return name[:1].lower() + name[1:]


def _agreed(known: list[tuple[int, Row]], ground: Ground) -> str:
    way = route_of(known[0][1].award, ground.unit_kind, ground.regime).kind
    return say(
        ground.lang, "Mọi trường hợp cùng một cấp: %(route)s.", route=labels.label("route", way, ground.lang)
    )
