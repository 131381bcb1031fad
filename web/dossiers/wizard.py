"""The wizard shows a proposal: its form, its findings, what may be chosen."""

from datetime import date, datetime
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from db.units import Unit
from states.award_shapes import SUBJECT_TYPES
from states.awards import AWARDS, KINDS, PAPERS
from states.labels import Lang, label
from states.periods import SCHOOL_YEAR_BEGINS, Period, PeriodError
from web.access import viewer
from web.cases.acting import Trouble, fresh_key
from web.dossiers.proposal import Proposal, Row, from_form
from web.dossiers.proposal_checks import Ground, checked, offered
from web.language import language
from web.rendering import fragment, page
from web.site import site
from workflow import scratch
from workflow.engine import ZONE
from workflow.year.windows import ClosedWindow, closed_window


def ground_of(request: Request, unit_kind: str, regime: str, **more: Any) -> Ground:
    """Where the proposal is made, for the reader."""
    return Ground(unit_kind, regime, site(request).engine.today(), language(request), **more)


def window_of(request: Request, unit: Unit, kind: str, period: str) -> ClosedWindow | None:
    """The window for what a unit proposes, once it has closed; what is no period has none."""
    engine = site(request).engine
    try:
        Period.parse(period)
    except PeriodError:
        return None
    with engine.database.reading() as conn:
        return closed_window(conn, body=unit.body, kind=kind, period=period, today=engine.today())


def shown(proposal: Proposal, ground: Ground, trouble: Trouble | None = None) -> dict[str, Any]:
    """What the form and its findings need; lines of a refused form keep the act's own messages."""
    placed = proposal.placed(trouble) if trouble else None
    return {
        "proposal": proposal,
        "checks": checked(proposal, ground),
        "offered": offered(proposal.kind, ground),
        "awards": AWARDS,
        "blank": Row(),
        "papers_named": {code: paper.name(ground.lang) for code, paper in PAPERS.items()},
        "kinds": KINDS,
        "subject_types": [(code, label("subject_type", code, ground.lang)) for code in SUBJECT_TYPES],
        "periods": periods(ground.today, proposal.period, ground.lang),
        "trouble": placed,
        "errors": placed.fields if placed else {},
    }


def wizard(
    request: Request, proposal: Proposal, ground: Ground, trouble: Trouble | None, **more: Any
) -> Response:
    """The whole page."""
    status = trouble.status if trouble else 200
    context = (
        shown(proposal, ground, trouble)
        | {"key": fresh_key(), "reasons": (), "flags": (), "left": None}
        | more
    )
    return page(request, "drafting/wizard.html", status=status, **context)


def part(request: Request, block: str, proposal: Proposal, ground: Ground, **more: Any) -> Response:
    """One part of the page as the typed form makes it."""
    return fragment(request, "drafting/parts.html", block, **(shown(proposal, ground) | more))


def kept_form(request: Request, form: str) -> tuple[Proposal, datetime] | None:
    """What this account typed before and did not save, with when."""
    with site(request).engine.database.reading() as conn:
        found = scratch.kept(conn, viewer(request).account_id, form)
    return (from_form(FormData(dict(found.fields))), found.at.astimezone(ZONE)) if found else None


def forget(request: Request, form: str) -> None:
    """What was typed is saved; nothing is left to bring back."""
    scratch.forget(site(request).engine, viewer(request).account_id, form)


def periods(today: date, chosen: str, lang: Lang) -> list[tuple[str, str]]:
    """The periods a dossier is likely to be about, the present and the last ones; the chosen one with them."""
    year = today.year
    begins = year if today.month >= SCHOOL_YEAR_BEGINS else year - 1
    likely = [
        *(Period("school_year", begins - back) for back in (0, 1)),
        *(Period("year", year - back) for back in (0, 1)),
        *(Period("quarter", year, part) for part in (1, 2, 3, 4)),
        *(Period("half", year, part) for part in (1, 2)),
    ]
    options = {str(period): period.label(lang) for period in likely}
    if chosen and chosen not in options:
        options[chosen] = _worded(chosen, lang)
    return list(options.items())


def _worded(period: str, lang: Lang) -> str:
    try:
        return Period.parse(period).label(lang)
    except PeriodError:
        return period
