"""What happened, as sentences."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel.dates import format_datetime

from states import labels
from states.labels import Lang
from states.roles import UNIT_ROLES, Role
from web.award_names import award_short
from web.dossier_papers import paper_name
from web.due import working_days
from web.language import say
from workflow.decision import decision_number
from workflow.engine import ZONE
from workflow.entries import EntryView

Args = Mapping[str, Any]

LOOKS = {
    "create": ("pencil", "grey"),
    "amend": ("pencil", "grey"),
    "submit": ("send", "blue"),
    "withdraw": ("box-arrow-left", "grey"),
    "lapse": ("calendar-x", "grey"),
    "judge": ("clipboard-check", "blue"),
    "request_completion": ("file-earmark-plus", "amber"),
    "forward": ("arrow-right", "blue"),
    "decline": ("x-circle", "grey"),
    "resubmit": ("send", "blue"),
    "take_back": ("arrow-90deg-left", "amber"),
    "put_on_agenda": ("calendar-event", "violet"),
    "return_for_review": ("arrow-90deg-left", "red"),
    "record_result": ("ui-checks", "violet"),
    "confirm_result": ("ui-checks", "violet"),
    "award": ("award", "green"),
    "submit_upward": ("box-arrow-up", "blue"),
    "record_answer": ("send", "blue"),
    "hold": ("pause-circle", "grey"),
    "release": ("clock", "blue"),
    "extend": ("hourglass-split", "amber"),
    "escalate": ("alarm", "amber"),
}
"""The drawing and the colour of each act."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a timeline: ``who`` stands bold before ``text``, ``quote`` below, the time last."""

    who: str
    text: str
    quote: str
    at: str
    at_text: str
    icon: str
    tone: str
    refused: bool = False

    @property
    def plain(self) -> str:
        """The same without any mark-up."""
        return self.who + (self.text if self.text[:1] in ",;:." else f" {self.text}")


def sentence(entry: EntryView, lang: Lang, today: date) -> Sentence:
    """An entry of the history in words; what was erased is said to be erased."""
    icon, tone = LOOKS.get(entry.act, ("circle", "grey"))
    by_clock = entry.role == Role.clock
    who = labels.label("role", "clock", lang) if by_clock else entry.actor or say(lang, "(tên đã xóa)")
    told = _with_object(labels.label("told", entry.act, lang), _object(entry, lang))
    done = f"{told}{_result(entry, lang)}.{_due(entry, lang)}"
    return Sentence(
        who=who,
        text=done if by_clock else f", {_seat(entry, lang)}, {done}",
        quote=_quote(entry),
        at=entry.at.isoformat(),
        at_text=at_text(entry.at, today, lang),
        icon=icon,
        tone=tone,
    )


def refusal(who: str, act: str, reasons: Iterable[str], at: datetime, lang: Lang, today: date) -> Sentence:
    """An attempt that was refused, with every reason it was given."""
    said = list(reasons)
    wanted = labels.label("act", act, lang)
    text = say(lang, "muốn “%(act)s”; hệ thống từ chối, số lý do: %(n)s.", act=wanted, n=len(said))
    return Sentence(
        who, text, "\n".join(said), at.isoformat(), at_text(at, today, lang), "lock", "grey", True
    )


def at_text(at: datetime, today: date, lang: Lang) -> str:
    """An instant as people say it: "Hôm nay, 08:52" or "Thứ Tư, 15/05/2024, 16:40"."""
    local = at.astimezone(ZONE)
    if local.date() == today:
        return say(lang, "Hôm nay, %(time)s", time=f"{local:%H:%M}")
    return format_datetime(at, "EEEE, dd/MM/yyyy, HH:mm", tzinfo=ZONE, locale=lang)


def cases(count: int, lang: Lang) -> str:
    """So many nominations, in words."""
    return labels.label("count", ("none", "one", "many")[min(count, 2)], lang).format(count=count)


def _seat(entry: EntryView, lang: Lang) -> str:
    """The role, with the unit where the role alone does not name it."""
    role, unit = labels.label("role", entry.role, lang), entry.unit.get(lang, "")
    if not unit or entry.role not in UNIT_ROLES:
        return role
    return say(lang, "%(role)s %(unit)s", role=role, unit=unit)


def _result(entry: EntryView, lang: Lang) -> str:
    if entry.from_ in (entry.to, "start"):
        return ""
    return say(lang, ", sang bước “%(station)s”", station=labels.label("station", entry.to, lang))


def _due(entry: EntryView, lang: Lang) -> str:
    due = entry.effects.get("due")
    moved = isinstance(due, str) and entry.act != "request_completion"
    return " " + say(lang, "Hạn %(day)s.", day=_day(str(due))) if moved else ""


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


def _quote(entry: EntryView) -> str:
    if entry.reason:
        return entry.reason
    rows = [row for name in ("verdicts", "answers") for row in entry.args.get(name, ()) if row.get("reason")]
    if len(rows) == 1:
        return str(rows[0]["reason"])
    said = [_of_whom(entry, row) for row in rows]
    return "\n".join(said) or str(entry.args.get("others_reason", ""))


def _of_whom(entry: EntryView, row: Args) -> str:
    return f"{entry.names.get(row['nomination'], '')}: {row['reason']}".removeprefix(": ")


def _object(entry: EntryView, lang: Lang) -> str:
    say_more = _OBJECTS.get(entry.act)
    return say_more(entry, lang) if say_more and entry.args else ""


def _with_object(told: str, about: str) -> str:
    return f"{told}{about}" if about[:1] == ":" else f"{told} {about}".rstrip()


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
    count, due = len(entry.args.get("items", ())), _day(entry.args["due"])
    return say(lang, "%(n)s mục, hạn %(day)s", n=count, day=due)


def _session(entry: EntryView, lang: Lang) -> str:
    args = entry.args
    return say(lang, "số %(no)s, ngày %(day)s", no=args["session_no"], day=_day(args["date"]))


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
    number = (entry.effects.get("decision") or {}).get("number")
    if number is None:
        return say(lang, "cho %(whom)s", whom=whom)
    return say(lang, "số %(no)s cho %(whom)s", no=decision_number(number), whom=whom)


def _letter(entry: EntryView, lang: Lang) -> str:
    args = entry.args
    return say(lang, "theo tờ trình %(no)s, ngày %(day)s", no=args["letter_no"], day=_day(args["date"]))


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
    return say(lang, "đến %(day)s", day=_day(entry.args["due"])) if not entry.effects.get("due") else ""


def _escalated(entry: EntryView, lang: Lang) -> str:
    """Whom the clock told, with how the limit stood that day."""
    whom, left = labels.label("role", entry.args["tells"], lang), int(entry.args["left"])
    if left < 0:
        return say(lang, "%(whom)s: quá hạn %(days)s", whom=whom, days=working_days(-left, lang))
    if left == 0:
        return say(lang, "%(whom)s: hạn hôm nay", whom=whom)
    return say(lang, "%(whom)s: còn %(days)s", whom=whom, days=working_days(left, lang))


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
}
"""What an act was about, for those that say more than their verb."""
