"""The page of a council: who sits on it from when to when, by which rules it votes."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from db import grants
from db.units import all_units
from states.council.vote_rules import Rule
from states.kinds import page_of
from states.labels import Lang, label
from web.access import roles, signed_in, viewer
from web.api.route import Ref
from web.award_names import award_short
from web.cases.acting import Trouble, attempt, filled, fresh_key, typed
from web.cases.head import head
from web.language import language, say
from web.rendering import page, see_other
from web.sessions.listed import seat_of_secretary
from web.site import site
from workflow.council import council_reading
from workflow.council.council_reading import OFFICERS
from workflow.dossiers import reading

ROWS = 15
"""Lines of an empty list of members."""
SEAT_FIELDS = ("person", "role", "area", "valid_from", "valid_to", "basis")

router = APIRouter(include_in_schema=False)


@router.get("/councils/new")
@roles("council_secretary")
async def new(request: Request) -> Response:
    """The form of a council that is to be established."""
    return _form(request, {})


@router.post("/councils/new")
@roles("council_secretary")
async def establish(request: Request) -> Response:
    """Establish it with its members, or show the form with all that was typed."""
    form = await request.form()
    args = filled({name: typed(form, name) for name in ("title", "basis")})
    args |= {"unit": seat_of_secretary(request), "seats": _seats(form)}
    outcome = attempt(request, "establish", "", form, args)
    if isinstance(outcome, Trouble):
        return _form(request, {name: typed(form, name) for name in form}, outcome)
    return see_other(request, page_of(outcome.ref), say(language(request), "Đã lập Hội đồng."))


def _seats(form: FormData) -> list[dict[str, Any]]:
    """The lines that name somebody; what is left out of a line is that of the whole council."""
    found = []
    for place in range(ROWS):
        row = filled({name: typed(form, f"seats.{place}.{name}") for name in SEAT_FIELDS})
        if row.get("person"):
            common = filled({"valid_from": typed(form, "valid_from"), "basis": typed(form, "basis")})
            found.append({**common, **row, "votes": typed(form, f"seats.{place}.votes") != "no"})
    return found


@router.get("/councils/{ref}")
@signed_in
async def council(request: Request, ref: Ref) -> Response:
    """Its members now, those who sat before, its rules with who says so."""
    engine, lang, actor = site(request).engine, language(request), viewer(request).actor
    with engine.database.reading() as conn:
        view, loaded = council_reading.council(engine, conn, ref, actor)
        weighed = reading.acts(engine, loaded, actor)
        shared = head(engine, conn, view.of, weighed, all_units(conn), lang)
    now, others = view.seats(engine.today())
    return page(
        request,
        "councils/council.html",
        **shared,
        council=view,
        now=now,
        others=others,
        rules=[_rule(rule, awards, lang) for rule, awards in view.rules()],
        may=frozenset(one.act for one in weighed if one.allowed),
        today=engine.today(),
    )


def _rule(rule: Rule, awards: list[str], lang: Lang) -> dict[str, Any]:
    """One rule: the awards it is for, every figure with how sure we are of it and who says so."""
    share = (
        say(lang, "trên %(n)s%%", n=rule.share) if rule.strict else say(lang, "ít nhất %(n)s%%", n=rule.share)
    )
    figures = (
        (say(lang, "Tỷ lệ của tổng số thành viên"), share, rule.share_basis),
        (
            say(lang, "Phải có mặt"),
            f"{rule.quorum_numerator}/{rule.quorum_denominator}",
            rule.quorum_basis,
        ),
        (say(lang, "Hình thức"), label("ballot", rule.ballot, lang), rule.ballot_basis),
        (
            say(lang, "Người vắng"),
            label("opinions", "allowed" if rule.written else "refused", lang),
            rule.written_basis,
        ),
        (say(lang, "Người có liên quan"), label("recusal", rule.recusal, lang), rule.recusal_basis),
    )
    return {
        "awards": [award_short(code, lang) for code in awards],
        "figures": [
            (
                name,
                value,
                label("confidence", basis.confidence, lang) if basis.confidence else "",
                basis.source,
            )
            for name, value, basis in figures
        ],
    }


def _form(request: Request, values: dict[str, str], trouble: Trouble | None = None) -> Response:
    return page(
        request,
        "councils/new.html",
        status=trouble.status if trouble else 200,
        values=values,
        rows=range(ROWS),
        roles=seat_roles(language(request)),
        people=logins(request),
        here="/councils/new",
        trouble=trouble,
        wrong=trouble.fields if trouble else {},
        key=fresh_key(),
    )


def seat_roles(lang: Lang) -> list[tuple[str, str]]:
    """What one may be on a council."""
    roles_ = ("member", "chair", "standing_vice", "vice", "secretary")
    return [(code, label("seat_role", code, lang)) for code in roles_]


def logins(request: Request) -> list[tuple[str, str]]:
    """Who could be a member: (login, name) of the officers of the reader's body."""
    engine = site(request).engine
    bodies = sorted(viewer(request).scope.bodies)
    with engine.database.reading() as conn:
        found = [one for body in bodies for one in grants.logins_of(conn, body, OFFICERS, engine.today())]
    return list(dict.fromkeys(found))
