"""The forms of the process in a real browser: what scripts spare people, what everyone can use."""

from typing import Any

from browsing import PHONE, City, visiting
from builders import a_dossier, a_draft, nominations, recorded

pytest_plugins = ["browser_fixtures"]


def paste(page: Any, into: str, text: str) -> None:
    """What the browser does when something copied from a spreadsheet is pasted."""
    page.eval_on_selector(
        into,
        """(cell, text) => {
            const held = new DataTransfer();
            held.setData('text/plain', text);
            cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData: held, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def test_a_list_is_pasted_checked_while_it_is_typed_and_saved(chromium: Any, city: City) -> None:
    with visiting(chromium, city, "lan") as lan:
        lan.open("/dossiers/new")
        page = lan.page
        page.fill("#title", "Đề nghị danh hiệu năm 2023")
        page.select_option("#period", "2023")
        twice = "Vòng Nhịt Mùi\tGiáo viên\tCá nhân\tDạy giỏi\tChiến sĩ thi đua cơ sở"
        upward = "Bia\tNhân viên\tCá nhân\tx\tChiến sĩ thi đua cấp tỉnh"
        paste(page, "[id='nominations.0.name']", "\n".join((twice, twice, upward)))
        page.wait_for_selector("#ways .alert-danger")
        assert "đề nghị hai lần" in page.inner_text("#checks")
        page.wait_for_selector("[data-autosave-status]:has-text('Đã lưu nháp lúc')")
        assert lan.faults() == []
        page.click("#ways button")
        page.wait_for_url("**/dossiers")
    names = [[n.name for n in city.world.view("lan", f"HS-2024-{n:04}").nominations] for n in (1, 2)]
    assert names == [["Vòng Nhịt Mùi", "Vòng Nhịt Mùi"], ["Bia"]]


def test_enter_in_the_last_cell_goes_to_the_next_line_and_then_adds_one(chromium: Any, city: City) -> None:
    ref = a_draft(city.world, awards=("CSTDCS",))
    with visiting(chromium, city, "lan") as lan:
        lan.open(f"/dossiers/{ref}/edit")
        lan.page.focus("[id='nominations.0.award']")
        lan.page.keyboard.press("Enter")
        assert lan.page.evaluate("document.activeElement.id") == "nominations.1.name"
        lan.page.keyboard.type("Tổ Hai")
        assert lan.page.input_value("[id='nominations.1.name']") == "Tổ Hai"


def test_another_kind_brings_other_awards_and_keeps_the_names(chromium: Any, city: City) -> None:
    with visiting(chromium, city, "tam") as tam:
        tam.open("/dossiers/new")
        page = tam.page
        page.fill("[id='nominations.0.name']", "Tổ dân phố 3")
        page.select_option("#kind", "DOT_XUAT")
        page.wait_for_selector(
            "[id='nominations.0.award']:not(:has(option[value='CSTDCS']))", state="attached"
        )
        assert page.input_value("[id='nominations.0.name']") == "Tổ dân phố 3"


def test_votes_are_counted_while_they_are_typed(chromium: Any, city: City) -> None:
    ref = a_dossier(city.world, "council_vote", awards=("CSTDCS", "TTLDTT"))
    with visiting(chromium, city, "yen") as yen:
        yen.open(f"/dossiers/{ref}/council")
        page = yen.page
        for cell, value in (
            ("entitled", "9"),
            ("present", "9"),
            ("votes.0.for", "7"),
            ("votes.0.against", "2"),
        ):
            page.fill(f"[id='{cell}']", value)
        page.wait_for_selector("#tally-0 .verdict-good")
        assert "Cần 7 phiếu" in page.inner_text("#vote-rules")
        page.fill("[id='votes.0.against']", "1")
        page.wait_for_selector("#tally-0:has-text('Thiếu 1 phiếu')")
        assert page.evaluate("document.activeElement.id") == "votes.0.against"
        assert yen.faults() == []


def test_on_a_phone_the_process_is_a_table(chromium: Any, city: City) -> None:
    with visiting(chromium, city, "trung", viewport=PHONE) as trung:
        trung.open("/process")
        assert not trung.page.is_visible(".process-drawing")
        assert trung.page.is_visible("text=Các bước của quy trình")
        assert trung.faults() == []


def _pages(city: City) -> dict[str, list[str]]:
    """Every form of the process, by who fills it in."""
    world, rows = city.world, nominations("CSTDCS", "CSTDCS")
    review = a_dossier(world, "home_affairs_review", rows=rows)
    voted = a_dossier(world, "council_vote", rows=rows)
    recorded(world, voted)
    decided, submitted = a_dossier(world, "awaiting_decision"), a_dossier(world, "awaiting_submission")
    answered = a_dossier(world, "submitted_to_province")
    return {
        "ngoc": [
            f"/dossiers/{review}/appraisal",
            f"/dossiers/{review}/appraisal?view=table",
            f"/dossiers/{answered}/submission",
            "/process",
        ],
        "chau": [f"/dossiers/{voted}/council"],
        "hung": [f"/dossiers/{decided}/decision", f"/dossiers/{submitted}/submission"],
    }


def test_nothing_on_these_pages_shuts_anyone_out(chromium: Any, city: City) -> None:
    faults = {}
    for login, paths in _pages(city).items():
        with visiting(chromium, city, login) as visit:
            for path in paths:
                assert visit.open(path).status == 200
                faults[path] = visit.faults()
    assert {path: found for path, found in faults.items() if found} == {}


def test_nothing_on_a_phone_in_english_shuts_anyone_out(chromium: Any, city: City) -> None:
    ref = a_draft(city.world)
    with visiting(chromium, city, "lan", lang="en", viewport=PHONE) as lan:
        lan.open(f"/dossiers/{ref}/edit")
        assert lan.page.inner_text("h1") == "Edit the dossier"
        assert lan.faults() == []
