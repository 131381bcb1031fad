"""The periods an award or a duty is reckoned by."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, Self

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
SCHOOL_YEAR_BEGINS: Final = 8
ROMAN: Final = ("", "I", "II", "III", "IV")

Kind = Literal["year", "school_year", "half", "quarter"]
PARTS: Final[dict[Kind, int]] = {"year": 1, "school_year": 1, "half": 2, "quarter": 4}
WRITTEN: Final = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<second>[0-9]{4})|(?P<letter>[HQ])(?P<part>[0-9]))?")


class PeriodError(ValueError):
    """A period that cannot be read, with the reason in both languages; `str()` gives the English one."""

    def __init__(self, *, en: str, vi: str) -> None:
        """Keep the reason in each language."""
        super().__init__(en)
        self.en = en
        self.vi = vi


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year, a school year, half a year or a quarter.

    `year` is the calendar year it begins in; `part` is the number of the half or quarter, 1 for whole years.
    PeriodError when the year or the part is out of range.
    """

    kind: Kind
    year: int
    part: int = 1

    def __post_init__(self) -> None:
        """Refuse a period outside 1990-2100 or a part its kind does not have."""
        last = self.year + 1 if self.kind == "school_year" else self.year
        if self.year < FIRST_YEAR or last > LAST_YEAR:
            raise PeriodError(
                en=f"the period {self} lies outside the years {FIRST_YEAR}-{LAST_YEAR}",
                vi=f"kỳ {self} nằm ngoài các năm {FIRST_YEAR}-{LAST_YEAR}",
            )
        if not 1 <= self.part <= PARTS[self.kind]:
            raise PeriodError(
                en=f"the period {self} does not exist: a year has quarters Q1 to Q4, halves H1 or H2",
                vi=f"kỳ {self} không có: một năm có các quý Q1 đến Q4, nửa năm H1 hoặc H2",
            )

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2024`, `2023-2024` (school year), `2024Q1` or `2024H1`; else PeriodError with the reason."""
        if (found := WRITTEN.fullmatch(text)) is None:
            raise PeriodError(
                en=f"“{text}” is not a period: write 2024, 2023-2024 (school year), 2024Q1 or 2024H1",
                vi=f"“{text}” không phải là một kỳ: hãy ghi 2024, 2023-2024 (năm học), 2024Q1 hoặc 2024H1",
            )
        year = int(found["year"])
        if found["second"]:
            _check_follows(year, int(found["second"]))
            return cls("school_year", year)
        if found["letter"]:
            return cls("half" if found["letter"] == "H" else "quarter", year, int(found["part"]))
        return cls("year", year)

    def __str__(self) -> str:
        """Write the period the way `parse` reads it."""
        match self.kind:
            case "year":
                return str(self.year)
            case "school_year":
                return f"{self.year}-{self.year + 1}"
            case "half":
                return f"{self.year}H{self.part}"
            case "quarter":
                return f"{self.year}Q{self.part}"

    def label(self, lang: Literal["vi", "en"]) -> str:
        """Name the period in words an officer uses."""
        match self.kind:
            case "year":
                return f"Năm {self.year}" if lang == "vi" else f"Year {self.year}"
            case "school_year":
                return f"Năm học {self}" if lang == "vi" else f"School year {self}"
            case "half":
                vi, en = (("đầu", "First"), ("cuối", "Second"))[self.part - 1]
                return f"6 tháng {vi} năm {self.year}" if lang == "vi" else f"{en} half of {self.year}"
            case "quarter":
                quarter = ROMAN[self.part]
                return f"Quý {quarter}/{self.year}" if lang == "vi" else f"Quarter {quarter}/{self.year}"

    @classmethod
    def containing(cls, kind: Kind, day: date) -> Self:
        """Give the period of a kind that `day` lies in; PeriodError outside 1990-2100."""
        if kind == "school_year":
            return cls(kind, day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1)
        return cls(kind, day.year, 1 + (day.month - 1) * PARTS[kind] // 12)

    def next(self) -> Self:
        """Give the period of the same kind that begins the day after this one ends; PeriodError past 2100."""
        return self._moved(1)

    def previous(self) -> Self:
        """Give the period of the same kind that ends the day before this one begins; PeriodError before 1990."""
        return self._moved(-1)

    def a_year_later(self) -> Self:
        """Give the same part of the following year; PeriodError past 2100."""
        return self._moved(PARTS[self.kind])

    @property
    def first_day(self) -> date:
        """The first calendar day; it never moves to a working day.

        A school year begins on 1 August. Classes begin late in August, lessons end before 31 May, the year's
        emulation is reviewed until July: from August to July every day belongs to exactly one school year.
        """
        if self.kind == "school_year":
            return date(self.year, SCHOOL_YEAR_BEGINS, 1)
        return date(self.year, 1 + (self.part - 1) * self._months, 1)

    @property
    def last_day(self) -> date:
        """The last calendar day (31 July for a school year); it never moves to a working day."""
        first = self.first_day
        years, month = divmod(first.month - 1 + self._months, 12)
        return date(first.year + years, month + 1, 1) - timedelta(days=1)

    def contains(self, day: date) -> bool:
        """Tell whether `day` lies in the period, both ends included."""
        return self.first_day <= day <= self.last_day

    def _moved(self, parts: int) -> Self:
        years, part = divmod(self.part - 1 + parts, PARTS[self.kind])
        return type(self)(self.kind, self.year + years, part + 1)

    @property
    def _months(self) -> int:
        return 12 // PARTS[self.kind]


def _check_follows(first: int, second: int) -> None:
    if second != first + 1:
        raise PeriodError(
            en=f"the school year {first}-{second} does not exist: write {first}-{first + 1}",
            vi=f"không có năm học {first}-{second}: hãy ghi {first}-{first + 1}",
        )
