"""The small pages on which one act on a report, an item of the plan, an intake is confirmed."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from db.units import Unit
from states import labels
from states.decide import Weighed
from states.kinds import page_of
from states.labels import Lang
from states.roles import UNIT_ROLES, seat_of
from states.year.duty import Duty
from states.year.duty_forms import form_of
from web.access import signed_in, viewer
from web.api.route import Ref
from web.cases import act_forms as case_act_forms
from web.cases.acting import Trouble, attempt, typed
from web.cases.bar import DANGER, FILLED_IN
from web.cases.due import due_of, working_days
from web.cases.one_act import about_act, done_words, reminded
from web.language import language, say
from web.rendering import dmy, page, see_other
from web.site import site
from workflow import case_reading
from workflow.case_reading import CaseView
from workflow.dossiers import reading
from workflow.loading import Loaded
from workflow.outcome import Done
from workflow.problems import NotFound

ActName = Annotated[str, Path(pattern=r"^[a-z_]{1,40}$")]
Place = Annotated[str, Path(pattern=r"^(reports|plan-items|intakes|plans|decision-changes|revocations)$")]

REGISTER_POINTS = frozenset({"sign_change", "decide_revocation"})
"""Acts that write into the award register."""

router = APIRouter(include_in_schema=False)


@router.get("/{place}/{ref}/acts/{act}")
@signed_in
async def act_page(request: Request, place: Place, ref: Ref, act: ActName) -> Response:
    """What the act will do, what it asks for, or every reason why it cannot be done now."""
    view, loaded, weighed = _read(request, place, ref, act)
    if act == FILLED_IN and weighed:
        return RedirectResponse(page_of(ref), 303)
    if act not in case_act_forms.SIMPLE:
        raise NotFound
    return _page(request, view, loaded, act, weighed)


@router.post("/{place}/{ref}/acts/{act}")
@signed_in
async def take_act(request: Request, place: Place, ref: Ref, act: ActName) -> Response:
    """Do it, or show the same page with all that was typed."""
    if act not in case_act_forms.SIMPLE:
        raise NotFound
    _read(request, place, ref, act)
    form = await request.form()
    outcome = attempt(request, act, ref, form, case_act_forms.args_of(act, form))
    if isinstance(outcome, Done):
        return see_other(request, page_of(ref), done_words(request, act, ref))
    view, loaded, weighed = _read(request, place, ref, act)
    return _page(request, view, loaded, act, weighed, form=form, trouble=outcome)


def _read(request: Request, place: str, ref: str, act: str) -> tuple[CaseView, Loaded, Weighed | None]:
    engine, actor = site(request).engine, viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = case_reading.case(engine, conn, ref, actor, place)
        weighed = reading.acts(engine, loaded, actor)
    return view, loaded, next((w for w in weighed if w.act == act), None)


def _page(
    request: Request,
    view: CaseView,
    loaded: Loaded,
    act: str,
    weighed: Weighed | None,
    *,
    form: Mapping[str, Any] | None = None,
    trouble: Trouble | None = None,
) -> Response:
    lang, sent = language(request), form or {}
    return page(
        request,
        "cases/act.html",
        status=trouble.status if trouble else 200,
        **about_act(view, act, weighed, sent, trouble, lang),
        due=due_of(view.case, view.left, lang) if view.case.due and not view.record.final else None,
        points=[
            *_receiver(view, loaded, weighed, lang),
            *_points(view, act, lang),
            *reminded(act, weighed, lang),
        ],
        figures=_figures(view, act, lang),
        fields=case_act_forms.fields_of(act, view.record.category),
        version=typed(sent, "version") or view.record.version,
        danger=act in DANGER,
    )


def _receiver(view: CaseView, loaded: Loaded, weighed: Weighed | None, lang: Lang) -> list[str]:
    """To whom it goes, where that is somebody else's desk."""
    if weighed is None or weighed.row is None:
        return []
    target = weighed.row.target(view.record.station)
    role = view.definition.stations[target].holder
    if target == view.record.station or not role or role == "clock":
        return []
    unit = view.unit if role in UNIT_ROLES else _seated(loaded.units, view.case.body, role)
    where = unit.name(lang) if unit else ""
    return [say(lang, "Nơi nhận: %(unit)s (%(role)s).", unit=where, role=labels.label("role", role, lang))]


def _seated(units: Mapping[str, Unit], body: str, role: str) -> Unit | None:
    kind = seat_of(role)
    return next((unit for unit in units.values() if unit.kind == kind), units.get(body))


def _points(view: CaseView, act: str, lang: Lang) -> list[str]:
    """What the person should know before confirming."""
    facts, found = view.case, []
    if act == "send" and isinstance(facts, Duty):
        found.append(_in_time(facts, view.left, lang))
        found.append(say(lang, "Sau khi gửi, đơn vị chỉ sửa được khi được trả lại."))
    if act == "send_back":
        found.append(say(lang, "Đơn vị đọc được lý do ngay; sửa xong gửi lại đúng nơi trả lại."))
    if act == "check":
        found.append(say(lang, "Báo cáo chờ trưởng phòng chuyển cùng gói; chưa tới Phòng Nội vụ."))
    if act in REGISTER_POINTS:
        found.append(_register_point(view, act, lang))
    if act == "extend" and isinstance(facts, Duty) and facts.deadline:
        found.append(say(lang, "Hạn nộp hiện nay: %(day)s.", day=dmy(facts.deadline)))
    return found


def _register_point(view: CaseView, act: str, lang: Lang) -> str:
    """What signing writes into the award register."""
    said = {
        "replace": say(
            lang, "Quyết định mới lấy số tiếp theo của năm; các dòng cũ trong sổ ghi đã thay thế."
        ),
        "correct": say(lang, "Quyết định giữ số; sổ ghi đã đính chính theo công văn này."),
        "decide_revocation": say(
            lang,
            "Quyết định hủy bỏ lấy số tiếp theo của năm; sổ ghi đã hủy bỏ. Hiện vật và tiền thưởng được thu hồi.",
        ),
    }
    return said[act] if act in said else said[view.record.category]


def _figures(view: CaseView, act: str, lang: Lang) -> list[tuple[str, int]]:
    """What is about to leave the unit, figure by figure."""
    facts = view.case
    if act != "send" or not isinstance(facts, Duty):
        return []
    asked = form_of(facts.category).figures
    return [(one.label[lang], facts.figures[one.name]) for one in asked if one.name in facts.figures]


def _in_time(facts: Duty, left: int | None, lang: Lang) -> str:
    """Whether the first sending is in time; a correction asked for makes nobody late."""
    if facts.sent_on:
        return say(lang, "Đã gửi lần đầu ngày %(day)s; lần này là bản sửa.", day=dmy(facts.sent_on))
    if left is not None and left < 0:
        return say(lang, "Gửi bây giờ là trễ %(days)s so với hạn.", days=working_days(-left, lang))
    return say(lang, "Hạn nộp của đơn vị: %(day)s.", day=dmy(facts.deadline))
