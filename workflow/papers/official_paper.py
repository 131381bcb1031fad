"""An official paper as data: every form it takes, on screen or as a file, is drawn from this one description."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SEEN_TO = "Nơi nhận:"

MARGINS = {"top": 20, "bottom": 20, "left": 30, "right": 20}
"""Millimetres of an A4 sheet (NĐ 30/2020, annex I, part I)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Who issues it: ``superior`` may be empty; ``number`` is empty until there is one; ``day`` too."""

    superior: str
    body: str
    number: str
    symbol: str
    place: str
    day: date | None

    @property
    def numbered(self) -> str:
        """As "Số: 05/QĐ-UBND", with room for a number not yet given; nothing for a paper without a symbol."""
        if not self.symbol:
            return ""
        return f"Số: {self.number or BLANK}/{self.symbol}"

    @property
    def dated(self) -> str:
        """As "Long Khánh, ngày 05 tháng 01 năm 2024": days below 10, months 1 and 2 take a leading zero."""
        if self.day is None:
            return f"{self.place}, ngày {BLANK} tháng {BLANK} năm {BLANK}"
        month = f"{self.day.month:02d}" if self.day.month < 3 else str(self.day.month)
        return f"{self.place}, ngày {self.day.day:02d} tháng {month} năm {self.day.year}"


BLANK = "......"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """The head of a part, as "I. Thành phần"."""

    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a decision: its number with what it orders; ``further`` are its other paragraphs."""

    number: int
    text: str
    further: tuple[str, ...] = ()

    @property
    def head(self) -> str:
        """As "Điều 1."."""
        return f"Điều {self.number}."


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; ``widths`` are shares of the line, ``centred`` the columns that are."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    centred: frozenset[int] = frozenset({0})


Block = Paragraph | Section | Article | Table


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: ``capacity`` are lines such as "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH"; then who, where known."""

    capacity: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """What follows on a page of its own, named as the paper names it."""

    title: str
    note: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class OfficialPaper:
    """One paper: ``addressees`` follow "Kính gửi", ``authority`` and ``formula`` stand around the legal bases."""

    heading: Heading
    type: str
    abstract: str
    blocks: tuple[Block, ...]
    signatures: tuple[Signature, ...]
    addressees: tuple[str, ...] = ()
    authority: str = ""
    bases: tuple[str, ...] = ()
    formula: str = ""
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()

    @property
    def cited(self) -> tuple[str, ...]:
        """The legal bases, each ended by ";", the last by "." or, where a formula follows, also by "."."""
        ends = [";"] * (len(self.bases) - 1) + ["."]
        return tuple(f"{basis}{end}" for basis, end in zip(self.bases, ends, strict=False))

    @property
    def signed_beside(self) -> bool:
        """Whether the list of recipients stands beside the one signature."""
        return len(self.signatures) == 1


def sections(parts: Sequence[tuple[str, Sequence[Block | str]]]) -> tuple[Block, ...]:
    """The blocks of a paper in parts: each head is numbered I, II, III …; plain text becomes a paragraph."""
    blocks: list[Block] = []
    for numeral, (head, inside) in zip(_numerals(len(parts)), parts, strict=True):
        blocks.append(Section(f"{numeral}. {head}"))
        blocks += [Paragraph(one) if isinstance(one, str) else one for one in inside]
    return tuple(blocks)


def _numerals(count: int) -> list[str]:
    tens, ones = ("", "X", "XX", "XXX"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return [tens[number // 10] + ones[number % 10] for number in range(1, count + 1)]
