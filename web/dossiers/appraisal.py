"""An office judges nomination by nomination."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from states.award_shapes import Award, Condition
from states.awards import AUTHORITIES, AWARDS, lower_awards, route_of
from states.labels import label
from states.roles import OFFICE_AT
from web.access import signed_in
from web.cases.acting import Trouble, attempt, filled, typed
from web.cases.due import due_of
from web.cases.whereabouts import back_to
from web.dossiers.act_page import Opened, act_page, not_here, opened
from web.dossiers.paper_list import paper_name
from web.language import language, say
from web.rendering import see_other
from workflow.dossiers.reading import NominationView

BLANK = {"verdict": "", "award": "", "reason": ""}

router = APIRouter(include_in_schema=False)


@router.get("/dossiers/{ref}/appraisal")
@signed_in
async def appraisal(request: Request, ref: str, n: str = "", view: str = "") -> Response:
    """The sheet of one nomination, or the table of all."""
    desk = opened(request, ref, "judge")
    if desk.weighed is None or not desk.view.case.standing():
        return not_here(request, desk)
    return _table(request, desk) if view == "table" else _sheet(request, desk, n)


@router.post("/dossiers/{ref}/appraisal")
@signed_in
async def judge(request: Request, ref: str) -> Response:
    """One verdict, then the next nomination."""
    form = await request.form()
    row = verdict_of(form)
    done = attempt(request, "judge", ref, form, {"verdicts": [row]})
    desk = opened(request, ref, "judge")
    if isinstance(done, Trouble):
        return _sheet(request, desk, typed(form, "nomination"), done, row, typed(form, "version"))
    return _next(request, desk, row)


@router.post("/dossiers/{ref}/appraisal/table")
@signed_in
async def judge_several(request: Request, ref: str) -> Response:
    """One verdict on every ticked nomination."""
    form = await request.form()
    ticked = [value for value in form.getlist("nomination") if isinstance(value, str)]
    said = {name: value for name, value in verdict_of(form).items() if name != "nomination"}
    rows = [{"nomination": id_, **said} for id_ in ticked]
    done = attempt(request, "judge", ref, form, {"verdicts": rows})
    desk = opened(request, ref, "judge")
    if isinstance(done, Trouble):
        return _table(
            request, desk, of_all(done), {**said, "ticked": ticked, "version": typed(form, "version")}
        )
    said_so = say(language(request), "Đã ghi ý kiến về %(n)s trường hợp.", n=len(rows))
    if list(desk.view.case.unjudged(_office(desk))):
        return see_other(request, f"/dossiers/{ref}/appraisal?view=table", said_so)
    return back_to(request, ref, said_so)


def verdict_of(form: FormData) -> dict[str, str]:
    """One row of the act's form; an award left chosen counts only where a lower one is proposed."""
    verdict = typed(form, "verdicts.0.verdict")
    award = typed(form, "verdicts.0.award") if verdict == "lower_award" else ""
    return filled(
        {
            "nomination": typed(form, "nomination"),
            "verdict": verdict,
            "award": award,
            "reason": typed(form, "verdicts.0.reason"),
        }
    )


def of_all(trouble: Trouble) -> Trouble:
    """The same trouble with each row's message told once, at the one field all rows share."""
    fields: dict[str, str] = {}
    for path, message in trouble.fields.items():
        fields.setdefault(f"verdicts.0.{path.rpartition('.')[2]}" if "." in path else path, message)
    return replace(trouble, fields=fields)


def _next(request: Request, desk: Opened, row: Mapping[str, str]) -> Response:
    """The next nomination without an opinion, or the dossier once there is none."""
    lang, case = language(request), desk.view.case
    left = list(case.unjudged(_office(desk)))
    name = desk.view.names[row["nomination"]]
    verdict = label("verdict", row["verdict"], lang)
    if not left:
        said = say(lang, "Đã có ý kiến về đủ %(n)s trường hợp.", n=len(case.standing()))
        return back_to(request, desk.ref, said)
    order = [n.id for n in standing(desk)]
    place = order.index(row["nomination"])
    after = next(id_ for id_ in [*order[place + 1 :], *order] if id_ in left)
    said = say(
        lang, "Đã ghi: %(name)s, %(verdict)s. Còn %(n)s trường hợp.", name=name, verdict=verdict, n=len(left)
    )
    return see_other(request, f"/dossiers/{desk.ref}/appraisal?n={after}", said)


def standing(desk: Opened) -> list[NominationView]:
    """What is still to be judged, in the dossier's order."""
    return [n for n in desk.view.nominations if n.facts.stands]


def _office(desk: Opened) -> str:
    return OFFICE_AT.get(desk.view.case.station, "")


def _sheet(
    request: Request,
    desk: Opened,
    wanted: str,
    trouble: Trouble | None = None,
    row: Mapping[str, str] | None = None,
    version: str = "",
) -> Response:
    office, people = _office(desk), standing(desk)
    if not people or not office:
        return not_here(request, desk)
    first = next((n for n in people if office not in n.opinions), people[0])
    chosen = next((n for n in people if n.id == wanted), first)
    award = AWARDS[chosen.facts.award]
    given = chosen.opinions.get(office)
    own_papers = [p for p in desk.view.papers if p.nomination_id in (None, chosen.id) and not p.replaced_by]
    before = {"verdict": given.verdict, "award": given.award, "reason": given.reason} if given else {}
    return act_page(
        request,
        "appraisal/sheet.html",
        desk,
        trouble,
        version=version or desk.view.record.version,
        chosen=chosen,
        award=award,
        conditions=conditions(award, chosen.facts.subject_type, desk.view.definition.regime),
        lower=_lower(desk, chosen),
        decider=AUTHORITIES[_decider(desk, award.code)],
        typed=BLANK | (before if row is None else dict(row)),
        earlier=[(o, v) for o, v in chosen.opinions.items() if o != office],
        own_papers=own_papers,
        papers_named={p.type: paper_name(p.type, language(request)) for p in own_papers},
        others_wait=any(office not in n.opinions for n in people if n.id != chosen.id),
        **_progress(request, desk, people),
    )


def _table(
    request: Request, desk: Opened, trouble: Trouble | None = None, given: Mapping[str, Any] | None = None
) -> Response:
    people = standing(desk)
    if not people or not _office(desk):
        return not_here(request, desk)
    known = dict(given or {})
    return act_page(
        request,
        "appraisal/table.html",
        desk,
        trouble,
        version=known.get("version") or desk.view.record.version,
        typed=BLANK | known,
        ticked=known.get("ticked", []),
        **_progress(request, desk, people),
    )


def _progress(request: Request, desk: Opened, people: list[NominationView]) -> dict[str, Any]:
    office = _office(desk)
    return {
        "office": office,
        "awards": AWARDS,
        "people": sorted(people, key=lambda n: office in n.opinions),
        "judged": sum(office in n.opinions for n in people),
        "due": due_of(desk.view.case, desk.view.left, language(request)),
    }


def conditions(award: Award, subject_type: str, regime: str) -> list[Condition]:
    """The award's conditions for this kind of subject in this regime, for reading."""
    return [c for c in award.conditions if regime in c.regimes and c.subject in ("any", subject_type)]


def _decider(desk: Opened, code: str) -> str:
    return route_of(code, desk.view.unit.kind, desk.view.definition.regime).decider


def _lower(desk: Opened, nomination: NominationView) -> list[Award]:
    """Lower awards that go the same way; another way would need a dossier of its own."""
    kind, regime, facts = desk.view.unit.kind, desk.view.definition.regime, nomination.facts
    way = route_of(facts.award, kind, regime).kind
    found = lower_awards(facts.award, facts.subject_type, regime)
    return [AWARDS[code] for code in found if route_of(code, kind, regime).kind == way]
