"""How an official paper is laid out in Word as Nghị định 30/2020 asks, byte for byte the same every time."""

from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document as new_document
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from workflow.papers.official_paper import (
    MARGINS,
    MOTTO,
    SEEN_TO,
    STATE,
    Annex,
    Article,
    Block,
    OfficialPaper,
    Paragraph,
    Section,
    Table,
)
from workflow.papers.word_parts import (
    FONT,
    SIZE,
    Align,
    Place,
    line,
    page_number_above,
    rule_below,
    ruled_table,
    two_columns,
    words,
)

LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 - Word's own properties know no zone
PACKED = (1980, 1, 1, 0, 0, 0)
"""The time every part of the file carries, so that equal papers are equal files."""


def laid_out(paper: OfficialPaper) -> bytes:
    """The bytes of a ``.docx``; equal descriptions give equal bytes."""
    document = new_document()
    _sheet(document)
    _heading(document, paper)
    _title(document, paper)
    for block in paper.blocks:
        _block(document, block)
    _end(document, paper)
    for annex in paper.annexes:
        _annex(document, annex)
    _properties(document, paper)
    held = BytesIO()
    document.save(held)
    return _settled(held.getvalue())


def _sheet(document: Document) -> None:
    """A4 with the margins, one font throughout, the page's number above from the second page on."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(MARGINS["top"]), Mm(MARGINS["bottom"])
    section.left_margin, section.right_margin = Mm(MARGINS["left"]), Mm(MARGINS["right"])
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    page_number_above(section)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(SIZE)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(0), Pt(0), 1.0
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)


def _heading(document: Document, paper: OfficialPaper) -> None:
    left, right = two_columns(document, (70, 90))
    heading = paper.heading
    for text in filter(None, [heading.superior]):
        words(line(left, Align.CENTER), text, size=13)
    words(line(left, Align.CENTER), heading.body, size=13, bold=True)
    rule_below(line(left, Align.CENTER), 20)
    if heading.numbered:
        words(line(left, Align.CENTER), heading.numbered, size=13)
    words(line(right, Align.CENTER), STATE, size=12, bold=True)
    words(line(right, Align.CENTER), MOTTO, size=13, bold=True)
    rule_below(line(right, Align.CENTER), 48)
    words(line(right, Align.CENTER), heading.dated, size=13, italic=True)


def _title(document: Document, paper: OfficialPaper) -> None:
    words(line(document, Align.CENTER, above=12), paper.type, size=14, bold=True)
    words(line(document, Align.CENTER), paper.abstract, size=14, bold=True)
    rule_below(line(document, Align.CENTER), 24)
    if paper.addressees:
        said = f"Kính gửi: {'; '.join(paper.addressees)}."
        words(line(document, Align.CENTER, above=6, below=6), said)
    if paper.authority:
        words(line(document, Align.CENTER, above=6, below=6), paper.authority, bold=True)
    for basis in paper.cited:
        words(line(document, Align.JUSTIFY, first=True, below=6), basis, italic=True)
    if paper.formula:
        words(line(document, Align.CENTER, above=6, below=6), paper.formula, bold=True)


def _block(document: Document, block: Block) -> None:
    if isinstance(block, Table):
        ruled_table(document, block)
    elif isinstance(block, Section):
        words(line(document, Align.LEFT, first=True, above=6, below=6, held=True), block.text, bold=True)
    elif isinstance(block, Article):
        opened = line(document, Align.JUSTIFY, first=True, below=6)
        words(opened, f"{block.head} ", bold=True)
        words(opened, block.text)
        for text in block.further:
            words(line(document, Align.JUSTIFY, first=True, below=6), text)
    elif isinstance(block, Paragraph):
        words(line(document, Align.JUSTIFY, first=True, below=6), block.text)


def _end(document: Document, paper: OfficialPaper) -> None:
    """One signature stands right of the recipients; two stand side by side, recipients below."""
    line(document, Align.LEFT)
    left, right = two_columns(document, (80, 80))
    columns = [right] if paper.signed_beside else [left, right]
    for column, signature in zip(columns, paper.signatures, strict=True):
        for text in signature.capacity:
            words(line(column, Align.CENTER), text, size=13, bold=True)
        words(line(column, Align.CENTER, above=64), signature.name, size=14, bold=True)
    if paper.recipients:
        _recipients(left if paper.signed_beside else document, paper)


def _recipients(where: Place, paper: OfficialPaper) -> None:
    words(line(where, Align.LEFT), SEEN_TO, size=12, bold=True, italic=True)
    *others, last = paper.recipients
    for text, end in [*((one, ";") for one in others), (last, ".")]:
        words(line(where, Align.LEFT), f"- {text}{end}", size=11)


def _annex(document: Document, annex: Annex) -> None:
    document.add_page_break()  # type: ignore[no-untyped-call]  # the library left this one untyped
    words(line(document, Align.CENTER), annex.title, size=14, bold=True)
    words(line(document, Align.CENTER, below=6), annex.note, size=13, italic=True)
    for block in annex.blocks:
        _block(document, block)


def _properties(document: Document, paper: OfficialPaper) -> None:
    """Nothing of who made it or when: the paper itself says that."""
    found = document.core_properties
    found.title, found.language = f"{paper.type} {paper.abstract}"[:255], "vi-VN"
    found.author = found.last_modified_by = found.comments = ""
    found.created = found.modified = LONG_AGO
    found.revision = 1


def _settled(packed: bytes) -> bytes:
    """The same parts in their order under one fixed time."""
    held = BytesIO()
    with ZipFile(BytesIO(packed)) as made, ZipFile(held, "w", ZIP_DEFLATED) as settled:
        for name in sorted(made.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            about = ZipInfo(name, PACKED)
            about.compress_type, about.create_system = ZIP_DEFLATED, 3
            settled.writestr(about, made.read(name))
    return held.getvalue()
