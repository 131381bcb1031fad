"""The council of a ward under regime B at the pages: agenda, votes, minutes, decision, register, the way upward."""

from io import BytesIO
from pathlib import Path

import pytest
from browsing import with_passwords
from builders import World
from builders_council import a_scan, seat, session
from builders_packages import with_files
from builders_pages import Desk, at_the_desk, words
from builders_wards import a_dossier, the_wards

from db.engine import Database
from workflow.packages.check import Limits, check

SEATS = {"chau": "chair", "vinh": "standing_vice", "yen": "secretary", "quang": "member", "hung": "member"}
HD, PH = "HD-2025-0001", "PH-2025-0001"
EVE = "2025-09-08"


@pytest.fixture
def ward(sqlite_database: Database, tmp_path: Path) -> World:
    """The wards of 2025, whose people can sign in."""
    return with_passwords(the_wards(sqlite_database, tmp_path))


def sent(desk: Desk, path: str, ref: str = "", **fields: object) -> None:
    """A form that is taken."""
    answer = desk.send(path, ref, **fields)
    assert answer.status_code == 303, words(answer)


def seated(secretary: Desk) -> None:
    """The secretary enters the council of the ward with its five members."""
    assert 'href="/councils/new"' in secretary.read("/sessions")
    rows = {}
    for place, (who, role) in enumerate(SEATS.items()):
        rows |= {f"seats.{place}.person": who, f"seats.{place}.role": role}
    about = {"title": "Hội đồng Hoa Sen", "basis": "QĐ 01/QĐ-UBND", "valid_from": "2025-07-01"}
    sent(secretary, "/councils/new", **about, **rows)


def voted(secretary: Desk, other: Desk, chair: Desk, dossier: str) -> None:
    """One round on a dossier, each step by its own person's form."""
    world = secretary.world
    sent(secretary, f"/sessions/{PH}/acts/open_round", PH, dossier=dossier)
    figures = {}
    for place, id_ in enumerate(world.case(dossier).standing()):
        row = {"nomination": id_, "for": "5", "against": "0", "blank": "0"}
        figures |= {f"totals.{place}.{name}": value for name, value in row.items()}
    sent(secretary, f"/sessions/{PH}/totals", PH, **figures, scan_kept=a_scan(world, "yen"))
    sent(other, f"/sessions/{PH}/totals", PH, **figures)
    sent(chair, f"/sessions/{PH}/acts/close_round", PH)


def test_a_session_of_a_ward_leads_to_a_decision_in_the_register_and_to_the_province(ward: World) -> None:
    here, upward = (
        a_dossier(ward, "awaiting_council"),
        a_dossier(ward, "awaiting_council", awards=("BK_TINH",)),
    )
    secretary, teller, chair = (at_the_desk(ward, who) for who in ("yen", "quang", "chau"))
    seated(secretary)
    about = {"title": "Phiên họp tháng 9", "period": "2025Q3", "date": EVE, "begins_at": "14:00"}
    sent(secretary, "/sessions/new", **about, place="Phòng họp UBND phường")
    sent(secretary, f"/sessions/{PH}/agenda", PH, move="add", add=[here, upward])
    sent(chair, f"/sessions/{PH}/acts/convene", PH)
    there = {f"attendance.{seat(ward, PH, who)}": "present" for who in SEATS}
    sent(chair, f"/sessions/{PH}/acts/open_session", PH, **there)
    for dossier in (here, upward):
        voted(secretary, teller, chair, dossier)
    sent(chair, f"/sessions/{PH}/acts/close_session", PH)
    sent(secretary, f"/sessions/{PH}/minutes", PH, opening="Khai mạc.")
    sent(secretary, f"/sessions/{PH}/acts/sign_minutes", PH)
    sent(chair, f"/sessions/{PH}/acts/sign_minutes", PH)
    minutes = chair.read(f"/sessions/{PH}/minutes")
    assert "HỘI ĐỒNG HOA SEN" in minutes
    assert "đúng từng byte với bản đã ký" in minutes
    chairman = at_the_desk(with_files(ward), "hung")
    _decided(chairman, here)
    _submitted(chairman, upward)


def _decided(chairman: Desk, ref: str) -> None:
    ward = chairman.world
    assert ref in chairman.read("/signing")
    assert "1 trường hợp, tiền thưởng 2.340.000 đ" in chairman.read(f"/dossiers/{ref}/decision")
    sent(chairman, f"/dossiers/{ref}/decision", ref, nomination=ward.ids(ref))
    paper = chairman.read(f"/dossiers/{ref}/official/decision")
    assert "ỦY BAN NHÂN DÂN PHƯỜNG HOA SEN" in paper
    assert "2.340.000" in paper
    register = at_the_desk(ward, "ly").read("/register")
    assert "01/QĐ-UBND" in register
    assert "01/QĐ-UBND" not in at_the_desk(ward, "b_ly").read("/register")


def _submitted(chairman: Desk, ref: str) -> None:
    ward = chairman.world
    sent(chairman, f"/dossiers/{ref}/submission", ref, letter_no="01/TTr-UBND", date=EVE)
    content = chairman.browser.get(f"/dossiers/{ref}/package.zip").content
    found = check(BytesIO(content), Limits())
    assert [(one.ref, one.signed) for one in found.manifest.sessions] == [(PH, session(ward, PH).sha256)]
    assert found.manifest.origin.body == "Ủy ban nhân dân phường Hoa Sen"


@pytest.mark.parametrize("login", ["b_yen", "b_chau", "b_hung", "b_ngoc", "k_yen", "k_hung"])
def test_the_council_of_a_ward_is_nobodys_elsewhere(ward: World, login: str) -> None:
    seated(at_the_desk(ward, "yen"))
    desk = at_the_desk(ward, login)
    desk.read(f"/councils/{HD}", 404)
    assert HD not in desk.read("/sessions")
