"""Which days the offices of Vietnam work."""

import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Final, Literal

import holidays

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
SATURDAY: Final = 5

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "vi": {
        "off": "Ngày nghỉ",
        "worked": "Ngày làm việc",
        "weekend": "nghỉ hằng tuần",
        "make_up": "làm bù vào cuối tuần",
        "weekday": "ngày thường trong tuần",
        "unverified": "chưa được xác nhận",
        "package": "lịch Việt Nam, holidays",
    },
    "en": {
        "off": "Day off",
        "worked": "Working day",
        "weekend": "weekly rest",
        "make_up": "weekend day worked in place of another",
        "weekday": "ordinary weekday",
        "unverified": "not confirmed",
        "package": "Vietnam calendar, holidays",
    },
}
FORTY_HOUR_WEEK: Final = "188/1999/QĐ-TTg"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOverride:
    """A day that a decision made off or worked, whatever the general calendar says.

    `source` is the number and date of the decision; `note` says in each language what happened to the day;
    `confidence` is "low" while the decision is announced but not confirmed.
    """

    working: bool
    source: str
    confidence: Literal["high", "med", "low"]
    note: Mapping[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The working days of Vietnam, with the dated overrides in front of the published calendar.

    Weekly rest, public holidays, days in lieu (Labour Code 2019, Articles 111(3), 112) come from the
    `holidays` package, as do weekend days worked in exchange for a bridge day. The Prime Minister fixes
    the exact days year by year, so an override wins over the package.
    """

    overrides: Mapping[date, DayOverride]
    _years: dict[int, tuple[date, ...]] = field(default_factory=dict, init=False, repr=False)

    def is_working(self, day: date) -> bool:
        """Tell whether offices work on `day`; ValueError outside 1990-2100."""
        days = self.working_days(day.year)
        place = bisect_left(days, day)
        return place < len(days) and days[place] == day

    def working_days(self, year: int) -> tuple[date, ...]:
        """Give the working days of a calendar year in order; ValueError outside 1990-2100."""
        if year not in self._years:
            self._years[year] = tuple(day for day in _days_of(year) if self._decided(day))
        return self._years[year]

    def why(self, day: date, lang: Literal["vi", "en"]) -> str:
        """Say what makes `day` off or worked, with the source; ValueError outside 1990-2100."""
        words = WORDS[lang]
        kind = words["worked" if self.is_working(day) else "off"]
        if (override := self.overrides.get(day)) is None:
            reason, source = _published_reason(day, lang)
            doubt = f"; {words['unverified']}" if self._doubted(day) else ""
            return f"{kind}: {reason} ({source}{doubt})"
        doubt = f"; {words['unverified']}" if override.confidence == "low" else ""
        return f"{kind}: {override.note[lang]} ({override.source}{doubt})"

    def _doubted(self, day: date) -> bool:
        """Whether the same holiday of another year is only announced, not confirmed."""
        name = _published(day.year, "vi").get(day) or ""
        low = (one for one in self.overrides.values() if one.confidence == "low" and not one.working)
        return any(name.startswith(one.note["vi"]) for one in low)

    def _decided(self, day: date) -> bool:
        override = self.overrides.get(day)
        return _published(day.year, "vi").is_working_day(day) if override is None else override.working


@cache
def vietnam() -> Calendar:
    """Give the calendar in use: the published one behind the overrides of `calendar_days.toml`."""
    text = files("states.calendar").joinpath("calendar_days.toml").read_text(encoding="utf-8")
    return Calendar(read_overrides(text))


def read_overrides(text: str) -> dict[date, DayOverride]:
    """Read an override table written in TOML; ValueError when one day is decided twice."""
    overrides: dict[date, DayOverride] = {}
    for row in tomllib.loads(text)["day"]:
        day = row.pop("date")
        if day in overrides:
            raise ValueError(f"calendar_days.toml decides {day} twice: keep the later decision only")
        overrides[day] = DayOverride(**row)
    return overrides


def _days_of(year: int) -> Iterator[date]:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(
            f"there is no calendar for the year {year}: use a year from {FIRST_YEAR} to {LAST_YEAR}"
        )
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))


@cache
def _published(year: int, lang: Literal["vi", "en"]) -> holidays.HolidayBase:
    return _country()(years=year, expand=False, language="vi" if lang == "vi" else "en_US")


@cache
def _country() -> type[holidays.HolidayBase]:
    """Vietnam by itself: all countries, which the package loads with any one of them, are 12 MB in every process."""
    file = Path(holidays.__file__).with_name("countries") / "vietnam.py"
    found = spec_from_file_location("holidays_of_vietnam", file)
    assert found is not None
    assert found.loader is not None
    module = module_from_spec(found)
    found.loader.exec_module(module)
    country: type[holidays.HolidayBase] = module.Vietnam
    return country


def _published_reason(day: date, lang: Literal["vi", "en"]) -> tuple[str, str]:
    words, published = WORDS[lang], _published(day.year, lang)
    package = f"{words['package']} {version('holidays')}"
    if name := published.get(day):
        # The package writes month before day in English, which readers here would take the other way round.
        return (re.sub(r"(\d\d)/(\d\d)/(\d{4})", r"\3-\1-\2", name) if lang == "en" else name), package
    if published.is_working_day(day):
        return words["make_up" if day.weekday() >= SATURDAY else "weekday"], package
    return words["weekend"], FORTY_HOUR_WEEK
