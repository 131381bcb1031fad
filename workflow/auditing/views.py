"""Looks at personal data are written down for the auditors."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.exc import OperationalError

from db import cases, packages, view_log
from db.cases import CaseRecord
from db.view_log import View
from states.decide import Actor
from workflow.auditing.reach import audited
from workflow.engine import Engine
from workflow.loading import could_be_a_ref
from workflow.packages.receiving import bodies_of
from workflow.sight import only_as_its_unit, scope_of, sees

ONE_LOOK = timedelta(minutes=10)
"""So long the same page of the same dossier, opened again, is still the same look."""

log = logging.getLogger("khenthuong.views")


def dossier_viewed(engine: Engine, actor: Actor, ref: str, what: str, request_id: str) -> None:
    """Note that somebody looked at a dossier; its own unit may look as often as it likes."""
    since = engine.now() - ONE_LOOK
    with engine.database.reading() as conn:
        record = cases.load(conn, ref) if could_be_a_ref(ref) else None
        if record is None or not _outside(actor, record):
            return
        if view_log.seen_since(conn, actor.account, record.id, what, since):
            return
    _write(engine, _of_case(engine, actor, record, what, "", request_id))


def paper_fetched(engine: Engine, actor: Actor, paper_id: str, request_id: str) -> None:
    """Note that somebody took a paper away; every time counts."""
    with engine.database.reading() as conn:
        record = view_log.case_of_paper(conn, scope_of(actor), paper_id)
    if record is not None and _outside(actor, record):
        _write(engine, _of_case(engine, actor, record, "paper", paper_id, request_id))


def case_taken(engine: Engine, actor: Actor, ref: str, about: str, request_id: str) -> None:
    """Note that somebody took a file made of a dossier away; every time counts."""
    with engine.database.reading() as conn:
        record = cases.load(conn, ref) if could_be_a_ref(ref) else None
    if record is not None and _outside(actor, record):
        _write(engine, _of_case(engine, actor, record, "export", about, request_id))


def package_read(engine: Engine, actor: Actor, package_id: str, name: str, request_id: str) -> None:
    """Note that somebody read a received package or took a file of it; ``name`` is empty for its page."""
    with engine.database.reading() as conn:
        found = packages.find(conn, bodies_of(actor), package_id)
    if found is None:
        return
    about, body = f"package:{found[0].sha256[:12]} {name}".strip(), found[0].body or min(bodies_of(actor))
    look = View(
        engine.source.new_id(),
        *(actor.account, actor.person, body),
        None,
        "",
        "export",
        about,
        engine.now(),
        request_id,
    )
    _write(engine, look)


def exported(engine: Engine, actor: Actor, about: str, request_id: str) -> None:
    """Note that an auditor took the history away, for each body it is about."""
    _taken(engine, actor, sorted(audited(actor).bodies), about, request_id)


def register_taken(engine: Engine, actor: Actor, about: str, request_id: str) -> None:
    """Note that somebody of a body took lines of the register away; a unit may take its own as often as it likes."""
    _taken(engine, actor, sorted(scope_of(actor).bodies), about, request_id)


def _taken(engine: Engine, actor: Actor, bodies: Sequence[str], about: str, request_id: str) -> None:
    at, source = engine.now(), engine.source
    who = (actor.account, actor.person)
    looks = [View(source.new_id(), *who, body, None, "", "export", about, at, request_id) for body in bodies]
    _write(engine, *looks)


def _outside(actor: Actor, record: CaseRecord) -> bool:
    return sees(actor, record) and not only_as_its_unit(actor, record)


def _of_case(
    engine: Engine, actor: Actor, record: CaseRecord, what: str, about: str, request_id: str
) -> View:
    return View(
        id=engine.source.new_id(),
        account_id=actor.account,
        person_id=actor.person,
        body=record.body,
        case_id=record.id,
        ref=record.ref,
        what=what,
        about=about,
        at=engine.now(),
        request_id=request_id,
    )


def _write(engine: Engine, *looks: View) -> None:
    try:
        with engine.database.transaction() as conn:
            for look in looks:
                view_log.insert(conn, look)
    except OperationalError:
        # A disk that is full or busy must not lock readers out; what was missed is in the server's log.
        log.exception("not written down: %s", [(look.account_id, look.what, look.ref) for look in looks])
