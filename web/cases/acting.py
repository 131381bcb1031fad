"""A form of a page becomes a command; what stood against it becomes words for the same page."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from fastapi import Request

from states import labels
from states.document import Document
from states.kinds import kind_of, page_of
from states.labels import Lang
from web.access import viewer
from web.language import language, say
from web.site import site
from workflow import case_reading
from workflow.command import checked
from workflow.engine import ZONE
from workflow.outcome import Done
from workflow.problems import ChangedMeanwhile, Invalid, KeyReused, NotFound, Refused
from workflow.step import perform

Came = TypeVar("Came")


class Reason(NamedTuple):
    """One reason in words: what stands against it, what to do, the rule it comes from, where to repair it."""

    text: str
    hint: str
    basis: str
    href: str = ""

    @property
    def icon(self) -> str:
        """Its drawing in a list of reasons."""
        return "dash-circle"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing was written: the answer's status, a title, the field messages by path, the reasons.

    ``changed`` says who was faster; the page then offers to load the dossier as it is now.
    """

    status: int
    title: str
    fields: Mapping[str, str] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    changed: str | None = None
    lang: Lang = "vi"

    @property
    def errors(self) -> list[Document]:
        """The field messages for the list above a form; a field's element has its path as its id."""
        return [
            {"id": path, "label": labels.field_path(path, self.lang), "message": message}
            for path, message in self.fields.items()
        ]


def fresh_key() -> str:
    """A new idempotency key for a form that is about to be shown."""
    return secrets.token_hex(16)


def typed(form: Mapping[str, Any], name: str) -> str:
    """What was typed into one field; nothing for a file or an absent field."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def filled(values: Mapping[str, str]) -> Document:
    """The arguments that were filled in: an empty field is an absent one."""
    return {name: value for name, value in values.items() if value}


def attempt(
    request: Request, act: str, ref: str, form: Mapping[str, Any], args: Mapping[str, Any]
) -> Done | Trouble:
    """Carry out what a form asks for, or say in the reader's words why not.

    Raises NotFound when the dossier is none of the reader's business.
    """
    return tried(request, ref, lambda: carried_out(request, act, ref, form, args))


def carried_out(
    request: Request, act: str, ref: str, form: Mapping[str, Any], args: Mapping[str, Any]
) -> Done:
    """Carry out what a form asks for. Raises what ``workflow.step.perform`` raises."""
    command = checked(
        act,
        key=typed(form, "key"),
        ref=ref,
        version=version_seen(form),
        reason=typed(form, "reason") or None,
        args=dict(args),
        request_id=str(getattr(request.state, "request_id", "")),
    )
    return perform(site(request).engine, command, viewer(request).actor)


def version_seen(form: Mapping[str, Any]) -> int | None:
    """The version of the case the form was made of; None for what is no number."""
    version = typed(form, "version")
    return int(version) if version.isascii() and version.isdecimal() else None


def tried(request: Request, ref: str, doing: Callable[[], Came]) -> Came | Trouble:
    """What something came to, or why it did not happen; the dossier is ``ref``, empty where there is none."""
    lang = language(request)
    try:
        return doing()
    except Invalid as wrong:
        messages = {w.field: labels.validation(w.type, w.facts, lang) for w in wrong.fields}
        return Trouble(422, labels.problem("invalid", lang), fields=messages, lang=lang)
    except Refused as refused:
        names = _names(request, ref)
        reasons = tuple(worded(reason, ref, lang, names) for reason in refused.reasons)
        return Trouble(409, labels.problem("refused", lang), reasons=reasons, lang=lang)
    except ChangedMeanwhile as overtaken:
        title = labels.problem("changed_meanwhile", lang, kind_of(ref))
        return Trouble(409, title, changed=_overtaken(request, ref, overtaken, lang), lang=lang)
    except KeyReused:
        said = say(lang, "Biểu mẫu này đã được gửi với nội dung khác. Kiểm tra lại rồi gửi lần nữa.")
        return Trouble(422, labels.problem("key_reused", lang), changed=said, lang=lang)


def worded(reason: Mapping[str, Any], ref: str, lang: Lang, names: Mapping[str, str]) -> Reason:
    """A reason as a sentence, with what to do about it; ``names`` are those the reader may see."""
    code, facts = str(reason["code"]), reason["facts"]
    return Reason(
        labels.sentence(code, lang, facts, names, kind=kind_of(ref)),
        labels.hint(code, lang, kind_of(ref)),
        str(reason.get("basis") or ""),
        repair(code, ref) or _named_case(code, facts),
    )


def repair(code: str, ref: str) -> str:
    """The page on which what a reason complains of can be put right; empty where there is none."""
    places = {
        "missing_paper": "#papers",
        "no_nominations": "/edit",
        "mixed_routes": "/edit",
        "not_decided_here": "/edit",
        "not_offered_yet": "/edit",
        "not_all_judged": "/appraisal",
        "result_not_recorded": "/council",
        "report_incomplete": "#figures",
        "not_corrected": "#figures",
    }
    return f"{page_of(ref)}{places[code]}" if ref and code in places else ""


def _named_case(code: str, facts: Mapping[str, Any]) -> str:
    """The page of the case a reason names, where that is the one to see to."""
    return page_of(str(facts["ref"])) if code in ("hindered", "session_votes") else ""


def _names(request: Request, ref: str) -> Mapping[str, str]:
    if not ref:
        return {}
    engine = site(request).engine
    with engine.database.reading() as conn:
        return case_reading.of_any_kind(engine, conn, ref, viewer(request).actor)[0].names


def _overtaken(request: Request, ref: str, by: ChangedMeanwhile, lang: Lang) -> str:
    """Who did what in between, as far as this reader is told of it."""
    engine = site(request).engine
    at = datetime.fromisoformat(by.at).astimezone(ZONE)
    when = at.strftime("%H:%M" if at.date() == engine.today() else "%H:%M, %d/%m/%Y")
    try:
        with engine.database.reading() as conn:
            entries = case_reading.of_any_kind(engine, conn, ref, viewer(request).actor)[0].entries
    except NotFound:
        entries = ()
    told = next((labels.label("told", e.act, lang) for e in entries if e.seq == by.version), "")
    if not told:
        return say(lang, "Có người đã thay đổi hồ sơ lúc %(when)s.", when=when)
    return say(lang, "%(who)s đã %(told)s lúc %(when)s.", who=by.by, told=told, when=when)
