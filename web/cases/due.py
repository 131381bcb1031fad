"""How long there is, in words."""

from dataclasses import dataclass
from datetime import date

from states.case import Case
from states.labels import Lang
from web.language import say

SOON = 3
"""From how few working days on a limit is shown as near."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a due badge shows: ``kind`` is plain, soon, today, overdue, paused, waits or none."""

    kind: str
    text: str
    date_text: str = ""


def due_of(case: Case, left: int | None, lang: Lang) -> Due:
    """The badge of a case; ``left`` in working days, negative when overdue."""
    if case.on_hold:
        return _paused(case.on_hold.left, lang)
    if left is None or case.due is None:
        return _waits(case.remind, lang)
    return limited(left, case.due, lang)


def limited(left: int, due: date, lang: Lang) -> Due:
    """The badge of a running limit."""
    day = f"{due:%d/%m/%Y}"
    if left < 0:
        return Due("overdue", say(lang, "Quá hạn %(days)s", days=working_days(-left, lang)), day)
    if left == 0:
        return Due("today", say(lang, "Hạn hôm nay"), day)
    kind = "soon" if left <= SOON else "plain"
    return Due(kind, say(lang, "Còn %(days)s", days=working_days(left, lang)), day)


def working_days(count: int, lang: Lang) -> str:
    """So many working days, in words."""
    if count == 1:
        return say(lang, "1 ngày làm việc")
    return say(lang, "%(n)s ngày làm việc", n=count)


def _paused(left: int | None, lang: Lang) -> Due:
    if left is None:
        return Due("paused", say(lang, "Tạm dừng"))
    if left < 0:
        return Due("paused", say(lang, "Tạm dừng, quá hạn %(days)s", days=working_days(-left, lang)))
    return Due("paused", say(lang, "Tạm dừng, còn %(days)s", days=working_days(left, lang)))


def _waits(remind: date | None, lang: Lang) -> Due:
    if remind is None:
        return Due("none", say(lang, "Không có hạn"))
    return Due("waits", say(lang, "Không có hạn, nhắc lại %(day)s", day=f"{remind:%d/%m/%Y}"))
