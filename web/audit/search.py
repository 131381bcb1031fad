"""The events an auditor found, line by line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.units import Unit
from states import labels
from states.kinds import kind_of, page_of
from states.labels import Lang
from web.cases.sentences import Sentence, at_text, refusal, sentence, unreadable
from web.language import say
from workflow.acts import ACTS
from workflow.auditing.search import OUTCOMES, Event
from workflow.engine import ZONE


@dataclass(frozen=True, slots=True)
class Line:
    """One event; ``href`` leads to its place in the history of its dossier, empty where there is none."""

    when: str
    ref: str
    title: str
    href: str
    seq: int
    hash: str
    outcome: str
    sentence: Sentence


def lines(events: Iterable[Event], lang: Lang, today: date) -> list[Line]:
    """The events in words, in their order."""
    return [_line(event, lang, today) for event in events]


def outcome_words(lang: Lang) -> list[tuple[str, str]]:
    """The outcomes to choose from."""
    words = {
        "refused": say(lang, "Bị từ chối"),
        "conflict": say(lang, "Hồ sơ vừa thay đổi"),
        "done": say(lang, "Đã làm"),
    }
    return [(outcome, words[outcome]) for outcome in OUTCOMES]


def act_words(lang: Lang) -> list[tuple[str, str]]:
    """The acts to choose from."""
    return [(act, labels.label("act", act, lang)) for act in ACTS]


def unit_words(units: Iterable[Unit], bodies: Iterable[str], lang: Lang) -> list[tuple[str, str]]:
    """The units under these bodies to choose from."""
    under = frozenset(bodies)
    return [(u.id, u.short(lang)) for u in units if u.body in under]


def _line(event: Event, lang: Lang, today: date) -> Line:
    return Line(
        when=f"{event.at.astimezone(ZONE):%d/%m/%Y %H:%M}",
        ref=event.ref,
        title=event.title,
        href=_href(event),
        seq=event.seq,
        hash=event.hash,
        outcome=event.outcome,
        sentence=_said(event, lang, today),
    )


def _href(event: Event) -> str:
    if not event.ref:
        return ""
    return f"{page_of(event.ref)}/history" + (f"?entry={event.seq}#chosen" if event.seq else "")


def _said(event: Event, lang: Lang, today: date) -> Sentence:
    if event.outcome == "refused":
        reasons = [_reason(reason, event.ref, lang) for reason in event.reasons]
        return refusal(event.who, event.act, reasons, event.at, lang, today)
    if event.outcome == "conflict":
        text = say(
            lang,
            "muốn “%(act)s”; hồ sơ vừa thay đổi trước đó nên không ghi gì.",
            act=labels.label("act", event.act, lang),
        )
        return _plain(event, event.who, text, "arrow-left-right", lang, today)
    return _done(event, lang, today)


def _done(event: Event, lang: Lang, today: date) -> Sentence:
    if event.entry is not None:
        try:
            return sentence(event.entry, lang, today)
        except (KeyError, TypeError, ValueError, AttributeError):
            # Whoever looks for tampering has to get past what was tampered with.
            pass
    return unreadable(event.at, lang, today)


def _plain(event: Event, who: str, text: str, icon: str, lang: Lang, today: date) -> Sentence:
    return Sentence(who, text, "", event.at.isoformat(), at_text(event.at, today, lang), icon, "grey", True)


def _reason(reason: Mapping[str, Any], ref: str, lang: Lang) -> str:
    return labels.sentence(reason["code"], lang, reason["facts"], kind=kind_of(ref))
