"""Everything that awaits a chairman's signature, to be signed together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from db import batches
from db.batches import BatchRecord
from states.labels import Lang, label
from web.access import roles, viewer
from web.language import language, say
from web.rendering import page
from web.signing.rows import Row, rows
from web.site import site
from workflow.batches.signing import MOST, SIGNED_AT, awaiting

RECENT = 5
"""How many of the last batches the page leads back to."""

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one campaign, or of one unit."""

    label: str
    rows: tuple[Row, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Section:
    """All that is signed by the same act, in groups; an empty ``act`` is signed case by case."""

    act: str
    title: str
    groups: tuple[Group, ...]
    count: int
    ready: int
    warned: int


@dataclass(frozen=True, slots=True)
class Recent:
    """A batch ordered lately: how far it is."""

    id: str
    record: BatchRecord
    title: str
    done: int
    waiting: int
    undone: int


@router.get("/signing")
@roles("chairman")
async def queue(request: Request, by: str = "campaign") -> Response:
    """What awaits the reader, by campaign or by unit, with every warning."""
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    unit = by == "unit"
    with engine.database.reading() as conn:
        found = awaiting(engine, conn, reader.actor)
        shown = list(zip([one.act for one in found], rows(conn, found, lang), strict=True))
        last = batches.newest(conn, reader.account_id, limit=RECENT)
        tallies = batches.tallies(conn, [one.id for one in last])
    acts = (*SIGNED_AT.values(), "")
    parts = [_section(act, [row for of, row in shown if of == act], lang, by_unit=unit) for act in acts]
    return page(
        request,
        "signing/queue.html",
        sections=[part for part in parts if part.count],
        count=len(found),
        full=len(found) == MOST,
        sides=[
            ("/signing", say(lang, "Theo đợt xét"), not unit),
            ("/signing?by=unit", say(lang, "Theo đơn vị"), unit),
        ],
        recent=[_recent(one, tallies[one.id], lang) for one in last],
    )


def act_title(act: str, lang: Lang) -> str:
    """What a section of the queue is called."""
    titles = {
        "award": say(lang, "Ký quyết định khen"),
        "submit_upward": say(lang, "Ký tờ trình tỉnh"),
        "": say(lang, "Ký ở trang riêng"),
    }
    return titles.get(act) or label("act", act, lang)


def _section(act: str, found: list[Row], lang: Lang, *, by_unit: bool) -> Section:
    groups: dict[str, list[Row]] = {}
    for row in sorted(found, key=lambda row: (row.campaign, row.unit, row.ref)):
        groups.setdefault(row.unit if by_unit else row.campaign, []).append(row)
    return Section(
        act=act,
        title=act_title(act, lang),
        groups=tuple(
            Group(words, tuple(groups[words]), f"{act}-{place}") for place, words in enumerate(sorted(groups))
        ),
        count=len(found),
        ready=sum(row.ready for row in found),
        warned=_warned(found),
    )


def _warned(found: Iterable[Row]) -> int:
    return sum(bool(row.warnings) for row in found if row.ready)


def _recent(record: BatchRecord, tally: Mapping[str, int], lang: Lang) -> Recent:
    done, waiting = tally.get("done", 0), tally.get("waiting", 0)
    undone = sum(tally.values()) - done - waiting
    return Recent(record.id, record, act_title(record.act, lang), done, waiting, undone)
