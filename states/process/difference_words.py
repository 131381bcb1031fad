"""A difference of two versions in the words of its readers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from states.definition import START, Definition, Handover, Limit, Words
from states.labels import Lang, label
from states.process.differences import Difference, Value, differences, successors

GROUP = {
    "holder": "role",
    "by": "role",
    "act": "role",
    "tells": "role",
    "opens_to": "role",
    "needs": "guard",
    "asks": "field",
}
"""The words that the codes of a part are told in; stations are told as their own version calls them."""


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words: at which station, of which act, in what; how it was, how it is. Empty is nothing."""

    station: str
    act: str
    part: str
    old: str
    new: str


def told(old: Definition, new: Definition, lang: Lang) -> list[Told]:
    """Every difference of two versions in words."""
    return [_told(difference, old, new, lang) for difference in differences(old, new)]


def sentences(old: Definition, new: Definition, lang: Lang) -> Iterator[str]:
    """Every difference as one sentence."""
    for one in told(old, new, lang):
        where = ", ".join(part for part in (one.station, one.act, one.part) if part)
        nothing = label("difference", "nothing", lang)
        was, now = (f"“{text}”" if text else nothing for text in (one.old, one.new))
        yield label("difference", "sentence", lang).format(where=where, old=was, new=now)


def _told(found: Difference, old: Definition, new: Definition, lang: Lang) -> Told:
    former = {heir: name for name, heir in successors(old, new).items()}
    return Told(
        station=_station(found.station, new if found.station in new.stations else old, lang),
        act=label("act", found.act, lang) if found.act else "",
        part=label("part", found.part, lang),
        old=_said(found.part, found.old, old, former, lang),
        new=_said(found.part, found.new, new, {}, lang),
    )


def _station(name: str, definition: Definition, lang: Lang) -> str:
    if name == START:
        return label("difference", "start", lang)
    return definition.stations[name].label[lang] if name else ""


def _said(part: str, value: Value, definition: Definition, former: dict[str, str], lang: Lang) -> str:
    if isinstance(value, tuple):
        said = (_branch(part, branch, definition, former, lang) for branch in value)
        return "; ".join(text for text in said if text)
    if isinstance(value, Words):
        return value[lang]
    if isinstance(value, Limit):
        return _limit(value, lang)
    if isinstance(value, Handover):
        role = label("role", value.role, lang)
        return f"{role} ({', '.join(label('guard', code, lang) for code in value.once)})"
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    return label("regime", value, lang) if part == "regime" and value else value or ""


def _branch(
    part: str, branch: tuple[str, tuple[str, ...]], definition: Definition, former: dict[str, str], lang: Lang
) -> str:
    value, codes = branch
    said = ", ".join(_code(part, code, definition, former, lang) for code in codes)
    nothing = label("difference", "nothing", lang)
    return f"{label('choice', value, lang)}: {said or nothing}" if value else said


def _code(part: str, code: str, definition: Definition, former: dict[str, str], lang: Lang) -> str:
    if part == "to":
        return _station(former.get(code, code), definition, lang)
    if part == "asks":
        name = label("field", code.rstrip("?"), lang)
        return label("difference", "optional", lang).format(name=name) if code.endswith("?") else name
    group = GROUP.get(part)
    return label(group, code, lang) if group else code


def _limit(limit: Limit, lang: Lang) -> str:
    if limit.waits is not None:
        return limit.waits[lang]
    if limit.from_argument:
        return label("difference", "limit_from_act", lang)
    if limit.from_case:
        field = label("field", limit.from_case, lang)
        return label("difference", "limit_from_case", lang).format(field=field)
    days = limit.working_days or {}
    counted = label("difference", "working_days", lang)
    if len(set(days.values())) == 1:
        return counted.format(days=next(iter(days.values())))
    return "; ".join(
        f"{label('procedure', p, lang)}: {counted.format(days=n)}" for p, n in sorted(days.items())
    )
