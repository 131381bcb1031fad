"""One case that awaits a signature as a line of the queue or of the confirmation sheet."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request

from db import nominations
from db.engine import Connection
from states.decide import reasons_document
from states.document import canonical
from states.dossier import Dossier
from states.kinds import page_of
from states.labels import Lang
from web.access import viewer
from web.award_names import award_short
from web.cases.acting import Reason, worded
from web.cases.due import Due, due_of
from web.cases.rows import kind_name, period_name
from web.language import language, say
from web.signing.words import warning_text
from web.site import site
from workflow.batches.signing import Awaited, chosen


@dataclass(frozen=True, slots=True)
class Row:
    """A case with what the council said, what to know before signing, what stands against it.

    ``item`` names it at the version shown, ``tick`` the warnings shown as well.
    """

    ref: str
    href: str
    title: str
    unit: str
    campaign: str
    awards: str
    count: int
    council: str
    warnings: tuple[str, ...]
    against: tuple[Reason, ...]
    due: Due | None
    ready: bool
    item: str
    tick: str


def rows(conn: Connection, found: Sequence[Awaited], lang: Lang) -> list[Row]:
    """The lines of these cases in their order."""
    return [_row(one, _names(conn, one), lang) for one in found]


def warnings_before(request: Request, ref: str) -> list[str]:
    """What should be known before one case is signed on its own page."""
    engine, lang = site(request).engine, language(request)
    with engine.database.reading() as conn:
        found = chosen(engine, conn, viewer(request).actor, [ref])
        return [text for row in rows(conn, list(found.values()), lang) for text in row.warnings]


def tick_of(one: Awaited) -> str:
    """What ticking a case says: these very warnings were seen."""
    seen = canonical(reasons_document(one.warnings)).encode()
    return f"{one.ref}:{hashlib.sha256(seen).hexdigest()[:12]}"


def item_of(one: Awaited) -> str:
    """A case at the version shown."""
    return f"{one.ref}:{one.record.version}"


def _row(one: Awaited, names: Mapping[str, str], lang: Lang) -> Row:
    record = one.record
    refusals = reasons_document(one.against)
    return Row(
        ref=one.ref,
        href=page_of(one.ref),
        title=record.title,
        unit=one.unit.short(lang),
        campaign=_campaign(one, lang),
        awards=_awards(one, lang),
        count=len(one.nominations or ()),
        council=council_words(one, lang),
        warnings=tuple(warning_text(w.code, w.facts, lang, names) for w in one.warnings),
        against=tuple(worded(reason, one.ref, lang, names) for reason in refusals),
        due=due_of(one.case, one.left, lang),
        ready=one.ready,
        item=item_of(one),
        tick=tick_of(one),
    )


def _names(conn: Connection, one: Awaited) -> Mapping[str, str]:
    """The nominees' names, asked for only where a sentence needs them."""
    if not one.against and not any("nomination" in warning.facts for warning in one.warnings):
        return {}
    return {n.id: n.name for n in nominations.of_case(conn, one.record.id)}


def _campaign(one: Awaited, lang: Lang) -> str:
    """The kind of commendation with its period: what is decided together."""
    record = one.record
    if not isinstance(one.case, Dossier):
        return say(lang, "Việc khác")
    said = f"{kind_name(record.category, lang)}, {period_name(record.period, lang)}"
    return said[:1].upper() + said[1:]


def _awards(one: Awaited, lang: Lang) -> str:
    counted = Counter(n.award for n in (one.nominations or {}).values())
    return ", ".join(f"{n} {award_short(code, lang)}" for code, n in counted.items())


def council_words(one: Awaited, lang: Lang) -> str:
    """What the council said of what is to be signed, with the fewest votes any of it had."""
    case, signed = one.case, one.nominations or {}
    if not isinstance(case, Dossier):
        return ""
    if case.result is None:
        return say(lang, "Thủ tục đơn giản")
    votes = [case.result.votes[id_].for_ for id_ in signed if id_ in case.result.votes]
    failed = len(case.standing()) - len(signed)
    passed = say(lang, "Thông qua %(n)s", n=len(signed))
    if votes:
        least = f"{min(votes)}/{case.result.entitled}"
        passed = say(lang, "Thông qua %(n)s, từ %(votes)s phiếu", n=len(signed), votes=least)
    return say(lang, "%(passed)s; không %(n)s", passed=passed, n=failed) if failed else passed
