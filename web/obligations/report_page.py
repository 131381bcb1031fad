"""The page of a report or registration: filled in by its unit, checked by the offices."""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db.units import Unit, all_units
from states.decide import Weighed
from states.labels import Lang
from web.access import signed_in, viewer
from web.api.route import Ref
from web.cases.acting import Trouble, attempt, fresh_key, typed
from web.cases.head import head
from web.cases.route import stops
from web.cases.whereabouts import whereabouts
from web.language import language, say
from web.obligations import report_form
from web.rendering import page, see_other
from web.site import site
from workflow import scratch
from workflow.dossiers import reading
from workflow.outcome import Done
from workflow.year import duty_reading
from workflow.year.duty_reading import DutyView

router = APIRouter(include_in_schema=False)


@router.get("/reports/{ref}")
@signed_in
async def report(request: Request, ref: Ref) -> Response:
    """The report: its form for who writes it, its figures for who checks them."""
    return _page(request, ref)


@router.post("/reports/{ref}")
@signed_in
async def save(request: Request, ref: Ref) -> Response:
    """Save what was filled in, or show the same page with all that was typed."""
    form, engine = await request.form(), site(request).engine
    with engine.database.reading() as conn:
        view, _ = duty_reading.duty(engine, conn, ref, viewer(request).actor)
    done = attempt(request, "save", ref, form, report_form.args_of(view.form, form))
    if not isinstance(done, Done):
        return _page(request, ref, report_form.typed_in(form), done, typed(form, "version"))
    scratch.forget(engine, viewer(request).account_id, ref)
    said = say(language(request), "Đã lưu %(ref)s.", ref=ref)
    return see_other(request, f"/reports/{ref}", f"{said} {whereabouts(request, ref)}")


def _page(
    request: Request,
    ref: str,
    values: Mapping[str, str] | None = None,
    trouble: Trouble | None = None,
    version: str = "",
) -> Response:
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = duty_reading.duty(engine, conn, ref, actor)
        weighed = reading.acts(engine, loaded, actor)
        units = all_units(conn)
        shared = head(engine, conn, view.of, weighed, units, lang)
    fillable = _fillable(weighed)
    kept = report_form.left_behind(request, ref) if fillable and values is None else None
    shown = values if values is not None else kept[0] if kept else report_form.saved(view)
    return page(
        request,
        "reports/report.html",
        status=trouble.status if trouble else 200,
        **shared,
        duty=view,
        form=view.form,
        stops=stops(view.of, lang),
        fillable=fillable or values is not None,
        lines=report_form.lines(view, shown, lang),
        values=shown,
        left=kept[1] if kept else None,
        trouble=trouble,
        wrong=trouble.fields if trouble else {},
        version=version or view.of.record.version,
        key=fresh_key(),
        **_way(view, units, lang),
    )


def _fillable(weighed: tuple[Weighed, ...]) -> bool:
    return any(one.act == "save" and one.allowed for one in weighed)


def _way(view: DutyView, units: Mapping[str, Unit], lang: Lang) -> dict[str, str]:
    """The offices it goes to; a small body that has none of a kind does its work itself."""
    facts = view.duty
    offices = {unit.kind: unit for unit in units.values() if unit.body == facts.body}
    found = {"via": facts.via, "office": facts.office}
    seats = {name: offices.get(f"{kind}_office", units[facts.body]) for name, kind in found.items() if kind}
    named = {name: unit.short(lang) for name, unit in seats.items()}
    return {"via": "", **named}
