"""What a person should do first."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from db.cases import CaseLine, by_id
from db.engine import Connection
from db.kept import Kept
from db.units import Unit
from states.case import Case
from states.decide import Actor
from states.dossier import Dossier
from states.kinds import kind_of, page_of
from states.labels import Lang
from states.roles import OFFICE_AT
from web.cases.bar import next_step
from web.cases.due import working_days
from web.cases.rows import stands_as
from web.dossiers.bar import Shown, next_act
from web.language import say
from workflow.dossiers import reading
from workflow.engine import Engine
from workflow.inbox import Inbox, Item
from workflow.loading import among, definition_of
from workflow.people.identity import Viewer

_FIRSTS: Kept["First"] = Kept(512)


@dataclass(frozen=True, slots=True)
class First:
    """The case to do first: why, what happens otherwise, the act itself."""

    ref: str
    href: str
    why: str
    otherwise: str
    act: Shown | None


def do_first(
    engine: Engine, conn: Connection, reader: Viewer, found: Inbox, units: Mapping[str, Unit], lang: Lang
) -> First | None:
    """The most urgent case with a limit that runs; none when nothing is due."""
    item = next((i for i in found.items if i.left is not None), None)
    if item is None or item.left is None:
        return None
    actor, definition = reader.actor, definition_of(engine, item.record)
    key = (*stands_as(item, units, lang), units[item.record.unit], definition.digest, engine.today(), actor)
    return _FIRSTS.one(key, partial(_first, engine, conn, actor, item, units, lang))


def _first(
    engine: Engine,
    conn: Connection,
    actor: Actor,
    item: Item[CaseLine],
    units: Mapping[str, Unit],
    lang: Lang,
) -> First:
    record = by_id(conn, item.record.id)
    assert record is not None  # it was just listed
    loaded, left = among(engine, record, units), item.left or 0
    weighed, ref = reading.acts(engine, loaded, actor), record.ref
    case = reading.told(loaded, actor) if isinstance(loaded.case, Dossier) else loaded.case
    act = next_act(ref, case, weighed, lang) if isinstance(case, Dossier) else next_step(ref, weighed, lang)
    return First(ref, page_of(ref), _why(case, loaded.unit, left, lang), _otherwise(item, lang), act)


def _why(case: Case, unit: Unit, left: int, lang: Lang) -> str:
    """How urgent it is, with how much an office has yet to judge."""
    days, (undone, all_) = working_days(abs(left), lang), _unjudged(case)
    name = unit.short_vi if lang == "vi" else unit.short_en
    facts = {"unit": name, "days": days, "n": undone, "all": all_}
    if left < 0 and undone:
        return say(
            lang, "của %(unit)s quá hạn %(days)s, %(n)s trong %(all)s trường hợp chưa có ý kiến.", **facts
        )
    if undone:
        return say(lang, "của %(unit)s còn %(days)s, %(n)s trong %(all)s trường hợp chưa có ý kiến.", **facts)
    if left < 0:
        return say(lang, "của %(unit)s đã quá hạn %(days)s.", **facts)
    return say(lang, "của %(unit)s còn %(days)s.", **facts)


def _unjudged(case: Case) -> tuple[int, int]:
    """How many nominations the office that holds a dossier has yet to speak on, of how many."""
    office = OFFICE_AT.get(case.station, "")
    if not office or not isinstance(case, Dossier):
        return 0, 0
    return len(list(case.unjudged(office))), len(case.standing())


def _otherwise(item: Item[CaseLine], lang: Lang) -> str:
    """Silence decides nothing: it is reported, and a completion request comes back."""
    if kind_of(item.record.ref) != "dossier":
        return say(lang, "Nếu chưa xong, việc chậm được nhắc rồi báo lên cấp trên; hệ thống không làm thay.")
    if item.record.station == "awaiting_completion":
        return say(
            lang, "Nếu không trình lại, hết hạn hồ sơ trở về cơ quan đã yêu cầu; không ai bị loại vì im lặng."
        )
    return say(lang, "Nếu chưa xong, hồ sơ vẫn chờ ở bước này và việc chậm được báo lên cấp trên.")
