"""Whether the parts of a definition file have the form they are read in."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from states.checking.faults import Fault, fault
from states.definition import START, Definition, Words


@dataclass(frozen=True, slots=True)
class Kind:
    """A form a part may have: how it is called, how it is told apart."""

    words: Words
    fits: Callable[[Any], bool]


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _both(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"vi", "en"} and all(map(_text, value.values()))


def _place(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(_number(n) and 0 <= n < 100 for n in value)


def _days(value: Any) -> bool:
    return _number(value) or (isinstance(value, dict) and all(map(_number, value.values())))


TEXT = Kind(Words("một chuỗi không rỗng", "a text that is not empty"), _text)
TEXTS = Kind(
    Words("một danh sách các chuỗi không rỗng", "a list of texts that are not empty"),
    lambda value: isinstance(value, list) and all(map(_text, value)),
)
SOME_TEXTS = Kind(
    Words("một danh sách có ít nhất một chuỗi", "a list with at least one text"),
    lambda value: value != [] and TEXTS.fits(value),
)
BOTH = Kind(Words("chữ ở cả hai ngôn ngữ: { vi, en }", "words in both languages: { vi, en }"), _both)
FLAG = Kind(Words("true hoặc false", "true or false"), lambda value: isinstance(value, bool))
PLACE = Kind(Words("hai số từ 0 đến 99: [cột, hàng]", "two numbers from 0 to 99: [column, row]"), _place)
DAYS = Kind(Words("số ngày, hoặc số ngày theo thủ tục", "a number of days, or one for each procedure"), _days)
DAY = Kind(
    Words("một ngày, như 2024-01-01", "a day, such as 2024-01-01"),
    lambda value: re.fullmatch(r"\d{4}-\d\d-\d\d", str(value)) is not None,
)
CONFIDENCE = Kind(
    Words("low, med hoặc high", "low, med or high"), lambda value: value in ("low", "med", "high")
)
ANY = Kind(Words("", ""), lambda _: True)

TOP = {"key": TEXT, "version": TEXT, "regime": TEXT, "effective_from": DAY, "title": BOTH, "initial": TEXT}
STATION = {"label": BOTH, "place": PLACE, "final": FLAG, "holder": TEXT, "opens_to": TEXTS}
HANDOVER = {"role": TEXT, "once": SOME_TEXTS}
LIMIT = {
    "working_days": DAYS,
    "from_argument": TEXT,
    "from_case": TEXT,
    "basis": TEXT,
    "confidence": CONFIDENCE,
    "ladder": TEXT,
}
WAITS = {"reason": BOTH, "remind_working_days": Kind(Words("một số", "a number"), _number)}
STEP = {
    **dict.fromkeys(("act", "to", "when", "basis", "allocates"), TEXT),
    **dict.fromkeys(("from", "by"), SOME_TEXTS),
    **dict.fromkeys(("needs", "asks", "tells"), TEXTS),
}


def form_faults(definition: Definition) -> Iterator[Fault]:
    """Every part of the wrong form; while there is one, nothing else about the definition can be judged."""
    raw = json.loads(definition.text)
    yield from _misshapen(raw, {**TOP, "provisional": BOTH}, "definition")
    for name, station in raw["station"].items():
        yield from _station_form(name, station)
    for number, step in enumerate(raw["step"], start=1):
        yield from _misshapen(step, STEP, f"step {number}")
    if not re.fullmatch(rf"{re.escape(str(definition.regime))}(\.\d+)+", str(definition.version)):
        yield fault("version", "definition", name=definition.version, regime=definition.regime)


def _station_form(name: str, station: Mapping[str, Any]) -> Iterator[Fault]:
    place = f"station {name}"
    if name == START or not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        yield fault("station_name", place, name=name)
    yield from _misshapen(station, STATION, place)
    yield from _misshapen(station.get("hands_to"), HANDOVER, f"{place}, hands_to")
    limit = station.get("limit") or {}
    yield from _misshapen(limit, LIMIT, f"{place}, limit")
    yield from _misshapen(limit.get("waits_forever"), WAITS, f"{place}, waits_forever")


def _misshapen(part: Mapping[str, Any] | None, kinds: Mapping[str, Kind], place: str) -> Iterator[Fault]:
    for name, value in (part or {}).items():
        kind = kinds.get(name, ANY)
        if not kind.fits(value):
            yield fault("form", place, name=name, kind_vi=kind.words.vi, kind_en=kind.words.en)
