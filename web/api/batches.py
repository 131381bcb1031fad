"""One act on many cases at the API, carried out case by case."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Request
from pydantic import Field

from db.batches import ItemRecord
from states.labels import Lang
from web.access import signed_in, viewer
from web.api.acts import Seen
from web.api.batch_shapes import BatchAnswer, Changed, ItemAnswer, Settled, Warned
from web.api.route import ApiRoute, Id, IdempotencyKey
from web.api.shapes import Reason
from web.signing.batch_words import warnings_said, why
from web.signing.progress import SHORT, running
from web.site import site
from workflow.batches.orders import Batch, Wanted, answer_in, found, order
from workflow.batches.signing import MOST
from workflow.fields import Code, Form, Prose
from workflow.packages.sending import refuse_unknown_among

router = APIRouter(route_class=ApiRoute, prefix="/batches")


class BatchItem(Form):
    """One case at the version seen; with warnings it is left out unless ``confirmed`` says they were read."""

    ref: Code
    version: Seen
    args: dict[str, Any] = Field(default_factory=dict)
    reason: Prose | None = None
    confirmed: Annotated[bool, Field(strict=True)] = False


class NewBatch(Form):
    """The same act on several cases."""

    act: Code
    items: list[BatchItem] = Field(min_length=1, max_length=MOST)


@router.post("", status_code=202)
@signed_in
async def begin(request: Request, sent: NewBatch, key: IdempotencyKey) -> BatchAnswer:
    """Keep the order, then carry it out item by item; a repeat under the same key is the same batch."""
    here, reader = site(request), viewer(request)
    wanted = [
        Wanted(one.ref, one.version, one.args, reason=one.reason, confirmed=one.confirmed)
        for one in sent.items
    ]
    refuse_unknown_among(here.engine, wanted)
    asked = str(request.state.request_id)
    id_ = order(here.engine, reader.actor, sent.act, wanted, key=key, request_id=asked)
    return await _set_to_work(request, id_)


@router.get("/{batch}")
@signed_in
async def progress(request: Request, batch: Id) -> BatchAnswer:
    """How far the batch is, with what came of each item."""
    return _answer(request, batch)


@router.post("/{batch}/resume", status_code=202)
@signed_in
async def resume(request: Request, batch: Id) -> BatchAnswer:
    """Go on where it was interrupted; nothing is done twice."""
    return await _set_to_work(request, _mine(request, batch).record.id)


async def _set_to_work(request: Request, batch_id: str) -> BatchAnswer:
    if not _mine(request, batch_id).over:
        await asyncio.to_thread(site(request).runner.start(batch_id).wait, SHORT)
    return _answer(request, batch_id)


def _mine(request: Request, batch_id: str) -> Batch:
    return found(site(request).engine, viewer(request).actor, batch_id)


def _answer(request: Request, batch_id: str) -> BatchAnswer:
    batch, lang = _mine(request, batch_id), viewer(request).lang
    state = "running" if running(site(request), batch) else "interrupted"
    return BatchAnswer(
        id=batch.record.id,
        act=batch.record.act,
        state="finished" if batch.over else state,
        created=batch.record.created_at,
        waiting=batch.count("waiting"),
        done=batch.count("done"),
        refused=batch.count("refused"),
        conflict=batch.count("conflict"),
        left_out=batch.count("left_out"),
        items=[_item(item, lang) for item in batch.items],
    )


def _item(item: ItemRecord, lang: Lang) -> ItemAnswer:
    answer = answer_in(item)
    changed = {name: answer[name] for name in ("by", "at", "station", "version") if item.state == "conflict"}
    settled = {name: answer[name] for name in ("station", "version", "seq") if item.state == "done"}
    return ItemAnswer(
        ref=item.ref,
        version=item.version,
        state=item.state,
        warnings=[Warned(**one) for one in warnings_said(item, lang)],
        reasons=[Reason(**one) for one in why(item, lang)],
        answer=Settled(**settled) if settled else None,
        changed=Changed(**changed) if changed else None,
    )
