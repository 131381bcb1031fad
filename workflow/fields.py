"""The types of what people type in: clean text, whole figures, dates of the calendar."""

import re
import unicodedata
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from states.periods import Period, PeriodError

# What Unicode keeps for no character at all, the last two places of every plane among it: no paper can show it.
_NO_CHARACTER = r"\ufdd0-\ufdef" + "".join(
    f"{chr(last)}{chr(last + 1)}" for last in range(0xFFFE, 0x110000, 0x10000)
)
_INVISIBLE = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    rf"\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f{_NO_CHARACTER}]"
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def _clean(value: object) -> object:
    """NFC, one kind of line end, no blanks around; refuses characters nobody can see."""
    if not isinstance(value, str):
        return value
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n").strip()
    if _INVISIBLE.search(text):
        raise PydanticCustomError("invisible_text", "contains characters that cannot be seen; type it again")
    return text


def _iso(value: object) -> object:
    """Only ``2024-05-13``: what a person types as 13/05/2024 is turned round by the pages, never guessed here."""
    if isinstance(value, str) and not _ISO.fullmatch(value):
        raise PydanticCustomError("date_form", "must be a date such as 2024-05-13")
    if isinstance(value, int | float):
        raise PydanticCustomError("date_form", "must be a date such as 2024-05-13")
    return value


def _year(value: date) -> date:
    if not 2000 <= value.year <= 2100:
        raise PydanticCustomError("date_range", "must be a date between 2000 and 2100")
    return value


def _period(value: str) -> str:
    try:
        return str(Period.parse(value))
    except PeriodError as error:
        raise PydanticCustomError("period_form", "{why}", {"why": error.en, "why_vi": error.vi}) from None


Line = Annotated[str, BeforeValidator(_clean), StringConstraints(strict=True, min_length=1, max_length=300)]
"""One line: a title, a name, a document number."""
Prose = Annotated[str, BeforeValidator(_clean), StringConstraints(strict=True, min_length=1, max_length=5000)]
"""Some paragraphs: a reason, an achievement."""
Optional_prose = Annotated[str, BeforeValidator(_clean), StringConstraints(strict=True, max_length=5000)]
"""Prose that may be left empty."""
Code = Annotated[
    str, StringConstraints(strict=True, min_length=1, max_length=80, pattern=r"^[A-Za-z0-9_.@-]+$")
]
"""A code of one of the closed lists, or an id this system gave out."""
Digest = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in hex."""
Figure = Annotated[int, Field(strict=True, ge=0, le=100_000)]
"""A count."""
Version = Annotated[int, Field(strict=True, ge=0, le=2_147_483_647)]
"""The version of a case that somebody saw."""
Day = Annotated[date, BeforeValidator(_iso), AfterValidator(_year)]
"""A date of the calendar, written 2024-05-13."""
PeriodCode = Annotated[str, StringConstraints(strict=True, max_length=12), AfterValidator(_period)]
"""2024, 2023-2024, 2024Q1 or 2024H1."""


class Form(BaseModel):
    """Something filled in: frozen once checked, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Nothing(Form):
    """An act that takes no arguments."""
