"""A moment of the past as people name it."""

import re
from datetime import date, datetime, time, timedelta

from workflow.engine import ZONE
from workflow.problems import Invalid, Wrong

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})")
_UNESCAPED_PLUS = re.compile(r"(?<=\d) (?=\d{2}:\d{2}$)")


def moment_named(text: str) -> datetime:
    """RFC 3339 with its offset, or a date, which means the end of that day in Vietnam.

    Raises:
        Invalid: on ``as_of``, for anything else and for years outside 2000 to 2100.
    """
    # In an address a plus sign that was not escaped arrives as a blank.
    written = _UNESCAPED_PLUS.sub("+", text)
    if not (_DAY.fullmatch(written) or _MOMENT.fullmatch(written)):
        raise Invalid(Wrong("as_of", "datetime_parsing", {}))
    if not "2000" <= written[:4] <= "2100":
        raise Invalid(Wrong("as_of", "date_range", {}))
    try:
        if _DAY.fullmatch(written):
            midnight = datetime.combine(date.fromisoformat(written), time(), ZONE)
            return midnight + timedelta(days=1, microseconds=-1)
        return datetime.fromisoformat(written)
    except ValueError:
        raise Invalid(Wrong("as_of", "datetime_parsing", {})) from None
