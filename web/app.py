"""The door is put together: pages, API."""

import logging
from dataclasses import replace

from fastapi import APIRouter, Depends, FastAPI
from starlette.middleware import Middleware

from web import account, deadlines, errors, health, signin
from web.access import declared, enforce, public
from web.api import version1 as api
from web.assets import Static
from web.audit import (
    desk as audit,
)
from web.audit import (
    export as audit_export,
)
from web.audit import (
    file as audit_file,
)
from web.audit import (
    register as audit_register,
)
from web.audit import (
    times as audit_times,
)
from web.audit import (
    verify as audit_verify,
)
from web.cases import acts as case_acts
from web.council import council_acts, councils, fairness
from web.demo import clock as demo_clock
from web.demo import mail as demo_mail
from web.dossiers import (
    acts as dossier_acts,
)
from web.dossiers import (
    amending,
    appraisal,
    autosave,
    council_vote,
    decision,
    drafting,
    papers,
    submission,
)
from web.dossiers import (
    pages as dossiers,
)
from web.history import pages as history_pages
from web.inbox import page as inbox
from web.limits import Buckets
from web.notices import calendar_feed, deliveries
from web.notices import choices as notice_choices
from web.notices import page as notices
from web.obligations import (
    files as obligation_files,
)
from web.obligations import (
    packs,
    report_list,
)
from web.obligations import (
    page as obligations,
)
from web.obligations import (
    report_page as reports,
)
from web.obligations import (
    summary as obligation_summary,
)
from web.papers import changes as change_papers
from web.papers import official as official_papers
from web.papers import packages, received
from web.process import compare as process_compare
from web.process import page as process
from web.register import (
    cases as register_cases,
)
from web.register import (
    entry as register_entry,
)
from web.register import (
    forms as register_forms,
)
from web.register import (
    search as register,
)
from web.security import Envelope
from web.sessions import (
    acts as session_acts,
)
from web.sessions import (
    listed as sessions,
)
from web.sessions import (
    minutes as session_minutes,
)
from web.sessions import (
    packet as session_packet,
)
from web.sessions import (
    page as session_pages,
)
from web.signing import progress as signing_progress
from web.signing import queue as signing
from web.signing import sheet as signing_sheet
from web.site import Site
from web.year import overview as year
from web.year import plan_edit, plan_items, plan_next, working_calendar
from workflow.batches.runner import Runner
from workflow.demo.moves import Mover
from workflow.engine import Engine, real_now
from workflow.packages.limits import limits_of
from workflow.people.identity import Clock
from workflow.people.passwords import Passwords
from workflow.settings import Settings

ROUTERS = (
    # What is opened all day comes first: every request asks one router after the other.
    inbox.router,
    # Before any page of one dossier: "new" would be taken for its reference.
    drafting.router,
    dossiers.router,
    history_pages.router,
    appraisal.router,
    papers.router,
    autosave.router,
    dossier_acts.router,
    amending.router,
    council_vote.router,
    decision.router,
    submission.router,
    official_papers.router,
    change_papers.router,
    packages.router,
    signing.router,
    signing_sheet.router,
    signing_progress.router,
    notices.router,
    deadlines.router,
    # Before the page of one correction, which would take a calendar's secret for a reference.
    calendar_feed.router,
    working_calendar.router,
    api.router,
    health.router,
    signin.router,
    account.router,
    process.router,
    process_compare.router,
    demo_clock.router,
    report_list.router,
    reports.router,
    packs.router,
    plan_items.router,
    year.router,
    plan_edit.router,
    plan_next.router,
    obligations.router,
    obligation_files.router,
    obligation_summary.router,
    register.router,
    # Before the page of one act, which would take revising a draft for one of its own.
    register_forms.router,
    register_entry.router,
    register_cases.router,
    # Before the pages of one session, one council: "new" would be taken for a reference.
    sessions.router,
    session_pages.router,
    session_minutes.router,
    session_acts.router,
    session_packet.router,
    fairness.router,
    councils.router,
    council_acts.router,
    case_acts.router,
    received.router,
    audit.router,
    audit_register.router,
    audit_times.router,
    audit_verify.router,
    audit_export.router,
    audit_file.router,
    deliveries.router,
    notice_choices.router,
    demo_mail.router,
)

CHECKED = APIRouter(dependencies=[Depends(enforce)])
"""Every shipped route behind the one check; all applications share them, because building routes is slow."""

for _router in ROUTERS:
    CHECKED.include_router(_router)

# A demonstration is measured and played with by programs; nobody there is to be slowed down.
DEMO_PATIENCE = 100

log = logging.getLogger("khenthuong.web")


def create_app(
    engine: Engine,
    settings: Settings,
    *,
    passwords: Passwords | None = None,
    clock: Clock = real_now,
    more_routers: tuple[APIRouter, ...] = (),
) -> FastAPI:
    """The application of one installation; ``clock`` is security time.

    Raises:
        UndeclaredRoute: a route does not say who may open it.
    """
    app = FastAPI(
        title="Khen Thưởng",
        version="1",
        middleware=[
            Middleware(
                Envelope,
                secure=settings.secure,
                broken=errors.broken,
                largest={"/received": limits_of(settings).size},
            )
        ],
        openapi_url=None,
        redirect_slashes=False,
    )
    errors.install(app)
    app.router.routes.extend(CHECKED.routes)
    for router in more_routers:
        app.include_router(router, dependencies=[Depends(enforce)])
    app.mount("/static", public(Static()))
    site = _site(engine, settings, passwords or Passwords(), clock)
    app.state.site = replace(site, paths=declared(app.routes))
    if not settings.secure:
        log.warning(
            "%s is not https: passwords and cookies cross the network in the clear", settings.public_origin
        )
    return app


def _site(engine: Engine, settings: Settings, passwords: Passwords, clock: Clock) -> Site:
    times = DEMO_PATIENCE if settings.demo else 1
    return Site(
        engine=engine,
        settings=settings,
        passwords=passwords,
        clock=clock,
        writes=Buckets(times * settings.writes_per_minute),
        reads=Buckets(times * settings.reads_per_minute),
        sign_ins=Buckets(times * settings.sign_ins_per_minute),
        paths=frozenset(),
        mover=Mover(engine, settings),
        runner=Runner(engine),
    )
