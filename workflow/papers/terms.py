"""How official papers write awards, days, hours, figures."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from states.awards import AWARDS
from states.papers.number_words import LARGEST, in_words


def award_name(code: str) -> str:
    """An award's name as it stands within a sentence; the bare code of one that left the catalogue."""
    name = AWARDS[code].name_vi if code in AWARDS else code
    return f"{name[:1].lower()}{name[1:]}"


def dmy(day: date) -> str:
    """As 13/05/2024."""
    return day.strftime("%d/%m/%Y")


def hour(moment: datetime, zone: ZoneInfo) -> str:
    """As "14 giờ 05 phút", in that zone."""
    local = moment.astimezone(zone)
    return f"{local.hour:02d} giờ {local.minute:02d} phút"


def figure(number: int) -> str:
    """A count in figures, then in words: "9 (chín)"."""
    return f"{number} ({in_words(number, 'vi')})" if 0 <= number <= LARGEST else str(number)


def percent(tenths: int) -> str:
    """Tenths of a percent with a decimal comma: 889 is "88,9%"."""
    return f"{tenths // 10},{tenths % 10}%"
