"""The register in a real browser: a list decided in two decisions, one of them replaced, an award revoked."""

import os
from pathlib import Path
from typing import Any

import pytest
from browsing import PHONE, City, Visit, visiting
from builders import a_dossier, a_nomination
from builders_register import OPINION

pytest_plugins = ["browser_fixtures"]


def kept(visit: Visit, name: str) -> None:
    """Keep a picture where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        visit.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_list_is_decided_in_two_one_is_replaced_an_award_revoked(chromium: Any, city: City) -> None:
    rows = [a_nomination("CSTDCS", "Rơ Châm Tâm", person="tam"), a_nomination("TTLDTT", "Tổ Địa chính")]
    ref = a_dossier(city.world, "awaiting_decision", rows=rows)
    with visiting(chromium, city, "hung") as chairman:
        page = chairman.page
        chairman.open(f"/dossiers/{ref}/decision")
        page.check("#split-award")
        page.click("[name=preview]")
        assert "Sẽ ký 2 quyết định" in page.locator("#planned").inner_text()
        assert chairman.faults() == []
        kept(chairman, "decision-1366")
        page.click("#sign")
        assert "01/QĐ-UBND, 02/QĐ-UBND" in page.locator("#flash").inner_text()
    with visiting(chromium, city, "ngoc") as officer:
        page = officer.page
        officer.open("/register?q=ro+cham")
        assert officer.faults() == []
        page.click("text=Rơ Châm Tâm")
        assert officer.faults() == []
        page.click("text=Thay thế, đính chính quyết định")
        assert officer.faults() == []
        page.fill("#wrong", "Ghi sai họ tên")
        page.fill("#right", "Rơ Châm Tám")
        page.fill("#reason", "Đơn vị báo theo căn cước")
        page.fill("input[value='Rơ Châm Tâm']", "Rơ Châm Tám")
        kept(officer, "change-form-1366")
        page.click("#send")
        assert "SD-2024-0001" in page.locator("main").inner_text()
    with visiting(chromium, city, "son") as head:
        head.open("/decision-changes/SD-2024-0001")
        assert head.faults() == []
        head.page.click(".action-bar a[href$='/acts/check_change']")
        head.page.click("#confirm")
    with visiting(chromium, city, "hung") as chairman:
        chairman.open("/decision-changes/SD-2024-0001/acts/sign_change")
        assert chairman.faults() == []
        chairman.page.click("#confirm")
        assert chairman.faults() == []
        kept(chairman, "decision-change-1366")
    _revoked(chromium, city)
    with visiting(chromium, city, "ly", lang="en") as registrar:
        registrar.open("/register")
        assert "Replaced" in registrar.page.locator("main").inner_text()
        assert registrar.faults() == []
    for size, name in ((None, "1366"), (PHONE, "390")):
        with visiting(chromium, city, "ly", viewport=size) as registrar:
            registrar.open("/register")
            assert registrar.faults() == []
            kept(registrar, f"register-{name}")
            registrar.page.click("text=Tổ Địa chính")
            assert registrar.faults() == []
            kept(registrar, f"entry-{name}")


def _revoked(chromium: Any, city: City) -> None:
    with visiting(chromium, city, "ngoc") as officer:
        page = officer.page
        officer.open("/register?award=TTLDTT")
        page.click("text=Tổ Địa chính")
        page.click("text=Đề nghị hủy bỏ")
        page.check("#ground-forged_file")
        page.fill("#document", "15/KL-TTr")
        page.fill("#concluded_on", "2024-05-10")
        page.fill("#reason", "Giả chữ ký trong báo cáo")
        assert officer.faults() == []
        kept(officer, "revoke-form-1366")
        page.click("#send")
        ref = "TH-2024-0001"
        assert ref in page.locator("main").inner_text()
        assert officer.faults() == []
    city.world.do("son", "check_revocation", ref)
    with visiting(chromium, city, "yen") as secretary:
        page = secretary.page
        secretary.open(f"/revocations/{ref}/acts/give_opinion")
        for name, value in OPINION.items():
            page.fill(f"#{name}", str(value))
        assert secretary.faults() == []
        page.click("#confirm")
    with visiting(chromium, city, "hung") as chairman:
        chairman.open(f"/revocations/{ref}/acts/decide_revocation")
        chairman.page.click("#confirm")
        assert "Đã hủy bỏ" in chairman.page.locator("main").inner_text()
        assert chairman.faults() == []
        kept(chairman, "revocation-1366")


@pytest.mark.parametrize("path", ["/register", "/register?q=khong+co"])
def test_an_empty_register_says_so(chromium: Any, city: City, path: str) -> None:
    with visiting(chromium, city, "quy", viewport=PHONE) as nobody:
        nobody.open(path)
        assert nobody.faults() == []
