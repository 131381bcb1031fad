"""Before many cases are signed at once, a page names every one with its warnings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from states.labels import validation
from web.access import roles, viewer
from web.cases.acting import filled, fresh_key, typed
from web.language import language, say
from web.paging import plain
from web.rendering import page, see_other
from web.signing.progress import watched
from web.signing.queue import act_title
from web.signing.rows import Row, item_of, rows, tick_of
from web.site import site
from workflow.batches.orders import Batch, Wanted, order, ordered_before
from workflow.batches.signing import MOST, SIGNED_AT, Awaited, awaiting, chosen
from workflow.packages.limits import limits_of
from workflow.packages.sending import with_packages
from workflow.problems import Invalid, KeyReused

LETTER = ("letter_no", "date")

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Sent:
    """What the form says: the act, each case at the version seen, the ticks, the letter or letters."""

    act: str
    seen: Mapping[str, int]
    ticks: frozenset[str]
    letter: Mapping[str, str]
    own_letters: Mapping[str, str]
    key: str
    held_back: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cases of the form as the signer finds them now; ``cases`` can be signed as they were seen."""

    sent: Sent
    found: Mapping[str, Awaited]

    @property
    def cases(self) -> Mapping[str, Awaited]:
        """Those at the version seen against which nothing stands."""
        seen = self.sent.seen
        return {
            ref: one
            for ref, one in self.found.items()
            if one.ready and one.act == self.sent.act and item_of(one) == f"{ref}:{seen[ref]}"
        }

    @property
    def gone(self) -> list[str]:
        """The others."""
        cases = self.cases
        return [ref for ref in self.sent.seen if ref not in cases]

    def unconfirmed(self) -> list[str]:
        """Cases with warnings that were not ticked, or that have other warnings by now."""
        return [
            ref for ref, one in self.cases.items() if one.warnings and tick_of(one) not in self.sent.ticks
        ]


@router.post("/signing/sheet")
@roles("chairman")
async def sheet(request: Request) -> Response:
    """What would be signed; nothing is signed yet."""
    form = await request.form()
    sent = sent_by(form)
    if typed(form, "all"):
        sent = replace(sent, seen=_all(request, sent.act))
    if not sent.seen or sent.act not in SIGNED_AT.values():
        return _nothing_chosen(request)
    return _page(request, _read(request, sent))


@router.post("/signing")
@roles("chairman")
async def sign(request: Request) -> Response:
    """Order what the sheet named; it is then carried out case by case."""
    here, lang = site(request), language(request)
    sent = sent_by(await request.form())
    if sent.act not in SIGNED_AT.values():
        return _nothing_chosen(request)
    before = ordered_before(here.engine, viewer(request).actor, sent.key)
    if before and _same(before, sent):
        return await watched(request, before.record.id)
    read = _read(request, sent)
    left = read.unconfirmed()
    if (left and not sent.held_back) or not read.cases:
        return _page(request, read, unconfirmed=left or read.gone)
    wanted = await run_in_threadpool(_packed, request, read, [_wanted(read, ref) for ref in read.found])
    asked = str(request.state.request_id)
    try:
        id_ = order(here.engine, viewer(request).actor, sent.act, wanted, key=sent.key, request_id=asked)
    except Invalid as wrong:
        # Every case has the same letter: what is wrong with it is told once.
        names = {one.field.rpartition(".")[2]: one for one in wrong.fields}
        return _page(
            request,
            read,
            errors={name: validation(one.type, one.facts, lang) for name, one in names.items()},
        )
    except KeyReused:
        said = say(lang, "Biểu mẫu này đã được gửi với nội dung khác. Kiểm tra lại rồi gửi lần nữa.")
        return _page(request, read, errors={"key": said})
    return await watched(request, id_)


def _nothing_chosen(request: Request) -> Response:
    said = say(language(request), "Chưa chọn hồ sơ nào. Đánh dấu những hồ sơ cần ký.")
    return see_other(request, "/signing", said, "warning")


def sent_by(form: FormData) -> Sent:
    """The form as the queue or the sheet sends it; what is no reference with a version is left out."""
    seen: dict[str, int] = {}
    for value in form.getlist("item"):
        ref, _, version = value.partition(":") if isinstance(value, str) else ("", "", "")
        if ref and version.isascii() and version.isdecimal() and len(version) < 10:
            seen[ref] = int(version)
    own = {ref: number for ref in seen if (number := typed(form, f"letter.{ref}"))}
    return Sent(
        act=typed(form, "act"),
        seen=seen,
        ticks=frozenset(value for value in form.getlist("confirmed") if isinstance(value, str)),
        letter={name: typed(form, name) for name in LETTER},
        own_letters=own,
        key=plain(typed(form, "key")) or fresh_key(),
        held_back=typed(form, "do") == "without_warned",
    )


def _all(request: Request, act: str) -> dict[str, int]:
    """Everything that is ready to be signed by this act."""
    engine = site(request).engine
    with engine.database.reading() as conn:
        found = awaiting(engine, conn, viewer(request).actor)
    return {one.ref: one.record.version for one in found if one.ready and one.act == act}


def _read(request: Request, sent: Sent) -> Sheet:
    engine = site(request).engine
    with engine.database.reading() as conn:
        return Sheet(sent, chosen(engine, conn, viewer(request).actor, list(sent.seen)[:MOST]))


def _wanted(read: Sheet, ref: str) -> Wanted:
    """One case of the order; one that changed since is ordered as it was seen, to be told who changed it."""
    sent, one = read.sent, read.found[ref]
    args: dict[str, Any] = one.args
    if sent.act == "submit_upward":
        own = {"letter_no": sent.own_letters[ref]} if ref in sent.own_letters else {}
        args = filled({**sent.letter, **own})
    return Wanted(ref, sent.seen[ref], args, confirmed=tick_of(one) in sent.ticks)


def _packed(request: Request, read: Sheet, wanted: Sequence[Wanted]) -> Sequence[Wanted]:
    """With the package of its letter, where the order is to submit dossiers upward."""
    if read.sent.act != "submit_upward":
        return wanted
    here, left = site(request), set(read.unconfirmed())
    bodies = {ref: one.case.body for ref, one in read.cases.items() if ref not in left}
    return with_packages(here.engine, viewer(request).actor, wanted, bodies, limits_of(here.settings))


def _same(before: Batch, sent: Sent) -> bool:
    """Whether the form is the one that was ordered, sent once more: the cases are signed by now."""
    items, ticked = before.items, {tick.rpartition(":")[0] for tick in sent.ticks}
    left_out = {item.ref for item in items if item.state == "left_out"}
    versions = {item.ref: item.version for item in items}
    return before.record.act == sent.act and versions == sent.seen and not left_out & ticked


def _page(
    request: Request,
    read: Sheet,
    *,
    unconfirmed: Sequence[str] = (),
    errors: Mapping[str, str] | None = None,
) -> Response:
    engine, lang, sent = site(request).engine, language(request), read.sent
    with engine.database.reading() as conn:
        shown = rows(conn, list(read.cases.values()), lang)
    return page(
        request,
        "signing/sheet.html",
        status=422 if unconfirmed or errors else 200,
        act=sent.act,
        title=act_title(sent.act, lang),
        rows=shown,
        **_counts(shown),
        ticks=sent.ticks,
        unconfirmed=unconfirmed,
        gone=read.gone,
        errors=errors or {},
        key=fresh_key(),
        letter={
            "letter_no": sent.letter["letter_no"],
            "date": sent.letter["date"] or engine.today().isoformat(),
        },
        own_letters=sent.own_letters,
        year=engine.today().year,
    )


def _counts(shown: Sequence[Row]) -> dict[str, int]:
    warned = sum(bool(row.warnings) for row in shown)
    return {
        "nominations": sum(row.count for row in shown),
        "warned": warned,
        "clean": len(shown) - warned,
        "warnings": sum(len(row.warnings) for row in shown),
    }
