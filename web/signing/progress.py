"""A batch as it goes on: how far it is, what came of each case."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from db import cases
from db.batches import ItemRecord
from db.cases import CaseRecord
from states.dossier import Dossier
from states.labels import Lang
from web.access import roles, viewer
from web.api.route import Id
from web.language import language, say
from web.rendering import fragment, page, see_other
from web.signing.batch_words import warnings_said, why
from web.signing.packages import packed_of
from web.signing.queue import act_title
from web.site import Site, site
from workflow.batches.orders import Batch, answer_in, found
from workflow.dossiers.decision import decision_number
from workflow.loading import facts_in

SHORT = 1.5
"""Seconds a small batch is waited for; of a longer one the page shows how far it is."""
NOTHING: Mapping[str, CaseRecord] = {}

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One case of the batch: what came of it, the number it was signed under, why it was not."""

    ref: str
    title: str
    state: str
    said: str
    number: str
    why: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]


@router.get("/signing/{batch}")
@roles("chairman")
async def progress(request: Request, batch: Id) -> Response:
    """How far the batch is, with a result for each case."""
    return page(request, "signing/progress.html", **_seen(request, _mine(request, batch)))


@router.get("/signing/{batch}/progress")
@roles("chairman")
async def moving(request: Request, batch: Id) -> Response:
    """The part that moves; once nobody works on the batch the whole page is asked for."""
    seen = _seen(request, _mine(request, batch))
    if not seen["running"]:
        return HTMLResponse("", headers={"HX-Redirect": f"/signing/{batch}"})
    return fragment(request, "signing/progress.html", "progress", **seen)


@router.post("/signing/{batch}/resume")
@roles("chairman")
async def resume(request: Request, batch: Id) -> Response:
    """Go on where it was interrupted."""
    return await watched(request, _mine(request, batch).record.id)


async def watched(request: Request, batch_id: str) -> Response:
    """Set to work on a batch, then show how far it is."""
    await asyncio.to_thread(site(request).runner.start(batch_id).wait, SHORT)
    return see_other(request, f"/signing/{batch_id}")


def running(here: Site, batch: Batch) -> bool:
    """Whether somebody is at work on what still waits."""
    return not batch.over and here.runner.at_work(batch.record)


def _mine(request: Request, batch_id: str) -> Batch:
    return found(site(request).engine, viewer(request).actor, batch_id)


def _seen(request: Request, batch: Batch) -> dict[str, Any]:
    engine, lang = site(request).engine, language(request)
    moves = running(site(request), batch)
    known = NOTHING
    if not moves:
        with engine.database.reading() as conn:
            known = cases.by_refs(conn, [item.ref for item in batch.items])
    going = len(batch.items) - batch.count("left_out")
    settled = going - batch.count("waiting")
    return {
        "batch": batch.record,
        "title": act_title(batch.record.act, lang),
        "running": moves,
        "over": batch.over,
        "going": going,
        "settled": settled,
        "done": batch.count("done"),
        "undone": batch.count("refused", "conflict"),
        "left_out": batch.count("left_out"),
        "waiting": batch.count("waiting"),
        "percent": 100 * settled // going if going else 100,
        "packed": [] if moves else packed_of(batch),
        "lines": [] if moves else [_line(item, known.get(item.ref), lang) for item in _troubles_first(batch)],
    }


def _troubles_first(batch: Batch) -> list[ItemRecord]:
    order = ("refused", "conflict", "waiting", "left_out", "done")
    return sorted(batch.items, key=lambda item: (order.index(item.state), item.place))


def _line(item: ItemRecord, record: CaseRecord | None, lang: Lang) -> Line:
    return Line(
        ref=item.ref,
        title=record.title if record else "",
        state=item.state,
        said=state_said(item.state, lang),
        number=_number(item, record),
        why=tuple(why(item, lang)),
        warnings=tuple(one["message"] for one in warnings_said(item, lang)),
    )


def _number(item: ItemRecord, record: CaseRecord | None) -> str:
    """The number of the decision this very signature allocated."""
    case = facts_in(record) if record and item.state == "done" else None
    if not isinstance(case, Dossier) or case.decision is None:
        return ""
    settled = {n.settled_seq for n in case.nominations.values() if n.decision_no}
    return decision_number(case.decision.number) if answer_in(item)["seq"] in settled else ""


def state_said(state: str, lang: Lang) -> str:
    """What came of an item, in a word or two."""
    return {
        "waiting": say(lang, "Chưa tới lượt"),
        "done": say(lang, "Đã ký"),
        "refused": say(lang, "Bị từ chối"),
        "conflict": say(lang, "Hồ sơ vừa thay đổi"),
        "left_out": say(lang, "Để lại vì có cảnh báo"),
    }[state]
