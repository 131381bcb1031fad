"""The award register: searched, narrowed, added up, taken away as a workbook."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from db import register as table
from db.register import STATUSES, Wanted
from db.text import fold
from db.units import Unit, all_units
from states import labels
from states.awards import AWARDS
from states.labels import Lang
from states.register.line import RegisterEntry
from web import cursors
from web.access import signed_in, viewer
from web.award_names import award_name, award_short
from web.cases.list_filters import units_to_choose
from web.cases.rows import period_name
from web.language import language, say
from web.paging import AT_ONCE, address, plain
from web.register.words import Line, line_of, money
from web.rendering import page
from web.site import site
from web.spreadsheets import Sheet, Value, workbook
from workflow.auditing import views
from workflow.register import reading as register_reading
from workflow.sight import scope_of

MOST = 20_000
"""Lines in one workbook; more is narrowed first."""
Year = Annotated[str, Query(max_length=4)]

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader looks for, as typed."""

    q: str = ""
    year: str = ""
    award: str = ""
    unit: str = ""
    status: str = ""

    @property
    def wanted(self) -> Wanted:
        """The same for the register."""
        year = int(self.year) if self.year.isascii() and self.year.isdecimal() else None
        found = (self.award or None, self.unit or None, self.status or None)
        return Wanted(year if year and 1990 <= year <= 2100 else None, *found, fold(self.q) or None)

    @property
    def named(self) -> dict[str, str]:
        """The same for an address."""
        return {"q": self.q, "year": self.year, "award": self.award, "unit": self.unit, "status": self.status}


@router.get("/register")
@signed_in
async def register(
    request: Request,
    q: str = "",
    year: Year = "",
    award: str = "",
    unit: str = "",
    status: str = "",
    after: str | None = None,
) -> Response:
    """What the reader may see, newest first, with how many awards stand and what they paid."""
    asked = Asked(plain(q), plain(year), plain(award), plain(unit), plain(status))
    lang, scope = language(request), viewer(request).scope
    with site(request).engine.database.reading() as conn:
        units = all_units(conn)
        place = cursors.day_place(after)
        found = register_reading.listing(conn, scope, asked.wanted, after=place, limit=AT_ONCE)
        years = table.years(conn, scope)
    more = cursors.written(found.more)
    return page(
        request,
        "register/register.html",
        rows=[line_of(entry, units, lang) for entry in found.lines],
        asked=asked,
        narrowed=asked != Asked(),
        years=[(str(one), str(one)) for one in years],
        awards=sorted(((code, award_short(code, lang)) for code in AWARDS), key=lambda one: fold(one[1])),
        units=units_to_choose(units, scope.units, bool(scope.bodies), lang),
        statuses=[(code, labels.label("register_status", code, lang)) for code in STATUSES],
        totals=found.totals,
        bonus=money(found.totals.bonus),
        export_href=address("/register.xlsx", **asked.named),
        next_href=address("/register", **asked.named, after=more) if more else "",
    )


@router.get("/register.xlsx")
@signed_in
async def register_workbook(
    request: Request, q: str = "", year: Year = "", award: str = "", unit: str = "", status: str = ""
) -> Response:
    """The lines sought; that they were taken away is noted for the auditors."""
    asked = Asked(plain(q), plain(year), plain(award), plain(unit), plain(status))
    engine, lang, reader = site(request).engine, language(request), viewer(request)
    with engine.database.reading() as conn:
        units = all_units(conn)
        found = register_reading.listing(conn, scope_of(reader.actor), asked.wanted, after=None, limit=MOST)
    views.register_taken(
        engine, reader.actor, f"register: {request.url.query}"[:400], request.state.request_id
    )
    today = engine.today()
    above = [
        say(lang, "Sổ khen thưởng"),
        say(lang, "Tính đến ngày %(day)s", day=f"{today:%d/%m/%Y}"),
        say(
            lang,
            "%(n)s dòng, %(standing)s còn hiệu lực, tổng tiền thưởng %(bonus)s đồng",
            n=found.totals.lines,
            standing=found.totals.standing,
            bonus=money(found.totals.bonus),
        ),
    ]
    if found.more:
        above.append(say(lang, "Chỉ có %(n)s dòng đầu; thu hẹp điều kiện lọc để tải hết.", n=MOST))
    rows = [_row(entry, units, lang) for entry in found.lines]
    sheet = Sheet(say(lang, "Sổ khen thưởng"), above, _head(lang), rows)
    return workbook(f"so-khen-thuong-{today:%Y%m%d}", [sheet])


def _head(lang: Lang) -> list[str]:
    return [
        say(lang, "Số quyết định"),
        say(lang, "Ngày quyết định"),
        say(lang, "Người quyết định"),
        say(lang, "Họ tên, tập thể"),
        say(lang, "Loại đối tượng"),
        say(lang, "Đơn vị"),
        say(lang, "Danh hiệu, hình thức"),
        say(lang, "Kỳ xét"),
        say(lang, "Mức lương cơ sở"),
        say(lang, "Hệ số"),
        say(lang, "Tiền thưởng (đồng)"),
        say(lang, "Tình trạng"),
        say(lang, "Hồ sơ"),
    ]


def _row(entry: RegisterEntry, units: dict[str, Unit], lang: Lang) -> list[Value]:
    shown: Line = line_of(entry, units, lang)
    said: list[Any] = [entry.decision_no, entry.decided_on, shown.authority, entry.name]
    said += [shown.subject_type, shown.unit, award_name(entry.award, lang), period_name(entry.period, lang)]
    said += [entry.base_salary, entry.multiplier, entry.bonus, shown.status_label, entry.ref]
    return said
