"""A session of the council in a real browser, from its agenda to signed minutes, a decision, the register."""

import os
from pathlib import Path
from typing import Any

from browsing import PHONE, City, Visit, visiting
from builders_council import THE_DAY, a_council, ready, session, voted

pytest_plugins = ["browser_fixtures"]

REF = "PH-2024-0001"
HERE = f"/sessions/{REF}"
SCAN = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def kept(visit: Visit, name: str) -> None:
    """Keep a picture where SCREENSHOTS names a folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        visit.page.screenshot(path=Path(folder) / f"{name}.png")


def confirmed(visit: Visit, act: str) -> None:
    """Open the small page of an act from the bar, then confirm it."""
    visit.page.click(f".action-bar a[href*='/acts/{act}']")
    assert visit.faults() == []
    visit.page.click("#confirm")


def said(visit: Visit) -> str:
    """The words of the page."""
    words: str = visit.page.locator("main").inner_text()
    return words


def typed(visit: Visit, votes: int, *, against: int = 0) -> None:
    """Type the figures of the open round, so many of all against the first nomination; they are counted at once."""
    page = visit.page
    page.fill("[id='totals.0.for']", str(votes - against))
    page.fill("[id='totals.0.against']", str(against))
    page.wait_for_selector("#result-0 .verdict")
    page.press("[id='totals.0.for']", "Enter")
    assert page.evaluate("document.activeElement.id") == "totals.1.for"
    page.keyboard.type(str(votes))
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "record"
    page.wait_for_selector("#result-1 .verdict")


def test_a_session_from_its_agenda_to_an_entry_in_the_register(
    chromium: Any, city: City, tmp_path: Path
) -> None:
    world = city.world
    a_council(world)
    first, second = ready(world, unit="X1", awards=("CSTDCS", "TTLDTT")), ready(world)
    _drafted(chromium, city, first, second)
    with visiting(chromium, city, "chau") as chair:
        chair.open(HERE)
        confirmed(chair, "convene")
        assert "Đã triệu tập" in said(chair)
    _an_interest_is_declared(chromium, city)
    world.on(THE_DAY)
    with visiting(chromium, city, "chau") as chair:
        chair.open(HERE)
        chair.page.click(".action-bar a[href*='open_session']")
        for box in chair.page.locator("[value='present']").all():
            box.check()
        assert chair.faults() == []
        chair.page.click("#confirm")
        assert "Có mặt 9/9, cần 6: đủ điều kiện họp" in said(chair)
        assert "Không bỏ phiếu về" in said(chair)
    (tmp_path / "kiem-phieu.pdf").write_bytes(SCAN)
    _counted_twice(chromium, city, tmp_path / "kiem-phieu.pdf")
    voted(world, REF, second)
    _ended(chromium, city)
    assert world.case(first).station == "awaiting_decision"
    assert session(world, REF).station == "minutes_signed"
    _no_page_has_a_fault(chromium, city)
    _decided(chromium, city, first)
    assert world.case(first).station == "awarded"
    _registered(chromium, city, first)


def _drafted(chromium: Any, city: City, first: str, second: str) -> None:
    with visiting(chromium, city, "yen") as secretary:
        page = secretary.page
        secretary.open("/inbox")
        page.click(".rail >> text=Hội đồng")
        page.click("text=Lập phiên họp")
        for name, value in (("title", "Phiên họp quý II"), ("period", "2024Q2"), ("place", "Hội trường B")):
            page.fill(f"#{name}", value)
        page.fill("#date", THE_DAY.isoformat())
        assert secretary.faults() == []
        page.click("#confirm")
        for ref in (first, second):
            page.check(f"#add-{ref}")
        page.click("#add")
        lower = page.locator("[name='dossiers']").nth(1).input_value()
        page.click(f"[value='up:{lower}']")
        assert page.locator("[name='dossiers']").first.input_value() == lower
        if lower == second:
            page.click(f"[value='up:{first}']")
        assert secretary.faults() == []
        kept(secretary, "session-agenda-1366")


def _an_interest_is_declared(chromium: Any, city: City) -> None:
    """A member reads the packet on a phone, then keeps out of the second item."""
    with visiting(chromium, city, "quang", viewport=PHONE) as member:
        member.open(f"{HERE}/packet")
        member.page.click(".nominee > summary >> nth=0")
        sizes = member.page.eval_on_selector_all(
            ".packet-foot a, .nominee > summary, .packet-group > .btn",
            "found => found.map(one => one.offsetHeight)",
        )
        assert min(sizes) >= 44
        assert member.faults() == []
        kept(member, "session-packet-390")
        member.page.click("text=Nội dung tiếp")
        member.page.click("text=Tôi có liên quan")
        assert member.faults() == []
        member.page.fill("#reason", "Cùng dòng họ với người được đề nghị")
        member.page.click("#confirm")
        assert "tự khai báo có liên quan" in said(member)
        assert member.faults() == []


def _counted_twice(chromium: Any, city: City, scan: Path) -> None:
    """Two tellers type without seeing each other's figures; one mends what differs, the chair closes the round."""
    with visiting(chromium, city, "yen") as secretary, visiting(chromium, city, "quang") as other:
        secretary.open(HERE)
        confirmed(secretary, "open_round")
        typed(secretary, 9)
        secretary.page.set_input_files("#scan", scan)
        assert secretary.faults() == []
        secretary.page.click("#record")
        other.open(HERE)
        assert other.page.input_value("[id='totals.0.for']") == ""
        typed(other, 9, against=1)
        other.page.click("#record")
        assert "Hai người nhập lệch: 9 và 8" in said(other).replace("8 và 9", "9 và 8")
        assert other.faults() == []
        kept(other, "session-mismatch-1366")
        with visiting(chromium, city, "yen", viewport=PHONE) as phone:
            phone.open(HERE)
            assert phone.faults() == []
            kept(phone, "session-mismatch-390")
        other.page.click("text=Sửa 1 chỗ lệch")
        typed(other, 9)
        other.page.click("#record")
        assert "Sửa 1 chỗ lệch" not in said(other)
        secretary.page.wait_for_selector("text=Vừa có thay đổi: tải lại")
        assert secretary.complaints == []
    with visiting(chromium, city, "chau") as chair:
        chair.open(HERE)
        confirmed(chair, "close_round")
        assert "9/9, 100,0%" in said(chair)
        assert chair.faults() == []


def _ended(chromium: Any, city: City) -> None:
    """The chair closes, the secretary writes, both sign."""
    with visiting(chromium, city, "chau") as chair, visiting(chromium, city, "yen") as secretary:
        chair.open(HERE)
        confirmed(chair, "close_session")
        secretary.open(HERE)
        secretary.page.click(".action-bar .btn-primary")
        secretary.page.fill("#opening", "Chủ tịch Hội đồng khai mạc phiên họp.")
        secretary.page.click("#confirm")
        confirmed(secretary, "sign_minutes")
        chair.open(HERE)
        confirmed(chair, "sign_minutes")
        assert "Đã ký biên bản" in said(chair)
        assert "Chủ tịch Hội đồng khai mạc phiên họp." in said(chair)
        assert chair.faults() == []


def _no_page_has_a_fault(chromium: Any, city: City) -> None:
    """Nothing axe can find, on a desk and a phone, in both languages."""
    desks = (("yen", "en", PHONE), ("quang", "vi", PHONE), ("chau", "en", None))
    for login, lang, viewport in desks:
        with visiting(chromium, city, login, lang=lang, viewport=viewport) as visit:
            for path in ("/sessions", "/councils/HD-2024-0001", HERE, f"{HERE}/packet", f"{HERE}/history"):
                assert visit.open(path).status == 200
                assert visit.faults() == []
                kept(visit, f"{path.strip('/').replace('/', '-')}-{login}-{lang}")


def _decided(chromium: Any, city: City, ref: str) -> None:
    """The chairman of the city reads what the council said, then signs: an act of its own."""
    with visiting(chromium, city, "hung") as chairman:
        page = chairman.page
        chairman.open("/inbox")
        page.click(f"a[href*='{ref}'] >> nth=0")
        page.click(f".action-bar a.btn-primary[href='/dossiers/{ref}/decision']")
        assert said(chairman).count("9 trên 9 thành viên") == 2
        assert chairman.faults() == []
        kept(chairman, "session-decision-1366")
        page.click("#sign")
        assert "01/QĐ-UBND" in page.locator("#flash").inner_text()
        assert chairman.faults() == []


def _registered(chromium: Any, city: City, ref: str) -> None:
    """The award register holds both, with the decision; an entry leads back to the dossier."""
    with visiting(chromium, city, "ly") as registrar:
        registrar.open("/register")
        assert said(registrar).count("01/QĐ-UBND") >= 2
        assert registrar.faults() == []
        kept(registrar, "session-register-1366")
        registrar.page.click("main table a >> nth=0")
        assert registrar.page.locator(f"main a[href='/dossiers/{ref}']").count() >= 1
        assert registrar.faults() == []
