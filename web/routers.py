"""Every router there is, in the order requests ask them."""

from fastapi import APIRouter, Depends

import web.account
import web.api.version1
import web.audit.desk
import web.audit.export
import web.audit.file
import web.audit.register
import web.audit.times
import web.audit.verify
import web.cases.acts
import web.council.council_acts
import web.council.councils
import web.council.fairness
import web.deadlines
import web.demo.clock
import web.demo.mail
import web.dossiers.acts
import web.dossiers.amending
import web.dossiers.appraisal
import web.dossiers.autosave
import web.dossiers.council_vote
import web.dossiers.decision
import web.dossiers.drafting
import web.dossiers.pages
import web.dossiers.papers
import web.dossiers.submission
import web.health
import web.history.pages
import web.inbox.page
import web.notices.calendar_feed
import web.notices.choices
import web.notices.deliveries
import web.notices.page
import web.obligations.files
import web.obligations.packs
import web.obligations.page
import web.obligations.report_list
import web.obligations.report_page
import web.obligations.summary
import web.papers.changes
import web.papers.official
import web.papers.packages
import web.papers.received
import web.process.compare
import web.process.page
import web.register.cases
import web.register.entry
import web.register.forms
import web.register.search
import web.sessions.acts
import web.sessions.listed
import web.sessions.minutes
import web.sessions.packet
import web.sessions.page
import web.signin
import web.signing.progress
import web.signing.queue
import web.signing.sheet
import web.year.overview
import web.year.plan_edit
import web.year.plan_items
import web.year.plan_next
import web.year.working_calendar
from web.access import enforce

ROUTERS = (
    # What is opened all day comes first: every request asks one router after the other.
    web.inbox.page.router,
    # Before any page of one dossier: "new" would be taken for its reference.
    web.dossiers.drafting.router,
    web.dossiers.pages.router,
    web.history.pages.router,
    web.dossiers.appraisal.router,
    web.dossiers.papers.router,
    web.dossiers.autosave.router,
    web.dossiers.acts.router,
    web.dossiers.amending.router,
    web.dossiers.council_vote.router,
    web.dossiers.decision.router,
    web.dossiers.submission.router,
    web.papers.official.router,
    web.papers.changes.router,
    web.papers.packages.router,
    web.signing.queue.router,
    web.signing.sheet.router,
    web.signing.progress.router,
    web.notices.page.router,
    web.deadlines.router,
    # Before the page of one correction, which would take a calendar's secret for a reference.
    web.notices.calendar_feed.router,
    web.year.working_calendar.router,
    web.api.version1.router,
    web.health.router,
    web.signin.router,
    web.account.router,
    web.process.page.router,
    web.process.compare.router,
    web.demo.clock.router,
    web.obligations.report_list.router,
    web.obligations.report_page.router,
    web.obligations.packs.router,
    web.year.plan_items.router,
    web.year.overview.router,
    web.year.plan_edit.router,
    web.year.plan_next.router,
    web.obligations.page.router,
    web.obligations.files.router,
    web.obligations.summary.router,
    web.register.search.router,
    # Before the page of one act, which would take revising a draft for one of its own.
    web.register.forms.router,
    web.register.entry.router,
    web.register.cases.router,
    # Before the pages of one session, one council: "new" would be taken for a reference.
    web.sessions.listed.router,
    web.sessions.page.router,
    web.sessions.minutes.router,
    web.sessions.acts.router,
    web.sessions.packet.router,
    web.council.fairness.router,
    web.council.councils.router,
    web.council.council_acts.router,
    web.cases.acts.router,
    web.papers.received.router,
    web.audit.desk.router,
    web.audit.register.router,
    web.audit.times.router,
    web.audit.verify.router,
    web.audit.export.router,
    web.audit.file.router,
    web.notices.deliveries.router,
    web.notices.choices.router,
    web.demo.mail.router,
)

CHECKED = APIRouter(dependencies=[Depends(enforce)])
"""Every shipped route behind the one check; all applications share them, because building routes is slow."""

for _router in ROUTERS:
    CHECKED.include_router(_router)
