"""Official papers: the layout of Nghị định 30/2020, the same from Word and on screen, made of what was recorded."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from builders import World, a_dossier, a_nomination, voted
from builders_pages import a_city, at_the_desk, words
from docx import Document
from docx.shared import Pt
from hypothesis import given, settings, strategies as st
from pydantic import TypeAdapter, ValidationError

from db import view_log
from db.engine import Database
from states.decide import Actor
from states.papers.official_names import committee_of, place_of_body
from states.papers.paper_bases import all_bases, bases
from workflow.dossiers import reading
from workflow.fields import Prose
from workflow.papers.decision_paper import decision_paper
from workflow.papers.letter_paper import Letter, letter_paper
from workflow.papers.matter import Matter
from workflow.papers.official_paper import (
    Annex,
    Article,
    Heading,
    OfficialPaper,
    Paragraph,
    Section,
    Signature,
    Table,
    sections,
)
from workflow.papers.official_papers import made, offered
from workflow.papers.word_file import word_file
from workflow.problems import NotFound

HEADING = Heading("", "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ LỘC KHÊ", "05", "QĐ-UBND", "Lộc Khê", date(2024, 1, 5))
PAPER = OfficialPaper(
    heading=HEADING,
    type="QUYẾT ĐỊNH",
    abstract="Về việc khen thưởng",
    blocks=(Article(1, "Khen thưởng.", ("Có danh sách kèm theo.",)), Paragraph("Hết.")),
    signatures=(Signature(("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lê Văn Bình"),),
    authority="CHỦ TỊCH ỦY BAN NHÂN DÂN",
    bases=("Căn cứ Luật A", "Căn cứ Nghị định B"),
    formula="QUYẾT ĐỊNH:",
    recipients=("Như Điều 3", "Lưu: VT"),
    annexes=(Annex("DANH SÁCH", "(Kèm theo)", (Table(("STT", "Tên"), (("1", "Rơ Châm Tâm"),), (1, 9)),)),),
)


def matter(world: World, who: str | Actor, ref: str) -> Matter:
    """A dossier as papers speak of it."""
    actor = who if isinstance(who, Actor) else world.people[who]
    with world.engine.database.reading() as conn:
        return Matter.of(*reading.dossier(world.engine, conn, ref, actor))


def read(paper: OfficialPaper) -> Any:
    """The Word file, read back."""
    return Document(BytesIO(word_file(paper)))


def lines(document: Any) -> list[str]:
    """Every line of a Word file, cells too, as it is written."""
    cells = [
        p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs
    ]
    return [p.text for p in (*document.paragraphs, *cells) if p.text]


def test_the_sheet_is_a4_with_the_margins_of_the_decree_in_one_font() -> None:
    document = read(PAPER)
    sheet = document.sections[0]
    assert (round(sheet.page_width.mm), round(sheet.page_height.mm)) == (210, 297)
    margins = (sheet.top_margin, sheet.bottom_margin, sheet.left_margin, sheet.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 20]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.styles["Normal"].font.size == Pt(14)
    runs = [run for p in document.paragraphs for run in p.runs if run.text]
    assert {run.font.name for run in runs} == {None}
    assert {run.font.size for run in runs} <= {Pt(13), None}


def test_the_number_of_the_page_stands_above_but_not_on_the_first() -> None:
    sheet = read(PAPER).sections[0]
    assert sheet.different_first_page_header_footer
    assert "PAGE" in sheet.header.paragraphs[0]._p.xml
    assert "PAGE" not in sheet.first_page_header.paragraphs[0]._p.xml


def test_body_state_number_and_day_stand_where_the_decree_puts_them() -> None:
    left, right = read(PAPER).tables[0].rows[0].cells
    assert [p.text for p in left.paragraphs if p.text] == [HEADING.body, "Số: 05/QĐ-UBND"]
    assert [p.text for p in right.paragraphs if p.text] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Lộc Khê, ngày 05 tháng 01 năm 2024",
    ]
    assert right.paragraphs[-1].runs[-1].italic
    assert sum("w:pBdr" in p._p.xml for p in (*left.paragraphs, *right.paragraphs)) == 2


def test_legal_bases_are_italic_and_end_with_semicolons_the_last_with_a_full_stop() -> None:
    cited = [p for p in read(PAPER).paragraphs if p.text.startswith("Căn cứ")]
    assert [p.text for p in cited] == ["Căn cứ Luật A;", "Căn cứ Nghị định B."]
    assert all(run.italic for p in cited for run in p.runs)
    assert {round(p.paragraph_format.first_line_indent.mm) for p in cited} == {10}


def test_who_signs_stands_right_of_who_receives() -> None:
    left, right = read(PAPER).tables[1].rows[0].cells
    assert [p.text for p in left.paragraphs] == ["Nơi nhận:", "- Như Điều 3;", "- Lưu: VT."]
    assert [p.text for p in right.paragraphs] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Bình"]


def test_two_who_sign_stand_side_by_side() -> None:
    both = (Signature(("THƯ KÝ",), "Trịnh Hải Yến"), Signature(("CHỦ TỌA",), "Đinh Bảo Châu"))
    document = read(replace(PAPER, signatures=both))
    left, right = document.tables[1].rows[0].cells
    assert [cell.paragraphs[-1].text for cell in (left, right)] == ["Trịnh Hải Yến", "Đinh Bảo Châu"]
    assert "Nơi nhận:" in [p.text for p in document.paragraphs]


def test_a_paper_in_parts_numbers_its_heads() -> None:
    blocks = sections([("Thành phần", ["Có mặt: 9"]), ("Biểu quyết", [Table(("A",), (("1",),), (1,))])])
    assert [b.text for b in blocks if isinstance(b, Section)] == ["I. Thành phần", "II. Biểu quyết"]
    assert [type(b) for b in blocks] == [Section, Paragraph, Section, Table]


TEXT = st.text(st.characters(whitelist_categories=("L", "N", "P", "Zs")), max_size=30)


@settings(max_examples=8)
@given(abstract=TEXT, text=TEXT, cells=st.lists(st.tuples(TEXT, TEXT), max_size=3))
def test_equal_papers_are_equal_files_that_say_what_was_given(
    abstract: str, text: str, cells: list[tuple[str, str]]
) -> None:
    table = Table(("STT", "Tên"), tuple(cells), (1, 9))
    paper = replace(PAPER, abstract=abstract, blocks=(Paragraph(text), table), annexes=())
    assert word_file(paper) == word_file(replace(paper))
    document = read(paper)
    assert {abstract, text} <= {p.text for p in document.paragraphs}
    assert [tuple(c.text for c in row.cells) for row in document.tables[1].rows[1:]] == cells


@pytest.mark.parametrize(
    ("name", "committee", "place"),
    [
        ("Thành phố Lộc Khê", "Ủy ban nhân dân thành phố Lộc Khê", "Lộc Khê"),
        ("Ủy ban nhân dân phường Long Khánh", "Ủy ban nhân dân phường Long Khánh", "Long Khánh"),
        ("Thị xã Thượng Nguồn", "Ủy ban nhân dân thị xã Thượng Nguồn", "Thượng Nguồn"),
    ],
)
def test_a_committee_is_called_by_its_place(name: str, committee: str, place: str) -> None:
    assert (committee_of(name), place_of_body(name)) == (committee, place)


@pytest.mark.parametrize(
    ("day", "decree"),
    [
        (date(2024, 1, 1), "98/2023/NĐ-CP"),
        (date(2025, 6, 30), "98/2023/NĐ-CP"),
        (date(2025, 7, 1), "152/2025/NĐ-CP"),
    ],
)
def test_a_paper_cites_the_decree_of_its_day(day: date, decree: str) -> None:
    sources = [one.source for one in bases("decision", day)]
    assert decree in sources
    assert len([one for one in sources if one.endswith("NĐ-CP")]) == 1
    assert all(one.source and one.confidence in ("high", "med", "low") for one in all_bases())


def test_the_decision_names_what_was_awarded_and_nothing_else(world: World) -> None:
    rows = [
        a_nomination("CSTDCS", "Vòng Nhịt Mùi", title="Tổ trưởng"),
        a_nomination("CSTDCS", "H'Bia Niê"),
        a_nomination("TTLDTT", "Tổ Văn thư"),
    ]
    ref = a_dossier(world, "council_vote", rows=rows)
    first, second, third = world.ids(ref)
    voted(world, ref, against=[second])
    world.do("hung", "award", ref, nominations=[first, third])
    found = matter(world, "lan", ref)
    decision = found.view.case.decision
    assert decision is not None
    paper = decision_paper(found, decision)
    said = "\n".join(lines(read(paper)))
    assert "Số: 01/QĐ-UBND" in said
    assert (
        "danh hiệu “Chiến sĩ thi đua cơ sở” cho 1 cá nhân; danh hiệu “Tập thể Lao động tiên tiến” cho 1 tập thể"
        in said
    )
    assert "phiên 02/2024, ngày 20/05/2024" in said
    assert "Nguyễn Mạnh Hùng" in said
    assert "Vòng Nhịt Mùi" in said
    assert "H'Bia Niê" not in said
    assert "tổng số tiền là 3.240.000 đồng" in said
    assert "1.800.000" in said
    assert "1.440.000" in said


def test_each_of_several_decisions_is_a_paper_of_its_own(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "awaiting_decision", awards=("CSTDCS", "TTLDTT"))
    sqlite_world.do("hung", "award", ref, nominations=sqlite_world.ids(ref), split="award")
    found = matter(sqlite_world, "lan", ref)
    assert offered(found.view) == ("decision", "decision-2")
    first, second = (
        "\n".join(lines(read(made(found, name, date(2024, 5, 21))))) for name in offered(found.view)
    )
    assert ("Số: 01/QĐ-UBND" in first, "Chiến sĩ thi đua" in first, "Tập thể" in first) == (True, True, False)
    assert ("Số: 02/QĐ-UBND" in second, "Chiến sĩ thi đua" in second) == (True, False)


def test_a_decision_pays_nothing_the_register_does_not_know(sqlite_world: World) -> None:
    ref = a_dossier(sqlite_world, "awaiting_decision", awards=("CSTDCS",))
    sqlite_world.do("hung", "award", ref, nominations=sqlite_world.ids(ref))
    found = matter(sqlite_world, "lan", ref)
    case, decision = found.view.case, found.view.case.decision
    assert decision is not None
    unpaid = {id_: replace(n, entered=None) for id_, n in case.nominations.items()}
    silent = replace(found, view=replace(found.view, case=case.with_nominations(unpaid)))
    assert "Tiền thưởng" not in "\n".join(lines(read(decision_paper(silent, decision))))


def test_the_letter_lists_what_goes_up_by_award_for_several_dossiers_together(sqlite_world: World) -> None:
    world = sqlite_world
    first = a_dossier(world, "council_vote", awards=("CSTD_TINH", "TTLDXS"))
    _, other = world.ids(first)
    voted(world, first, against=[other])
    second = a_dossier(world, "awaiting_submission", unit="P2", awards=("CSTD_TINH",))
    matters = [matter(world, "hung", ref) for ref in (first, second)]
    letter = letter_paper(matters, Letter("15/TTr-UBND", date(2024, 5, 21)), today=date(2024, 5, 21))
    said = "\n".join(lines(read(letter)))
    assert "Số: 15/TTr-UBND" in said
    assert "- danh hiệu “Chiến sĩ thi đua cấp tỉnh”: 2 cá nhân." in said
    assert "Tập thể Lao động xuất sắc" not in said
    assert f"{first} (Phường Hoa Mai), {second} (Phường Suối Đá)" in said
    assert "9/9" in said
    assert "TM. ỦY BAN NHÂN DÂN THÀNH PHỐ LỘC KHÊ" in said
    draft = letter_paper(matters, Letter(), today=date(2024, 5, 21))
    assert "Số: ....../TTr-UBND" in lines(read(draft))


def test_each_paper_is_there_when_what_it_says_was_recorded(sqlite_world: World) -> None:
    world = sqlite_world
    stations = ("home_affairs_review", "awaiting_submission", "submitted_to_province", "awarded")
    found = {}
    for station in stations:
        ref = a_dossier(world, station)
        found[station] = [offered(world.view(who, ref)) for who in ("son", "lan")]
    assert found == {
        "home_affairs_review": [(), ()],
        "awaiting_submission": [("letter", "list", "result", "opinions"), ()],
        "submitted_to_province": [("letter", "list", "result", "opinions"), ()],
        "awarded": [("decision", "result", "opinions"), ("decision",)],
    }
    with pytest.raises(NotFound):
        made(matter(world, "lan", ref), "opinions", date(2024, 5, 21))


def test_the_page_says_all_that_the_word_file_says(sqlite_database: Database, tmp_path: Path) -> None:
    world = a_city(sqlite_database, tmp_path)
    ref, decided = a_dossier(world, "submitted_to_province"), a_dossier(world, "awarded")
    desk = at_the_desk(world, "son")
    for paper in (f"{ref}/official/{name}" for name in ("letter", "list", "result", "opinions")):
        assert_same(desk.read(f"/dossiers/{paper}"), desk.browser.get(f"/dossiers/{paper}.docx"))
    found = desk.browser.get(f"/dossiers/{decided}/official/decision.docx")
    assert_same(desk.read(f"/dossiers/{decided}/official/decision"), found)
    assert found.headers["Content-Disposition"].endswith(f'"{decided}-quyet-dinh.docx"')
    assert f"/dossiers/{ref}/official/letter" in desk.read(f"/dossiers/{ref}")


def assert_same(page: str, answer: Any) -> None:
    """Every line of the Word file stands on the page."""
    assert answer.status_code == 200
    said = page.replace("<b>", "").replace("</b>", "").replace("<i>", "").replace("</i>", "")
    missing = [
        line for line in lines(Document(BytesIO(answer.content))) if " ".join(line.split()) not in said
    ]
    assert missing == []


def test_a_paper_taken_away_is_noted_each_time(sqlite_database: Database, tmp_path: Path) -> None:
    world = a_city(sqlite_database, tmp_path)
    ref = a_dossier(world, "awarded")
    desk = at_the_desk(world, "son")
    for _ in range(2):
        desk.browser.get(f"/dossiers/{ref}/official/decision.docx")
    with world.engine.database.reading() as conn:
        looks = view_log.listed(conn, frozenset({"LK"}), ref=ref, limit=9)
    assert [(look.what, look.about) for look, _ in looks] == [("export", "decision.docx")] * 2
    assert "decision.docx" in at_the_desk(world, "trung").read(f"/audit/views?ref={ref}")


def test_what_offices_say_among_themselves_is_no_paper_for_the_unit(
    sqlite_database: Database, tmp_path: Path
) -> None:
    world = a_city(sqlite_database, tmp_path)
    ref = a_dossier(world, "awarded")
    unit = at_the_desk(world, "lan")
    unit.read(f"/dossiers/{ref}/official/decision")
    for hidden in ("opinions", "opinions.docx", "result", "letter", "nonsense"):
        unit.read(f"/dossiers/{ref}/official/{hidden}", status=404)
    other = at_the_desk(world, "tam")
    other.read(f"/dossiers/{ref}/official/decision.docx", status=404)


def test_an_english_reader_is_told_that_the_vietnamese_text_counts(
    sqlite_database: Database, tmp_path: Path
) -> None:
    world = a_city(sqlite_database, tmp_path)
    ref = a_dossier(world, "awarded")
    desk = at_the_desk(world, "son")
    answer = desk.browser.get(f"/dossiers/{ref}/official/decision", headers={"Accept-Language": "en"})
    assert "Official papers exist in Vietnamese only" in words(answer)
    assert "QUYẾT ĐỊNH" in words(answer)


ODD = st.sampled_from("\u0000\u001b\u0085\u2028\ufdd0\ufeff\ufffe\uffff\U0001ffff\U0010fffe")


@given(typed=st.text(st.one_of(st.characters(), ODD), max_size=30))
def test_whatever_may_be_typed_can_stand_in_a_word_file(typed: str) -> None:
    try:
        taken = TypeAdapter(Prose).validate_python(typed)
    except ValidationError:
        return
    assert Document().add_paragraph().add_run(taken).text == taken
