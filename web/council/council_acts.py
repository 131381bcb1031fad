"""The small pages on which one act on a council is confirmed: a seat given, a term ended, a rule set."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from states import labels
from states.awards import AWARDS
from states.decide import reasons_document
from states.kinds import page_of
from states.labels import Lang, label
from web.access import signed_in, viewer
from web.api.route import Ref
from web.award_names import award_short
from web.cases.acting import Reason, Trouble, attempt, fresh_key, typed, worded
from web.cases.one_act import done_words
from web.council.councils import logins, seat_roles
from web.language import language, say
from web.rendering import page, see_other
from web.sessions.forms import Field, Options
from web.site import site
from workflow.acts import ACTS
from workflow.council import council_reading
from workflow.council.council_reading import CouncilView
from workflow.dossiers import reading
from workflow.outcome import Done

ActName = Annotated[str, Path(pattern=r"^(seat|unseat|set_rule|dissolve)$")]
FIGURES = ("share", "quorum_numerator", "quorum_denominator")
YES_NO = frozenset({"votes", "strict"})

router = APIRouter(include_in_schema=False)


@router.get("/councils/{ref}/acts/{act}")
@signed_in
async def act_page(request: Request, ref: Ref, act: ActName) -> Response:
    """What the act asks for, or every reason why it cannot be done now."""
    return _page(request, ref, act, request.query_params)


@router.post("/councils/{ref}/acts/{act}")
@signed_in
async def take_act(request: Request, ref: Ref, act: ActName) -> Response:
    """Do it, or show the same page with all that was typed."""
    form = await request.form()
    outcome = attempt(request, act, ref, form, args_of(act, form))
    if isinstance(outcome, Done):
        return see_other(request, page_of(ref), done_words(request, act, ref))
    return _page(request, ref, act, form, outcome)


NAMES: Mapping[str, tuple[str, ...]] = {
    "seat": ("person", "role", "votes", "area", "valid_from", "valid_to", "basis"),
    "unseat": ("seat", "valid_to"),
    "set_rule": ("award", *FIGURES, "strict", "ballot", "written", "recusal", "source", "confidence"),
    "dissolve": (),
}
"""The fields of each act besides its reason."""


def args_of(act: str, form: Mapping[str, Any]) -> dict[str, Any]:
    """The act's arguments as typed into its form."""
    args: dict[str, Any] = {}
    for name in NAMES[act]:
        text = typed(form, name)
        if name in YES_NO:
            args[name] = text == "yes"
        elif name in FIGURES and text.isascii() and text.isdecimal():
            args[name] = int(text)
        elif text:
            args[name] = text
    return args


def _page(
    request: Request, ref: str, act: str, asked: Mapping[str, Any], trouble: Trouble | None = None
) -> Response:
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = council_reading.council(engine, conn, ref, actor)
    weighed = next((one for one in reading.acts(engine, loaded, actor) if one.act == act), None)
    found = reasons_document(weighed.reasons) if weighed else [_elsewhere(act, view)]
    return page(
        request,
        "councils/act.html",
        status=trouble.status if trouble else 200,
        view=view.of,
        ref=ref,
        here=page_of(ref),
        act=act,
        act_label=labels.label("act", act, lang),
        reasons=_told(trouble) or tuple(worded(one, ref, lang, {}) for one in found),
        fields=_fields(act, view, asked, lang),
        people=logins(request) if act == "seat" else [],
        reason=typed(asked, "reason"),
        needs_reason=ACTS[act].needs_reason,
        version=typed(asked, "version") or view.of.record.version,
        danger=act == "dissolve",
        trouble=trouble,
        key=fresh_key(),
    )


def _told(trouble: Trouble | None) -> tuple[Reason, ...]:
    return trouble.reasons if trouble else ()


def _elsewhere(act: str, view: CouncilView) -> dict[str, Any]:
    return {"code": "wrong_station", "facts": {"act": act, "station": view.council.station}}


def _fields(act: str, view: CouncilView, asked: Mapping[str, Any], lang: Lang) -> list[Field]:
    options = _options(view, lang)
    return [
        Field(
            name=name,
            kind="choice" if name in options else "date" if name.startswith("valid_") else "line",
            value=typed(asked, name),
            options=options.get(name, ()),
            required=name in REQUIRED[act],
        )
        for name in NAMES[act]
    ]


REQUIRED: Mapping[str, frozenset[str]] = {
    "seat": frozenset({"person", "role", "votes", "valid_from", "basis"}),
    "unseat": frozenset({"seat", "valid_to"}),
    "set_rule": frozenset({"source", "confidence"}),
    "dissolve": frozenset(),
}


def _options(view: CouncilView, lang: Lang) -> dict[str, Options]:
    """What may be chosen, by field; an empty choice leaves a figure as it was."""
    as_it_was = ("", say(lang, "Giữ như cũ"))
    every = ("", say(lang, "Mọi danh hiệu, hình thức"))
    running = [(id_, seat) for id_, seat in view.council.seats.items() if seat.valid_to is None]

    def named(group: str, *codes: str) -> Options:
        return tuple((code, label(group, code, lang)) for code in codes)

    return {
        "role": tuple(seat_roles(lang)),
        "votes": (("yes", say(lang, "Có quyền bỏ phiếu")), ("no", say(lang, "Không bỏ phiếu"))),
        "seat": tuple((id_, view.names.get(seat.person, "")) for id_, seat in running),
        "award": (every, *((code, award_short(code, lang)) for code in AWARDS)),
        "strict": (("no", say(lang, "Đạt tỷ lệ là đủ")), ("yes", say(lang, "Phải vượt tỷ lệ"))),
        "ballot": (as_it_was, *named("ballot", "paper", "hands")),
        "written": (as_it_was, *named("opinions", "allowed", "refused")),
        "recusal": (as_it_was, *named("recusal", "stays", "leaves")),
        "confidence": named("confidence", "high", "med", "low"),
    }
