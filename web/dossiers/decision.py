"""The chairman signs the award decision on a page that names everything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from states.awards import AWARDS
from states.labels import Lang, label
from states.register.line import entered
from states.roles import OFFICE_AT
from web.access import signed_in
from web.award_names import award_name
from web.cases.act_objects import cases
from web.cases.acting import Trouble, attempt, filled, typed
from web.cases.whereabouts import back_to
from web.dossiers.act_page import Opened, act_page, not_here, opened
from web.language import language, say
from web.register.words import money
from web.signing.rows import warnings_before
from web.site import site
from workflow.dossiers.decision import decision_number
from workflow.dossiers.reading import NominationView

SPLITS = ("together", "award")

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Planned:
    """One decision as it would be signed: which awards, how many nominations, what is paid as far as it is known."""

    awards: tuple[str, ...]
    count: str
    names: tuple[str, ...]
    paid: str


@router.get("/dossiers/{ref}/decision")
@signed_in
async def decision(request: Request, ref: str) -> Response:
    """Everything the decision would say."""
    desk = opened(request, ref, "award")
    return _decision(request, desk, list(desk.view.case.electable()))


@router.post("/dossiers/{ref}/decision")
@signed_in
async def award(request: Request, ref: str) -> Response:
    """Sign for those named."""
    form, lang = await request.form(), language(request)
    named = [value for value in form.getlist("nomination") if isinstance(value, str)]
    others, split = typed(form, "others_reason"), typed(form, "split") or SPLITS[0]
    if typed(form, "preview"):
        return _decision(request, opened(request, ref, "award"), named, None, others, split=split)
    args = {"nominations": named, **filled({"others_reason": others, "split": split})}
    done = attempt(request, "award", ref, form, args)
    desk = opened(request, ref, "award")
    if isinstance(done, Trouble):
        return _decision(request, desk, named, done, others, typed(form, "version"), split)
    number = ", ".join(decision_number(one.number) for one in desk.view.case.signed)
    said = say(lang, "Đã ký quyết định %(number)s, khen %(n)s trường hợp.", number=number, n=len(named))
    return back_to(request, ref, said)


def _decision(
    request: Request,
    desk: Opened,
    named: list[str],
    trouble: Trouble | None = None,
    others_reason: str = "",
    version: str = "",
    split: str = SPLITS[0],
) -> Response:
    if desk.view.case.station in OFFICE_AT:
        return not_here(request, desk)
    electable = desk.view.case.electable()
    rows = [n for n in desk.view.nominations if n.facts.stands]
    bonuses = _bonuses(desk, rows, site(request).engine.today())
    chosen = [n for n in rows if n.id in electable and n.id in named]
    return act_page(
        request,
        "decision/decision.html",
        desk,
        trouble,
        warnings=warnings_before(request, desk.view.record.ref),
        version=version or desk.view.record.version,
        rows=[n for n in rows if n.id in electable],
        others=[n for n in rows if n.id not in electable],
        named=named,
        split=split,
        splits=[(code, label("split", code, language(request))) for code in SPLITS],
        planned=planned(chosen, split, language(request), bonuses),
        bonuses={id_: money(amount) for id_, amount in bonuses.items()},
        others_reason=others_reason,
        awards=AWARDS,
        year=site(request).engine.today().year,
        opinions={n.id: last_opinion(n, language(request)) for n in rows},
    )


def _bonuses(desk: Opened, rows: Sequence[NominationView], day: date) -> dict[str, int | None]:
    """What would go into the register as paid with each, were it signed today."""
    regime, kind = desk.view.definition.regime, desk.view.unit.kind
    return {
        n.id: entered(n.facts.award, n.facts.subject_type, day=day, regime=regime, unit_kind=kind).bonus
        for n in rows
    }


def planned(
    named: Sequence[NominationView], split: str, lang: Lang, bonuses: Mapping[str, int | None]
) -> list[Planned]:
    """The decisions these would stand in, in the order of their numbers."""
    ordered = sorted(named, key=lambda one: one.facts.position)
    awards = tuple(dict.fromkeys(one.facts.award for one in ordered))
    groups = [(code,) for code in awards] if split == "award" else [awards] * bool(awards)
    inside = [[one for one in ordered if one.facts.award in group] for group in groups]
    return [
        Planned(
            tuple(award_name(code, lang) for code in group),
            cases(len(held), lang),
            tuple(one.name for one in held),
            money(sum(bonuses[one.id] or 0 for one in held)),
        )
        for group, held in zip(groups, inside, strict=True)
    ]


def last_opinion(nomination: NominationView, lang: str) -> str:
    """The verdict of the office that let the nomination go last, in words."""
    said = list(nomination.opinions.values())
    return label("verdict", said[-1].verdict, "vi" if lang == "vi" else "en") if said else ""
