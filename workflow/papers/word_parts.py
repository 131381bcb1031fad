"""The pieces of a Word file: lines, rules, tables, the page's number."""

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as Align
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from workflow.papers.official_paper import MARGINS, Table

__all__ = [
    "FONT",
    "SIZE",
    "Align",
    "Place",
    "line",
    "page_number_above",
    "rule_below",
    "ruled_table",
    "two_columns",
    "words",
]

FONT = "Times New Roman"
SIZE = 14
INDENT = 10
"""Millimetres by which the first line of a paragraph stands in."""
LINE = 210 - MARGINS["left"] - MARGINS["right"]
"""Millimetres of a line."""
TABLE_SIZE = 12

Place = Document | _Cell


def line(
    where: Place, align: Align, *, above: int = 0, below: int = 0, first: bool = False, held: bool = False
) -> Paragraph:
    """A new paragraph; spaces in points, ``held`` keeps it on the page of the next one."""
    found = _first_of(where) or where.add_paragraph()
    form = found.paragraph_format
    if align is not Align.LEFT:
        form.alignment = align
    if above:
        form.space_before = Pt(above)
    if below:
        form.space_after = Pt(below)
    if held:
        form.keep_with_next = True
    if first:
        form.first_line_indent = Mm(INDENT)
    return found


def words(where: Paragraph, text: str, *, size: int = SIZE, bold: bool = False, italic: bool = False) -> None:
    """Add text to a paragraph; sizes in points."""
    run = where.add_run(text)
    # Only what differs from the style that holds throughout: each setting is looked up in the tree.
    if size != SIZE:
        run.font.size = Pt(size)
    if bold:
        run.bold = True
    if italic:
        run.italic = True


def rule_below(where: Paragraph, length: int) -> None:
    """A drawn rule of so many millimetres, centred in its column."""
    words(where, "", size=4)
    width = _width_of(where)
    form = where.paragraph_format
    form.left_indent = form.right_indent = Mm(max(0, (width - length) // 2))
    form.space_after, form.line_spacing = Pt(4), Pt(3)
    borders, edge = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in {"val": "single", "sz": "6", "space": "1", "color": "000000"}.items():
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    properties = where._p.get_or_add_pPr()
    properties.insert_element_before(borders, *_AFTER_BORDERS)


def two_columns(document: Document, widths: tuple[int, int]) -> tuple[_Cell, _Cell]:
    """Two columns without rules; widths in millimetres."""
    table = document.add_table(rows=1, cols=2)
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    cells = table.rows[0].cells
    for cell, width in zip(cells, widths, strict=True):
        cell.width = Mm(width)
    return cells[0], cells[1]


def ruled_table(document: Document, block: Table) -> None:
    """A table with all its rules; its head is repeated on every page, no row is torn apart."""
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.head), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    whole = sum(block.widths)
    widths = [Mm(LINE * width / whole) for width in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for place, (row, texts) in enumerate(zip(table.rows, (block.head, *block.rows), strict=True)):
        for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[number]
            align = Align.CENTER if not place or number in block.centred else Align.LEFT
            words(line(cell, align), text, size=TABLE_SIZE, bold=not place)
        kept = row._tr.get_or_add_trPr()
        kept.append(OxmlElement("w:cantSplit"))
        if not place:
            kept.append(OxmlElement("w:tblHeader"))
    line(document, Align.LEFT)


def page_number_above(section: Section) -> None:
    """The number of the page, centred above; the first page shows none."""
    where = section.header.paragraphs[0]
    where.alignment = Align.CENTER
    run = where.add_run()
    run.font.name, run.font.size = FONT, Pt(13)
    for kind in ("begin", "", "end"):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = "PAGE"
        run._r.append(mark)


def _first_of(where: Place) -> Paragraph | None:
    """The empty paragraph every cell is born with, until it is used."""
    if not isinstance(where, _Cell) or len(where.paragraphs) > 1:
        return None
    only = where.paragraphs[0]
    return None if only.runs else only


def _width_of(where: Paragraph) -> int:
    parent = where._parent
    return round(parent.width.mm) if isinstance(parent, _Cell) and parent.width else LINE


_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct", "w:topLinePunct",
    "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
)  # fmt: skip
"""What the schema puts after a paragraph's borders."""
