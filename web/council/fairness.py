"""Quotas before the vote: whom the agenda would award, with any of it left out for a try."""

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from db.engine import Connection
from states.council import quotas, unit_features
from states.kinds import page_of
from states.labels import Lang, label
from web.access import signed_in, viewer
from web.api.route import Ref
from web.award_names import award_short
from web.council.fairness_words import Shown, shown, unit_rows
from web.language import language, say
from web.rendering import fragment, page
from web.site import site
from web.spreadsheets import Sheet, Value, workbook
from workflow.council import session_reading
from workflow.council.fairness import Counted, counted
from workflow.council.session_reading import SessionView

router = APIRouter(include_in_schema=False)

Out = Annotated[list[str], Query(default_factory=list, max_length=2000)]
"""Dossiers and nominations left out for a try; nothing is kept of it."""


def figures(conn: Connection, view: SessionView, out: Sequence[str], lang: Lang) -> Shown | None:
    """What a session comes to without what was left out; ``None`` before there is an agenda."""
    return shown(counted(conn, view, out), lang) if view.items else None


@router.get("/sessions/{ref}/fairness")
@signed_in
async def whole(request: Request, ref: Ref, out: Out) -> Response:
    """Every figure, unit by unit."""
    view, found = _read(request, ref, out)
    lang = language(request)
    return page(
        request,
        "sessions/fairness.html",
        ref=ref,
        here=page_of(ref),
        session=view,
        fairness=shown(found, lang),
        names=_names(view, lang),
        query=urlencode([("out", one) for one in sorted(found.out)]),
        sources=_sources(found, lang),
    )


@router.get("/sessions/{ref}/fairness/figures")
@signed_in
async def anew(request: Request, ref: Ref, out: Out) -> Response:
    """The figures alone, as the ticks leave them."""
    _, found = _read(request, ref, out)
    return fragment(
        request,
        "sessions/_fairness_figures.html",
        "figures",
        here=page_of(ref),
        fairness=shown(found, language(request)),
    )


@router.get("/sessions/{ref}/fairness.xlsx")
@signed_in
async def as_workbook(request: Request, ref: Ref, out: Out) -> Response:
    """The same as two sheets: all together, unit by unit."""
    view, read = _read(request, ref, out)
    lang = language(request)
    found = shown(read, lang)
    above = [
        say(lang, "Chỉ tiêu và cơ cấu: %(title)s (%(ref)s)", title=view.of.record.title, ref=ref),
        *([say(lang, "Đang thử bỏ ra %(n)s mục.", n=len(read.out))] if read.out else []),
        *(one.fact for one in found.warnings),
        *found.weights,
    ]
    return workbook(f"co-cau-{ref}", [_together(found, above, lang), _by_unit(found, above[:1], lang)])


def _read(request: Request, ref: str, out: list[str]) -> tuple[SessionView, Counted]:
    engine = site(request).engine
    with engine.database.reading() as conn:
        view, _ = session_reading.session(engine, conn, ref, viewer(request).actor)
        return view, counted(conn, view, out)


def _names(view: SessionView, lang: Lang) -> dict[str, str]:
    """Who each nomination is about, for which award, for the ticks."""
    return {
        id_: f"{item.name(id_)}, {award_short(one.award, lang)}"
        for item in view.items
        for id_, one in item.item.nominations.items()
    }


def _sources(found: Counted, lang: Lang) -> list[str]:
    """Who says where units are, how high a quota is, how sure that is."""
    said = {
        say(
            lang,
            "%(what)s: %(source)s (%(confidence)s)",
            what=label("fairness", one.feature, lang),
            source=one.source,
            confidence=label("confidence", one.confidence, lang),
        )
        for one in unit_features.known_on(found.day)
    }
    rules = {
        say(
            lang,
            "%(award)s nhiều nhất %(percent)s%% số %(of)s của đơn vị: %(source)s (%(confidence)s)",
            award=award_short(one.award, lang),
            of=award_short(one.of, lang),
            percent=one.percent,
            source=one.source,
            confidence=label("confidence", one.confidence, lang),
        )
        for one in quotas.quotas_on(found.day).values()
    }
    return [*sorted(rules), *sorted(said)]


def _together(found: Shown, above: list[str], lang: Lang) -> Sheet:
    head = [
        say(lang, "Chỉ số"),
        say(lang, "Số trường hợp"),
        say(lang, "Trên tổng số"),
        say(lang, "Tỷ lệ"),
        say(lang, "Năm trước"),
        say(lang, "Thay đổi (điểm phần trăm)"),
    ]
    rows: list[list[Value]] = [
        [one.name, one.count, one.of, one.percent, one.before, one.change] for one in found.figures
    ]
    return Sheet(say(lang, "Toàn phiên"), above, head, rows)


def _by_unit(found: Shown, above: list[str], lang: Lang) -> Sheet:
    head = [
        say(lang, "Đơn vị"),
        say(lang, "Địa bàn"),
        say(lang, "Đề nghị"),
        say(lang, "Được khen năm trước"),
        *(label("fairness", code, lang) for code in ("direct_worker", "leader", "other", "class_unrecorded")),
        *(label("fairness", code, lang) for code in ("small", "ordinary", "size_unrecorded")),
        say(lang, "CSTĐ cơ sở trên LĐTT"),
        say(lang, "Ghi chú"),
    ]
    return Sheet(say(lang, "Theo đơn vị"), above, head, list(unit_rows(found, lang)))
