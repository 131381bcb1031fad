"""What a person should do first."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.units import Unit
from states.dossier import Dossier
from states.labels import Lang
from states.roles import OFFICE_AT
from web.dossier_bar import Shown, next_act
from web.due import working_days
from web.language import say
from workflow import reading
from workflow.engine import Engine
from workflow.identity import Viewer
from workflow.inbox import Inbox, Item
from workflow.loading import among


@dataclass(frozen=True, slots=True)
class First:
    """The case to do first: why, what happens otherwise, the act itself."""

    ref: str
    why: str
    otherwise: str
    act: Shown | None


def do_first(
    engine: Engine, reader: Viewer, found: Inbox, units: Mapping[str, Unit], lang: Lang
) -> First | None:
    """The most urgent case with a limit that runs; none when nothing is due."""
    item = next((i for i in found.items if i.left is not None), None)
    if item is None or item.left is None:
        return None
    loaded, actor, ref = among(engine, item.record, units), reader.actor, item.record.ref
    case = reading.told(loaded, actor)
    act = next_act(ref, case, reading.acts(engine, loaded, actor), lang)
    return First(ref, _why(case, loaded.unit, item.left, lang), _otherwise(item, lang), act)


def _why(case: Dossier, unit: Unit, left: int, lang: Lang) -> str:
    """How urgent it is, with how much an office has yet to judge."""
    office, days = OFFICE_AT.get(case.station, ""), working_days(abs(left), lang)
    undone = len(list(case.unjudged(office))) if office else 0
    name = unit.short_vi if lang == "vi" else unit.short_en
    facts = {"unit": name, "days": days, "n": undone, "all": len(case.standing())}
    if left < 0 and undone:
        return say(
            lang, "của %(unit)s quá hạn %(days)s, %(n)s trong %(all)s trường hợp chưa có ý kiến.", **facts
        )
    if undone:
        return say(lang, "của %(unit)s còn %(days)s, %(n)s trong %(all)s trường hợp chưa có ý kiến.", **facts)
    if left < 0:
        return say(lang, "của %(unit)s đã quá hạn %(days)s.", **facts)
    return say(lang, "của %(unit)s còn %(days)s.", **facts)


def _otherwise(item: Item, lang: Lang) -> str:
    """Silence decides nothing: it is reported, and a completion request comes back."""
    if item.record.station == "awaiting_completion":
        return say(
            lang, "Nếu không trình lại, hết hạn hồ sơ trở về cơ quan đã yêu cầu; không ai bị loại vì im lặng."
        )
    return say(lang, "Nếu chưa xong, hồ sơ vẫn chờ ở bước này và việc chậm được báo lên cấp trên.")
