"""The small pages on which one act of a session is confirmed."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from states import labels
from states.decide import Weighed, reasons_document
from states.kinds import page_of
from states.labels import Lang
from web.access import signed_in, viewer
from web.api.route import Ref
from web.cases.acting import Reason, Trouble, attempt, fresh_key, typed, worded
from web.cases.one_act import done_words
from web.language import language
from web.rendering import page, see_other
from web.sessions import forms as session_forms
from web.sessions.bar import DANGER
from web.sessions.desk import panel
from web.sessions.points import points
from web.site import site
from workflow.acts import ACTS
from workflow.council import session_reading
from workflow.council.session_reading import SessionView
from workflow.dossiers import reading
from workflow.outcome import Done
from workflow.problems import NotFound

ActName = Annotated[str, Path(pattern=r"^[a-z_]{1,40}$")]
Seats = list[tuple[str, str, str, str]]

router = APIRouter(include_in_schema=False)


@router.get("/sessions/{ref}/acts/{act}")
@signed_in
async def act_page(request: Request, ref: Ref, act: ActName) -> Response:
    """What the act will do, what it asks for, or every reason why it cannot be done now."""
    if act not in session_forms.SIMPLE:
        raise NotFound
    return _page(request, ref, act, request.query_params)


@router.post("/sessions/{ref}/acts/{act}")
@signed_in
async def take_act(request: Request, ref: Ref, act: ActName) -> Response:
    """Do it, or show the same page with all that was typed."""
    if act not in session_forms.SIMPLE:
        raise NotFound
    form = await request.form()
    view, _ = _read(request, ref)
    names = tuple(one.name for one in session_forms.fields_of(act, view, form, language(request)))
    outcome = attempt(request, act, ref, form, session_forms.args_of(act, form, names))
    if isinstance(outcome, Done):
        return see_other(request, back_to(ref, form), done_words(request, act, ref))
    return _page(request, ref, act, form, outcome)


def back_to(ref: str, asked: Mapping[str, Any]) -> str:
    """Where to go on: the page of the session, or the part of it somebody came from."""
    place, number = typed(asked, "back"), typed(asked, "n")
    here = page_of(ref)
    if place == "minutes":
        return f"{here}/minutes"
    if place == "packet":
        return f"{here}/packet?n={number}" if number.isascii() and number.isdecimal() else f"{here}/packet"
    dossier = typed(asked, "dossier")
    return f"{here}?item={dossier}" if dossier.replace("-", "").isalnum() and dossier.isascii() else here


def _read(request: Request, ref: str) -> tuple[SessionView, tuple[Weighed, ...]]:
    engine, actor = site(request).engine, viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = session_reading.session(engine, conn, ref, actor)
    return view, reading.acts(engine, loaded, actor)


def _page(
    request: Request, ref: str, act: str, asked: Mapping[str, Any], trouble: Trouble | None = None
) -> Response:
    lang, (view, all_weighed) = language(request), _read(request, ref)
    weighed = next((one for one in all_weighed if one.act == act), None)
    sent = asked if isinstance(asked, FormData) else {}
    item = view.item(typed(asked, "dossier"))
    found = view.session.open_round
    about = found[1].dossier if act == "close_round" and found else item.ref if item else ""
    return page(
        request,
        "sessions/act.html",
        status=trouble.status if trouble else 200,
        session=view,
        view=view.of,
        ref=ref,
        here=page_of(ref),
        leads_back=back_to(ref, asked),
        act=act,
        act_label=labels.label("act", act, lang),
        station_label=view.of.definition.stations[view.session.station].label[lang],
        leads_to=_leads_to(view, weighed, lang),
        points=list(points(act, view, lang)),
        item=item,
        panel=panel(view, about, None, lang) if act == "close_round" else None,
        seats=_seats(request, view, act, sent, lang),
        reasons=_reasons(view, act, weighed, trouble, lang),
        fields=session_forms.fields_of(act, view, asked, lang),
        reason=typed(sent, "reason"),
        needs_reason=ACTS[act].needs_reason,
        version=typed(sent, "version") or view.of.record.version,
        passed_on=_passed_on(asked, about if act == "close_round" else ""),
        danger=act in DANGER,
        trouble=trouble,
        key=fresh_key(),
    )


def _passed_on(asked: Mapping[str, Any], dossier: str) -> dict[str, str]:
    """What the form has to say so that one comes back to where one was; a round closed shows what it came to."""
    known = {name: typed(asked, name) for name in ("back", "n")} | {"dossier": dossier}
    return {name: value for name, value in known.items() if value}


def _leads_to(view: SessionView, weighed: Weighed | None, lang: Lang) -> str:
    if weighed is None or weighed.row is None:
        return ""
    station = view.session.station
    target = weighed.row.target(station)
    return "" if target == station else view.of.definition.stations[target].label[lang]


def _reasons(
    view: SessionView, act: str, weighed: Weighed | None, trouble: Trouble | None, lang: Lang
) -> tuple[Reason, ...]:
    """Why it cannot be done: what the attempt was told, else what is known before it."""
    if trouble and trouble.reasons:
        return trouble.reasons
    if weighed is None:
        facts = {"act": act, "station": view.session.station}
        return (worded({"code": "wrong_station", "facts": facts}, view.ref, lang, {}),)
    return tuple(worded(one, view.ref, lang, view.nominees) for one in reasons_document(weighed.reasons))


def _seats(request: Request, view: SessionView, act: str, sent: Mapping[str, Any], lang: Lang) -> Seats:
    """Who may be there when the session opens: (seat, name, role, how they were ticked)."""
    if act != "open_session":
        return []
    with site(request).engine.database.reading() as conn:
        roll, names = session_reading.roll_of_the_day(conn, view)
    return [
        (
            id_,
            names.get(seat.person, ""),
            labels.label("seat_role", seat.role, lang),
            typed(sent, f"attendance.{id_}"),
        )
        for id_, seat in roll.items()
    ]
