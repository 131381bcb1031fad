"""The papers of what changes a decision: the one that replaces it, the one that revokes an award of it."""

from pathlib import Path

import pytest
from builders import World
from builders_pages import a_city, at_the_desk
from builders_register import an_award, changed, proposed, ready_to_sign, revoked

from db.engine import Database


@pytest.fixture
def city(sqlite_database: Database, tmp_path: Path) -> World:
    """The small city whose people can sign in."""
    return a_city(sqlite_database, tmp_path)


def test_the_decision_that_replaces_another_says_which_and_lists_who_is_awarded_now(city: World) -> None:
    line = an_award(city)
    ref = changed(city, line.id, names=[{"entry": line.id, "name": "Vòng Nhịt Mùi Em"}])
    desk = at_the_desk(city, "hung")
    place = f"/decision-changes/{ref}/decision"
    assert f'href="{place}"' in desk.read(f"/decision-changes/{ref}")
    paper = desk.read(place)
    assert "Số: 02/QĐ-UBND" in paper
    assert "Thay thế Quyết định số 01/QĐ-UBND ngày" in paper
    assert "vì có nội dung sai: Ghi sai họ tên." in paper
    assert "Nội dung đúng: Ghi đúng họ tên theo căn cước." in paper
    assert "Vòng Nhịt Mùi Em" in paper
    assert "Nguyễn Mạnh Hùng" in paper
    word = desk.browser.get(f"{place}.docx")
    assert (word.status_code, word.content[:2]) == (200, b"PK")
    before = desk.read(f"/dossiers/{line.ref}/official/decision")
    assert f"Xem {ref} và sổ khen thưởng." in before


def test_the_decision_that_revokes_an_award_says_whose_and_why(city: World) -> None:
    line = an_award(city)
    ref = revoked(city, line.id)
    desk = at_the_desk(city, "hung")
    place = f"/revocations/{ref}/decision"
    assert f'href="{place}"' in desk.read(f"/revocations/{ref}")
    paper = desk.read(place)
    assert (
        "Hủy bỏ danh hiệu “Chiến sĩ thi đua cơ sở” đã tặng Vòng Nhịt Mùi tại Quyết định số 01/QĐ-UBND"
        in paper
    )
    assert "gian dối trong kê khai công trạng, thành tích" in paper
    assert "Căn cứ 15/KL-TTr ngày 10/05/2024" in paper
    assert "phiên 03/2024, ngày 13/05/2024" in paper
    assert f"Xem {ref} và sổ khen thưởng." in desk.read(f"/dossiers/{line.ref}/official/decision")


def test_there_is_no_paper_before_the_signature_nor_for_strangers(city: World) -> None:
    line = an_award(city)
    change, revocation = ready_to_sign(city, line.id), proposed(city, line.id)
    signed = changed(city, an_award(city, unit="P2").id)
    desk = at_the_desk(city, "hung")
    desk.read(f"/decision-changes/{change}/decision", 404)
    desk.read(f"/revocations/{revocation}/decision", 404)
    desk.read(f"/revocations/{signed}/decision", 404)
    at_the_desk(city, "khoa").read(f"/decision-changes/{signed}/decision", 404)
