"""What an act was about, for those that say more than their verb."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from states import labels
from states.labels import Lang
from web.award_names import award_short
from web.cases.due import working_days
from web.dossiers.paper_list import paper_name
from web.language import say
from workflow.dossiers.decision import decision_number
from workflow.dossiers.entries import EntryView

Args = Mapping[str, Any]


def about(entry: EntryView, lang: Lang) -> str:
    """The object of an entry's sentence; empty where the verb says it all, or the words were erased."""
    say_more = _OBJECTS.get(entry.act)
    return say_more(entry, lang) if say_more and entry.args else ""


def cases(count: int, lang: Lang) -> str:
    """So many nominations, in words."""
    return labels.label("count", ("none", "one", "many")[min(count, 2)], lang).format(count=count)


def day(iso: str) -> str:
    """A stored day as people write it."""
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def _created(entry: EntryView, lang: Lang) -> str:
    return say(lang, "với %(cases)s", cases=cases(len(entry.args.get("nominations", ())), lang))


def _amended(entry: EntryView, lang: Lang) -> str:
    """The papers that were brought, of which a list would say nothing more than that it was changed."""
    brought = [paper_name(row["type"], lang) for row in entry.args.get("papers", ())]
    return say(lang, ": thêm %(papers)s", papers="; ".join(brought)) if brought else ""


def _judged(entry: EntryView, lang: Lang) -> str:
    groups: dict[str, list[Args]] = {}
    for row in entry.args.get("verdicts", ()):
        groups.setdefault(row["verdict"], []).append(row)
    said = [_verdicts(verdict, rows, entry, lang) for verdict, rows in groups.items()]
    return f": {'; '.join(said)}" if said else ""


def _verdicts(verdict: str, rows: list[Args], entry: EntryView, lang: Lang) -> str:
    word = labels.label("verdict", verdict, lang)
    whom = _whom([row["nomination"] for row in rows], entry, lang)
    lower = str(rows[0].get("award") or "") if len(rows) == 1 else ""
    down = say(lang, "xuống %(award)s", award=award_short(lower, lang)) if lower else ""
    return " ".join(part for part in (word[:1].lower() + word[1:], whom, down) if part)


def _whom(ids: list[str], entry: EntryView, lang: Lang) -> str:
    """One or two by name, more as a count."""
    names = [entry.names.get(id_, "") for id_ in ids]
    if len(names) > 2 or not all(names):
        return cases(len(ids), lang)
    return f" {labels.label('join', 'and', lang)} ".join(names)


def _asked(entry: EntryView, lang: Lang) -> str:
    count, due = len(entry.args.get("items", ())), day(entry.args["due"])
    return say(lang, "%(n)s mục, hạn %(day)s", n=count, day=due)


def _session(entry: EntryView, lang: Lang) -> str:
    args = entry.args
    return say(lang, "số %(no)s, ngày %(day)s", no=args["session_no"], day=day(args["date"]))


def _votes(entry: EntryView, lang: Lang) -> str:
    args = entry.args
    return say(
        lang,
        ": có mặt %(present)s trong %(entitled)s thành viên, %(cases)s",
        present=args["present"],
        entitled=args["entitled"],
        cases=cases(len(args.get("votes", ())), lang),
    )


def _awarded(entry: EntryView, lang: Lang) -> str:
    whom = _whom(list(entry.args.get("nominations", ())), entry, lang)
    numbers = _numbers(entry.effects)
    if not numbers:
        return say(lang, "cho %(whom)s", whom=whom)
    written = ", ".join(decision_number(number) for number in numbers)
    return say(lang, "số %(no)s cho %(whom)s", no=written, whom=whom)


def _numbers(effects: Args) -> list[int]:
    """The numbers of the decisions signed at once; none where the reader is not shown the effects."""
    split, first = effects.get("decisions") or {}, effects.get("decision")
    return sorted(one["number"] for one in split.values()) or ([first["number"]] if first else [])


def _letter(entry: EntryView, lang: Lang) -> str:
    args = entry.args
    return say(lang, "theo tờ trình %(no)s, ngày %(day)s", no=args["letter_no"], day=day(args["date"]))


def _answers(entry: EntryView, lang: Lang) -> str:
    groups: dict[str, int] = {}
    for row in entry.args.get("answers", ()):
        groups[row["outcome"]] = groups.get(row["outcome"], 0) + 1
    said = [f"{labels.label('outcome', code, lang).lower()} {cases(n, lang)}" for code, n in groups.items()]
    return f": {'; '.join(said)}"


def _cause(entry: EntryView, lang: Lang) -> str:
    args = entry.args
    cause = labels.label("cause", args["cause"], lang).lower()
    return say(lang, ": %(cause)s, văn bản %(document)s", cause=cause, document=args["document"])


def _document(entry: EntryView, lang: Lang) -> str:
    return say(lang, "theo văn bản %(document)s", document=entry.args["document"])


def _until(entry: EntryView, lang: Lang) -> str:
    return say(lang, "đến %(day)s", day=day(entry.args["due"])) if not entry.effects.get("due") else ""


def _escalated(entry: EntryView, lang: Lang) -> str:
    """Whom the clock told, with how the limit stood that day; where there is none the next reminder is set."""
    whom, left = labels.label("role", entry.args["tells"], lang), int(entry.args["left"])
    if entry.effects.get("remind"):
        return say(lang, "%(whom)s: nhắc định kỳ", whom=whom)
    if left < 0:
        return say(lang, "%(whom)s: quá hạn %(days)s", whom=whom, days=working_days(-left, lang))
    if left == 0:
        return say(lang, "%(whom)s: hạn hôm nay", whom=whom)
    return say(lang, "%(whom)s: còn %(days)s", whom=whom, days=working_days(left, lang))


def _recounted(entry: EntryView, lang: Lang) -> str:
    args = entry.args
    before, after = day(args["before"]), day(args["after"])
    return say(
        lang,
        ": từ %(before)s sang %(after)s theo %(ref)s",
        before=before,
        after=after,
        ref=args["correction"],
    )


def _becomes(entry: EntryView, lang: Lang) -> str:
    args = entry.args
    kind = labels.label("day_kind", "yes" if args["working"] else "no", lang)
    return say(lang, "ngày %(day)s thành %(kind)s", day=day(args["day"]), kind=kind)


def _pack(entry: EntryView, lang: Lang) -> str:
    return say(lang, "số %(no)s", no=entry.args["pack"])


def _by_document(entry: EntryView, lang: Lang) -> str:
    """The document an item was done by, with the day where one was given."""
    number, on = entry.args.get("document_no"), entry.args.get("date")
    if number and on:
        return say(lang, "theo văn bản %(no)s ngày %(day)s", no=number, day=day(on))
    return say(lang, "theo văn bản %(document)s", document=number) if number else ""


_OBJECTS: Mapping[str, Callable[[EntryView, Lang], str]] = {
    "create": _created,
    "amend": _amended,
    "judge": _judged,
    "request_completion": _asked,
    "put_on_agenda": _session,
    "record_result": _votes,
    "award": _awarded,
    "submit_upward": _letter,
    "record_answer": _answers,
    "hold": _cause,
    "release": _document,
    "extend": _until,
    "escalate": _escalated,
    "recount": _recounted,
    "propose_day": _becomes,
    "pass_on": _pack,
    "finish": _by_document,
}
