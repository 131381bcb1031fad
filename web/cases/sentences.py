"""What happened, as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_datetime

from states import labels
from states.labels import Lang
from states.roles import UNIT_ROLES, Role
from web.cases.act_objects import Args, about, day
from web.cases.looks import LOOKS
from web.language import say
from workflow.dossiers.entries import EntryView
from workflow.engine import ZONE


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
    """An entry of the history in words; what was erased is said to be erased, what is unreadable to be so."""
    if not entry.legible:
        return unreadable(entry.at, lang, today)
    icon, tone = LOOKS.get(entry.act, ("circle", "grey"))
    by_clock = entry.role == Role.clock
    who = labels.label("role", "clock", lang) if by_clock else entry.actor or say(lang, "(tên đã xóa)")
    told = _with_object(labels.label("told", entry.act, lang), about(entry, lang))
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


def unreadable(at: datetime, lang: Lang, today: date) -> Sentence:
    """What is left to say of an entry that somebody made unreadable."""
    text = say(lang, "Nội dung của mục không đọc được.")
    icon = "exclamation-triangle-fill"
    return Sentence("", text, "", at.isoformat(), at_text(at, today, lang), icon, "red", True)


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
    moved = isinstance(due, str) and entry.act not in ("request_completion", "recount")
    return " " + say(lang, "Hạn %(day)s.", day=day(str(due))) if moved else ""


def _quote(entry: EntryView) -> str:
    if entry.reason:
        return entry.reason
    if entry.args.get("note"):
        return str(entry.args["note"])
    rows = [row for name in ("verdicts", "answers") for row in entry.args.get(name, ()) if row.get("reason")]
    if len(rows) == 1:
        return str(rows[0]["reason"])
    said = [_of_whom(entry, row) for row in rows]
    return "\n".join(said) or str(entry.args.get("others_reason", ""))


def _of_whom(entry: EntryView, row: Args) -> str:
    return f"{entry.names.get(row['nomination'], '')}: {row['reason']}".removeprefix(": ")


def _with_object(told: str, object_: str) -> str:
    return f"{told}{object_}" if object_[:1] == ":" else f"{told} {object_}".rstrip()
