"""How a unit stands with a duty, in words."""

from dataclasses import dataclass
from datetime import date

from db.units import Unit
from states import labels
from states.labels import Lang
from states.periods import Period
from states.year.plan import Due
from web.cases.due import working_days
from web.language import say
from workflow.year.duty_grid import Cell, Column

ICONS = {
    "not_yet": ("", "later"),
    "none": ("dash", "later"),
    "due": ("clock", "tone-grey"),
    "draft": ("pencil", "tone-grey"),
    "education": ("mortarboard", "tone-blue"),
    "pack": ("inboxes", "tone-blue"),
    "sent": ("send", "tone-blue"),
    "returned": ("arrow-90deg-left", "tone-amber"),
    "accepted": ("check-lg", "tone-green"),
    "excused": ("slash-circle", "tone-grey"),
}
"""The drawing and the colour of a cell; both only repeat what its words say."""
LATE = ("exclamation-triangle-fill", "late")
KINDS = ("wards", "office", "school")
"""Units as the tabs of the grid group them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell as a page draws it."""

    icon: str
    tone: str
    text: str
    href: str


def kind_of(unit: Unit) -> str:
    """The tab a unit stands in."""
    return "wards" if unit.kind in ("ward", "commune") else unit.kind


def kind_words(kind: str, lang: Lang) -> str:
    """The name of a tab."""
    return {
        "wards": say(lang, "Phường, xã"),
        "office": say(lang, "Cơ quan"),
        "school": say(lang, "Trường học"),
    }[kind]


def title(column: Column, lang: Lang) -> str:
    """What a duty is called at the head of its column."""
    return short_title(column.form, column.period, lang) or column.title[lang]


def short_title(form: str, period: str, lang: Lang) -> str:
    """What a duty is called in short, by its form; nothing for forms that have no short name."""
    kind = Period.parse(period).kind
    if form == "report" and kind == "half":
        return say(lang, "Báo cáo 6 tháng")
    if form == "registration" and kind == "school_year":
        return say(lang, "Đăng ký thi đua năm học")
    return {
        "plan": say(lang, "Kế hoạch của đơn vị"),
        "report": say(lang, "Báo cáo năm"),
        "registration": say(lang, "Đăng ký thi đua"),
    }.get(form, "")


def last_words(column: Column, lang: Lang) -> str:
    """The body's last day, with the plan's own words where they differ."""
    day = say(lang, "hạn %(day)s", day=f"{column.last:%d/%m}")
    return f"{day}, {named(column.due, lang)}" if column.due and column.due.before else day


def named(due: Due, lang: Lang) -> str:
    """The day as the plan writes it."""
    day = f"{due.named.day}/{due.named.month}"
    return say(lang, "trước ngày %(day)s", day=day) if due.before else say(lang, "đến ngày %(day)s", day=day)


def shown(cell: Cell, lang: Lang) -> Shown:
    """A cell with its words."""
    icon, tone = LATE if cell.overdue and cell.state != "returned" else ICONS[cell.state]
    if cell.extended and not cell.overdue:
        icon, tone = "hourglass-split", "tone-amber"
    tone = "late" if cell.overdue else tone
    return Shown(icon, tone, words(cell, lang), f"/reports/{cell.ref}" if cell.ref else "")


def words(cell: Cell, lang: Lang) -> str:
    """The state in few words, with the day where there is one, with how late it is or was."""
    said = state_words(cell, lang)
    if cell.extended and not cell.overdue:
        said = say(lang, "gia hạn %(day)s", day=f"{cell.extended:%d/%m}")
    if cell.overdue:
        late = say(lang, "quá hạn %(n)s ngày", n=cell.overdue)
        return late if cell.state == "due" else f"{said}, {late}"
    if cell.late:
        return f"{said}, {say(lang, 'trễ %(n)s', n=cell.late)}"
    return said


def state_words(cell: Cell, lang: Lang) -> str:
    """The state alone."""
    day = f"{cell.day:%d/%m}" if cell.day else ""
    return {
        "not_yet": say(lang, "chưa đến kỳ"),
        "none": say(lang, "không phải nộp"),
        "due": say(lang, "chưa nộp"),
        "draft": say(lang, "đang soạn"),
        "education": say(lang, "GD-ĐT kiểm tra"),
        "pack": say(lang, "chờ gói của GD-ĐT"),
        "sent": say(lang, "đã gửi %(day)s", day=day),
        "returned": say(lang, "trả lại"),
        "accepted": say(lang, "nhận %(day)s", day=day),
        "excused": say(lang, "được miễn"),
    }[cell.state]


def overdue_words(cell: Cell, lang: Lang) -> str:
    """How long a unit has been late, in full."""
    return say(lang, "Quá hạn %(days)s", days=working_days(cell.overdue, lang))


def rung_words(tells: str, acts: str, day: date, lang: Lang) -> str:
    """Who is told next, and when."""
    whom = labels.label("act", acts, lang) if acts else labels.label("role", tells, lang)
    return say(lang, "%(day)s báo %(whom)s", day=f"{day:%d/%m}", whom=whom)
