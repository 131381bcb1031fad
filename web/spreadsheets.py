"""Lists leave the pages as Excel workbooks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from fastapi.responses import Response

if TYPE_CHECKING:
    from xlsxwriter import Workbook

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What units typed stays text: no formula, no link, no number comes of it.
PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}
WIDEST = 48

Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: lines above the table, its head, its rows; numbers stay numbers, days days."""

    name: str
    above: Sequence[str]
    head: Sequence[str]
    rows: Sequence[Sequence[Value]]


def workbook(name: str, sheets: Sequence[Sheet]) -> Response:
    """A download called ``name`` (without ending)."""
    # Some 4 MB in every process that loads it; many never write a workbook.
    from xlsxwriter import Workbook

    held = BytesIO()
    with Workbook(held, PLAIN) as book:
        for sheet in sheets:
            _write(book, sheet)
    disposition = f'attachment; filename="{name}.xlsx"'
    return Response(held.getvalue(), media_type=MEDIA, headers={"Content-Disposition": disposition})


def _write(book: "Workbook", sheet: Sheet) -> None:
    bold, day = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"num_format": "dd/mm/yyyy"}),
    )
    written = book.add_worksheet(sheet.name)
    for place, line in enumerate(sheet.above):
        written.write_string(place, 0, line, bold if place == 0 else None)
    top = len(sheet.above) + bool(sheet.above)
    for column, words in enumerate(sheet.head):
        written.write_string(top, column, words, bold)
        width = max([len(words), *(len(str(row[column] or "")) for row in sheet.rows)])
        written.set_column(column, column, min(WIDEST, width + 2))
    for place, row in enumerate(sheet.rows, top + 1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                written.write_datetime(place, column, value, day)
            elif isinstance(value, int):
                written.write_number(place, column, value)
            elif value:
                written.write_string(place, column, value)
    written.freeze_panes(top + 1, 1)
    if sheet.rows:
        written.autofilter(top, 0, top + len(sheet.rows), len(sheet.head) - 1)
