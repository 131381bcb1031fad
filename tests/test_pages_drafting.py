"""A unit drafts a dossier on its page and changes it there."""

import re
from pathlib import Path

import pytest
from builders import COLLECTIVES, World, a_dossier, a_draft, completion_asked
from builders_pages import a_city, at_the_desk, words
from hypothesis import given, strategies as st

from db.engine import Database
from web.cases.acting import Trouble
from web.dossiers.proposal import Proposal, Row


@pytest.fixture
def city(sqlite_database: Database, tmp_path: Path) -> World:
    return a_city(sqlite_database, tmp_path)


def listed(*rows: tuple[str, str]) -> dict[str, str]:
    """Lines of the list by (name, award); an empty name leaves the line blank."""
    fields: dict[str, str] = {}
    for place, (name, award) in enumerate(rows):
        kind = "collective" if award in COLLECTIVES else "individual"
        cells = {"name": name, "award": award, "type": kind, "achievement": "Dạy giỏi" if name else ""}
        fields |= {f"nominations.{place}.{cell}": value for cell, value in cells.items()}
    return fields


def a_form(*rows: tuple[str, str], **changes: str) -> dict[str, str]:
    """The wizard's form of a new dossier of the ward."""
    whole = {"unit": "P1", "kind": "CONG_TRANG", "period": "2023", "title": "Đề nghị năm 2023", "do": "save"}
    return whole | listed(*rows) | changes


def test_a_clerk_drafts_a_dossier_and_blank_lines_are_not_sent(city: World) -> None:
    lan = at_the_desk(city, "lan")
    done = lan.send(
        "/dossiers/new", **a_form(("", ""), ("Vòng Nhịt Mùi", "CSTDCS"), ("", ""), ("Tổ Một", "TTLDTT"))
    )
    assert done.status_code == 303, done.text
    ref = done.headers["location"].split("/")[2]
    assert [n.name for n in city.view("lan", ref).nominations] == ["Vòng Nhịt Mùi", "Tổ Một"]


def test_a_wrong_line_keeps_what_was_typed_and_the_message_stands_at_its_own_cell(city: World) -> None:
    lan = at_the_desk(city, "lan")
    form = a_form(("", ""), ("H'Bia Niê", ""), **{"nominations.1.achievement": "Số liệu <b>riêng</b>"})
    answer = lan.send("/dossiers/new", **form)
    assert answer.status_code == 422
    assert 'id="nominations.1.award-error"' in answer.text
    assert "H'Bia Niê" in words(answer)
    assert "Số liệu <b>riêng</b>" in words(answer)
    assert "<b>riêng</b>" not in answer.text


def test_nominations_that_part_ways_are_shown_two_ways_out(city: World) -> None:
    lan = at_the_desk(city, "lan")
    answer = lan.send("/dossiers/new/checks", **a_form(("Mùi", "CSTDCS"), ("Bia", "CSTD_TINH")))
    assert "Tách sang hồ sơ trình tỉnh" in words(answer)
    assert "Chọn danh hiệu khác" in words(answer)
    refused = lan.send("/dossiers/new", **a_form(("Mùi", "CSTDCS"), ("Bia", "CSTD_TINH")))
    assert refused.status_code == 409
    assert words(refused).count("Hồ sơ trộn các trường hợp") == 1


def test_splitting_makes_one_dossier_for_each_way_however_often_it_is_pressed(city: World) -> None:
    lan = at_the_desk(city, "lan")
    form = a_form(("Mùi", "CSTDCS"), ("Bia", "CSTD_TINH"), ("Hiếu", "CSTDCS"), do="split", key="once")
    for _ in range(2):
        assert lan.send("/dossiers/new", **form).status_code == 303
    names = [[n.name for n in city.view("lan", ref).nominations] for ref in ("HS-2024-0001", "HS-2024-0002")]
    assert names == [["Mùi", "Hiếu"], ["Bia"]]
    lan.read("/dossiers/HS-2024-0003/edit", 404)


def test_a_saved_draft_is_split_too(city: World) -> None:
    ref, lan = a_draft(city, awards=("CSTDCS", "CSTDCS")), at_the_desk(city, "lan")
    ids = dict(enumerate(city.ids(ref)))
    rows = listed(("Mùi", "CSTDCS"), ("Bia", "CSTD_TINH"))
    rows |= {f"nominations.{place}.id": id_ for place, id_ in ids.items()}
    done = lan.send(f"/dossiers/{ref}/edit", ref, do="split", title="Đề nghị", **rows)
    new = done.headers["location"].split("/")[2]
    assert [n.name for n in city.view("lan", ref).nominations] == ["Mùi"]
    assert [n.name for n in city.view("lan", new).nominations] == ["Bia"]


@pytest.mark.parametrize(
    ("login", "kind", "offered", "missing"),
    [
        ("lan", "CONG_TRANG", ("CSTDCS", "TTLDTT", "GK_HUYEN", "CSTD_TINH"), ("LDTT", "GK_XA", "KNC")),
        ("thu", "CONG_TRANG", ("LDTT", "CSTDCS", "CSTD_TINH"), ("GK_SO", "GDVH")),
        ("lan", "DOT_XUAT", ("GK_HUYEN", "BK_TINH"), ("CSTDCS", "TTLDTT", "CSTD_TINH")),
    ],
)
def test_only_awards_that_suit_kind_and_unit_are_offered(
    city: World, login: str, kind: str, offered: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    unit = {"lan": "P1", "thu": "T1"}[login]
    answer = at_the_desk(city, login).send("/dossiers/new/rows", **a_form(("", ""), unit=unit, kind=kind))
    found = set(re.findall(r'<option value="([A-Z_]+)"', answer.text))
    assert found >= set(offered)
    assert not found & set(missing)


def test_lines_are_added_and_taken_out_without_scripts(city: World) -> None:
    lan = at_the_desk(city, "lan")
    form = a_form(("Mùi", "CSTDCS"), ("Bia", "CSTDCS"), do="rows")
    assert lan.send("/dossiers/new", **form).text.count('.name" id=') == 2 + 5 + 1
    left = words(lan.send("/dossiers/new", **form | {"do": "remove:0"}))
    assert 'value="Bia"' in left
    assert 'value="Mùi"' not in left


def test_during_completion_only_what_was_flagged_is_taken(city: World) -> None:
    ref = a_dossier(city, "home_affairs_review", awards=("CSTDCS", "CSTDCS"))
    completion_asked(city, ref)
    lan, ids = at_the_desk(city, "lan"), city.ids(ref)
    page = lan.read(f"/dossiers/{ref}/edit")
    assert "Ghi rõ số liệu" in page
    rows = listed(("Tên khác", "CSTDCS"), ("Tên khác nữa", "CSTDCS"))
    rows |= {
        "nominations.0.id": ids[0],
        "nominations.1.id": ids[1],
        "nominations.0.achievement": "Có số liệu",
    }
    done = lan.send(f"/dossiers/{ref}/edit", ref, do="save", title="Tên hồ sơ khác", **rows)
    assert done.status_code == 303, done.text
    first, second = city.view("lan", ref).nominations
    assert (first.achievement, second.achievement) == ("Có số liệu", "Hoàn thành xuất sắc nhiệm vụ")
    assert "Tên khác" not in (first.name, second.name)
    assert city.record(ref).title == "Đề nghị khen thưởng năm 2023"


def test_whoever_was_overtaken_reads_by_whom_and_keeps_the_text(city: World) -> None:
    ref, lan = a_draft(city), at_the_desk(city, "lan")
    old = str(city.record(ref).version)
    city.do("lan", "amend", ref, title="Tên mới")
    rows = listed(("Đàm Thị Ửng", "CSTDCS"))
    answer = lan.send(f"/dossiers/{ref}/edit", do="save", title="Tên của tôi", version=old, **rows)
    assert answer.status_code == 409
    assert "Trần Thị Lan đã sửa hồ sơ lúc" in words(answer)
    assert "Đàm Thị Ửng" in words(answer)
    assert "Tên của tôi" in words(answer)


def test_the_unit_head_reads_why_only_the_clerk_changes_the_list(city: World) -> None:
    page = at_the_desk(city, "minh").read(f"/dossiers/{a_draft(city)}/edit")
    assert "Văn thư đơn vị" in page
    assert 'id="save-dossier"' not in page
    assert 'id="nominations.0.name"' not in page


def test_nobody_but_a_clerk_finds_the_form_of_a_new_dossier(city: World) -> None:
    at_the_desk(city, "minh").read("/dossiers/new", 404)
    at_the_desk(city, "ngoc").read("/dossiers/new", 404)


def test_what_was_typed_and_not_saved_comes_back(database: Database, tmp_path: Path) -> None:
    city = a_city(database, tmp_path)
    lan = at_the_desk(city, "lan")
    kept = lan.send("/scratch", scratch="new", **a_form(("Ưng Quỳnh Xoa", "CSTDCS")))
    assert re.fullmatch(r"Đã lưu nháp lúc \d\d:\d\d", kept.text)
    assert "Ưng Quỳnh Xoa" in lan.read("/dossiers/new")
    assert "Ưng Quỳnh Xoa" not in at_the_desk(city, "tam").read("/dossiers/new")
    assert lan.send("/dossiers/new", **a_form(("Ưng Quỳnh Xoa", "CSTDCS"))).status_code == 303
    assert "Ưng Quỳnh Xoa" not in lan.read("/dossiers/new")


def test_unsaved_text_can_be_dropped(city: World) -> None:
    ref, lan = a_draft(city), at_the_desk(city, "lan")
    lan.send("/scratch", ref, scratch=ref, title="Gõ dở")
    assert "Gõ dở" in lan.read(f"/dossiers/{ref}/edit")
    assert lan.send("/scratch/forget", scratch=ref).headers["location"] == f"/dossiers/{ref}/edit"
    assert "Gõ dở" not in lan.read(f"/dossiers/{ref}/edit")


def test_nobody_keeps_text_under_a_dossier_they_do_not_see(city: World) -> None:
    ref = a_draft(city)
    assert at_the_desk(city, "tam").send("/scratch", scratch=ref, title="x").status_code == 404
    assert at_the_desk(city, "lan").send("/scratch", scratch="../../etc", title="x").status_code == 404


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_a_message_about_a_sent_line_stands_at_the_line_it_was_typed_in(written: list[bool]) -> None:
    proposal = Proposal(rows=tuple(Row(name=f"Người {n}" if full else "") for n, full in enumerate(written)))
    for sent, row in enumerate(proposal.nominations):
        trouble = proposal.placed(Trouble(422, "", fields={f"nominations.{sent}.subject.name": "sai"}))
        assert list(trouble.fields) == [f"nominations.{row['subject']['name'].split()[1]}.name"]
