"""Where a case is by now, said after every act."""

from fastapi import Request
from fastapi.responses import RedirectResponse

from db.cases import CaseRecord
from db.units import Unit, all_units
from states import labels
from states.kinds import page_of
from states.labels import Lang
from web.access import viewer
from web.dossiers.paper_list import missing
from web.language import language, say
from web.rendering import see_other
from web.site import site
from workflow import case_reading
from workflow.dossiers import reading


def whereabouts(request: Request, ref: str) -> str:
    """The case's station with whose turn it is; that it has ended where it waits for nobody.

    Raises NotFound when the case is none of the reader's business.
    """
    engine, lang = site(request).engine, language(request)
    with engine.database.reading() as conn:
        view, _ = case_reading.of_any_kind(engine, conn, ref, viewer(request).actor)
        units = all_units(conn)
    record = view.record
    station = view.definition.stations[record.station].label[lang]
    holder = units.get(record.holder_unit or "")
    if record.kind != "dossier":
        return _of_the_year(request, record, station, holder, lang)
    if record.holder_role is None or holder is None:
        return say(lang, "Hồ sơ kết thúc ở bước “%(station)s”.", station=station)
    if _mine(request, record):
        return say(lang, "Hồ sơ ở bước “%(station)s”, đang chờ bạn làm tiếp.", station=station)
    return say(
        lang,
        "Hồ sơ ở bước “%(station)s”, người giữ: %(role)s, %(unit)s.",
        station=station,
        role=labels.label("role", record.holder_role, lang),
        unit=holder.short(lang),
    )


def back_to(request: Request, ref: str, said: str) -> RedirectResponse:
    """The case's page, told what was done, with where the case is by now."""
    return see_other(request, page_of(ref), f"{said} {whereabouts(request, ref)}")


def _of_the_year(request: Request, record: CaseRecord, station: str, holder: Unit | None, lang: Lang) -> str:
    """The same of what is no dossier."""
    if record.holder_role in (None, "clock") or holder is None:
        return say(lang, "Nay ở bước “%(station)s”.", station=station)
    if _mine(request, record):
        return say(lang, "Nay ở bước “%(station)s”, đang chờ bạn làm tiếp.", station=station)
    return say(
        lang,
        "Nay ở bước “%(station)s”, người giữ: %(role)s, %(unit)s.",
        station=station,
        role=labels.label("role", str(record.holder_role), lang),
        unit=holder.short(lang),
    )


def _mine(request: Request, record: CaseRecord) -> bool:
    seats = {(grant.role, grant.unit) for grant in viewer(request).grants}
    return (record.holder_role, record.holder_unit) in seats


def papers_left(request: Request, ref: str) -> str:
    """Which papers still keep the dossier from being submitted, else that none does. Raises NotFound."""
    engine, lang = site(request).engine, language(request)
    with engine.database.reading() as conn:
        view, _ = reading.dossier(engine, conn, ref, viewer(request).actor)
    blocking = [paper.label for paper in missing(view, lang) if paper.blocks]
    if not blocking:
        return say(lang, "Đã đủ giấy tờ bắt buộc để trình.")
    return say(lang, "Giấy tờ còn thiếu: %(papers)s.", papers="; ".join(blocking))
