"""Quota and fairness on the secretary's desk: figures that follow every tick, a table to print, a workbook."""

import io
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from builders import World, a_dossier, a_nomination
from builders_council import a_council, drafted, ready, session
from builders_pages import a_city, at_the_desk

from db.engine import Database
from states.document import from_document
from states.dossier import Dossier
from states.history import fold, read
from workflow.problems import Invalid


@pytest.fixture
def world(database: Database, tmp_path: Path) -> World:
    """The small city whose people can sign in, on each kind of database."""
    return a_city(database, tmp_path)


@pytest.fixture
def sqlite_world(sqlite_database: Database, tmp_path: Path) -> World:
    """The same on SQLite alone."""
    return a_city(sqlite_database, tmp_path)


def classed(award: str, name: str, class_: str = "") -> dict[str, Any]:
    """One row of a list, its subject noted as of this class."""
    row = a_nomination(award, name)
    return {**row, "subject": {**row["subject"], **({"class": class_} if class_ else {})}}


def a_session(world: World) -> tuple[str, str, str]:
    """A session about two dossiers: one over its quota, one of whose subjects little is recorded."""
    a_council(world)
    rows = [
        classed("CSTDCS", "Vòng Nhịt Mùi", "leader"),
        classed("LDTT", "H'Bia Niê", "direct_worker"),
        classed("LDTT", "Trần Văn Hiếu", "direct_worker"),
    ]
    one = ready(world, unit="T1", rows=rows)
    two = ready(world, unit="T2", rows=[classed("LDTT", "Đàm Thị Ửng"), classed("TTLDTT", "Tổ Một", "small")])
    return drafted(world, one, two), one, two


def line(page: str, name: str) -> str:
    """What the desk says beside a figure."""
    return page.partition('id="fairness-figures"')[2].partition(f"<dt>{name}</dt>")[2].partition("</dd>")[0]


def test_the_desk_shows_who_would_be_awarded_and_warns_of_a_quota(world: World) -> None:
    ref, *_ = a_session(world)
    page = at_the_desk(world, "yen").read(f"/sessions/{ref}")
    assert "25,0%" in line(page, "Lãnh đạo, quản lý")
    assert "50,0%" in line(page, "Lao động trực tiếp")
    assert "25,0%" in line(page, "Cá nhân chưa ghi diện")
    assert "100,0%" in line(page, "Tập thể nhỏ")
    assert (
        "Trường THCS Bằng Lăng: Chiến sĩ thi đua cơ sở là 33,3% Lao động tiên tiến (1 trên 3), quá 15%."
        in page
    )
    assert "Chỉ để lưu ý, không chặn." in page
    assert "Chưa có số liệu năm trước" in page


def test_leaving_one_out_changes_the_figures_with_scripts_and_without_and_keeps_nothing(world: World) -> None:
    ref, one, two = a_session(world)
    secretary = at_the_desk(world, "yen")
    leader = world.ids(one)[0]
    for path in (f"/sessions/{ref}?out={leader}", f"/sessions/{ref}/fairness/figures?out={leader}"):
        page = secretary.read(path)
        assert "0,0%" in line(page, "Lãnh đạo, quản lý")
        assert "66,7%" in line(page, "Lao động trực tiếp")
        assert "quá 15%" not in page
        assert "Đang thử bỏ ra 1 mục." in page
    gone = secretary.read(f"/sessions/{ref}?out={two}&out=khong-co")
    assert "33,3%" in line(gone, "Lãnh đạo, quản lý")
    assert "> 1" not in line(gone, "Cá nhân chưa ghi diện")
    assert ">1" in gone.partition("<dt>Đơn vị không có đề nghị</dt>")[2][:30]
    assert list(session(world, ref).items) == [one, two]


def test_a_dossier_taken_off_the_agenda_leaves_the_figures(world: World) -> None:
    ref, one, two = a_session(world)
    world.do("yen", "set_agenda", ref, dossiers=[one])
    page = at_the_desk(world, "yen").read(f"/sessions/{ref}/fairness")
    assert "33,3%" in line(page, "Lãnh đạo, quản lý")
    assert "Trường Tiểu học Sơn Ca, có hồ sơ ngoài chương trình" in page.replace("</li>", "")
    assert two not in page


def test_figures_are_compared_with_what_was_awarded_a_year_earlier(world: World) -> None:
    a_council(world)
    earlier = [classed("LDTT", "Ưng Quỳnh Xoa", "leader"), classed("LDTT", "Đàm Thị Ửng", "direct_worker")]
    a_dossier(world, "awarded", unit="T1", rows=earlier, period="2022-2023")
    now = ready(world, unit="T1", rows=[classed("LDTT", "H'Bia Niê", "direct_worker")])
    desk = at_the_desk(world, "yen")
    ref = drafted(world, now)
    page = desk.read(f"/sessions/{ref}")
    assert "+50,0" in line(page, "Lao động trực tiếp")
    assert "−50,0" in line(page, "Lãnh đạo, quản lý")
    assert "so với năm học 2022–2023" in page.replace("\u2060", "")


def test_the_whole_table_is_a_page_and_a_workbook(sqlite_world: World) -> None:
    ref, one, _ = a_session(sqlite_world)
    secretary = at_the_desk(sqlite_world, "yen")
    page = secretary.read(f"/sessions/{ref}/fairness")
    assert "1/3, 33,3%" in page
    assert "chưa chắc chắn" in page
    out = sqlite_world.ids(one)[0]
    assert f"/sessions/{ref}/fairness.xlsx?out={out}" in secretary.read(f"/sessions/{ref}/fairness?out={out}")
    answer = secretary.browser.get(f"/sessions/{ref}/fairness.xlsx")
    with ZipFile(io.BytesIO(answer.content)) as book:
        texts = [node.text for node in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter()]
    assert {"Toàn phiên", "Theo đơn vị"} <= set(_sheets(answer.content))
    assert "Trường THCS Bằng Lăng" in texts
    assert "1/3, 33,3%" in texts


def _sheets(content: bytes) -> list[str]:
    with ZipFile(io.BytesIO(content)) as book:
        found = ElementTree.fromstring(book.read("xl/workbook.xml"))
    return [node.attrib["name"] for node in found.iter() if node.tag.endswith("}sheet")]


def test_the_figures_speak_english(sqlite_world: World) -> None:
    ref, *_ = a_session(sqlite_world)
    desk = at_the_desk(sqlite_world, "chau")
    desk.browser.cookies.set("lang", "en")
    page = desk.read(f"/sessions/{ref}/fairness")
    assert "25.0%" in line(page, "Leaders and managers")
    assert "A warning only, nothing is refused." in page


@pytest.mark.parametrize("path", ["/fairness", "/fairness/figures", "/fairness.xlsx"])
def test_who_has_nothing_to_do_with_the_council_finds_no_figures(sqlite_world: World, path: str) -> None:
    ref, *_ = a_session(sqlite_world)
    for login in ("lan", "quang"):
        at_the_desk(sqlite_world, login).read(f"/sessions/{ref}{path}", 404)


# ---------------------------------------------------------------- where the classes come from


def test_a_clerk_notes_a_class_in_the_form_and_may_leave_it_empty(sqlite_world: World) -> None:
    clerk = at_the_desk(sqlite_world, "lan")
    form = {"unit": "P1", "kind": "CONG_TRANG", "period": "2023", "title": "Đề nghị năm 2023", "do": "save"}
    for place, (name, post) in enumerate((("Vòng Nhịt Mùi", "Hiệu trưởng"), ("H'Bia Niê", ""))):
        cells = {
            "name": name,
            "position": post,
            "type": "individual",
            "award": "CSTDCS",
            "achievement": "Tốt",
        }
        form |= {f"nominations.{place}.{cell}": value for cell, value in cells.items()}
    ref = clerk.send("/dossiers/new", **form).headers["location"].split("/")[2]
    assert [one.class_ for one in sqlite_world.case(ref).nominations.values()] == ["", ""]
    page = clerk.read(f"/dossiers/{ref}/edit")
    assert "Chưa ghi (gợi ý: Lãnh đạo, quản lý)" in page
    ids = sqlite_world.ids(ref)
    kept = {f"nominations.{place}.id": id_ for place, id_ in enumerate(ids)}
    done = clerk.send(f"/dossiers/{ref}/edit", ref, **form, **kept, **{"nominations.0.class": "leader"})
    assert done.status_code == 303
    case = sqlite_world.case(ref)
    assert [case.nominations[id_].class_ for id_ in ids] == ["leader", ""]


def test_a_class_is_folded_from_the_history(world: World) -> None:
    ref = a_dossier(world, "drafting", rows=[classed("CSTDCS", "Vòng Nhịt Mùi", "leader")])
    facts = fold(read(entry.body)["effects"] for entry in world.entries(ref))
    assert from_document(Dossier, facts) == world.case(ref)
    assert world.case(ref).nominations[world.ids(ref)[0]].class_ == "leader"


@pytest.mark.parametrize(("award", "class_"), [("CSTDCS", "small"), ("TTLDTT", "leader")])
def test_a_class_that_does_not_suit_the_subject_is_refused(
    sqlite_world: World, award: str, class_: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        a_dossier(sqlite_world, "drafting", rows=[classed(award, "Vòng Nhịt Mùi", class_)])
    (wrong,) = refusal.value.fields
    assert (wrong.field, wrong.type) == ("nominations.0.subject.class", "wrong_class_for_subject")
