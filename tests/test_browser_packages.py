"""A package in a real browser: downloaded with the letter, verified, taken in elsewhere, a changed one refused."""

from pathlib import Path
from typing import Any

import pytest
from browsing import PHONE, City, open_door, visiting, with_passwords
from builders import a_dossier, a_nomination, a_world
from builders_packages import Taken, digest, with_files
from databases import a_sqlite_copy

from workflow.packages.check import Limits, check

pytest_plugins = ["browser_fixtures"]


@pytest.fixture(scope="module")
def province(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Another installation, served; nobody has a dossier there."""
    with a_sqlite_copy(sqlite_template) as database:
        world = with_passwords(a_world(database, tmp_path_factory.mktemp("province")))
        with open_door(world) as origin:
            yield City(world, origin)


def test_a_package_goes_from_the_dossier_to_the_page_of_another_installation(
    chromium: Any, city: City, province: City, tmp_path: Path
) -> None:
    rows = [
        a_nomination("CSTD_TINH", "Rơ Châm Tâm", title="Cán bộ tư pháp"),
        a_nomination("TTLDXS", "Tổ Văn thư"),
    ]
    ref = a_dossier(with_files(city.world), "awaiting_submission", rows=rows)
    file = tmp_path / "goi.zip"
    with visiting(chromium, city, "hung") as visit:
        visit.open(f"/dossiers/{ref}/submission")
        visit.page.get_by_label("Số tờ trình").fill("15/TTr-UBND")
        visit.page.get_by_role("button", name="Trình tỉnh").click()
        visit.page.get_by_text("Gói điện tử").wait_for()
        assert visit.faults() == []
        with visit.page.expect_download() as download:
            visit.page.get_by_role("link", name="Gói trình tỉnh (.zip)").click()
        download.value.save_as(file)
        visit.page.get_by_role("link", name="Tờ trình", exact=True).click()
        assert visit.page.locator(".sheet-number").inner_text() == "Số: 15/TTr-UBND"
        assert visit.faults() == []
    submission = city.world.case(ref).submission
    assert submission is not None
    with file.open("rb") as stream:
        assert check(stream, Limits()).sha256 == submission.package
    with visiting(chromium, province, "ly", viewport=PHONE) as visit:
        changed = Taken.of(file.read_bytes())
        changed.members["danh-sach.docx"] += b"."
        visit.open("/received")
        assert visit.faults() == []
        sent = {"name": "goi.zip", "mimeType": "application/zip", "buffer": changed.packed()}
        visit.page.get_by_label("Gói hồ sơ").set_input_files(sent)
        visit.page.get_by_role("button", name="Kiểm tra và nhận").click()
        visit.page.get_by_text("danh-sach.docx: dung lượng khác bản kê").first.wait_for()
        visit.page.get_by_label("Gói hồ sơ").set_input_files(file)
        visit.page.get_by_role("button", name="Kiểm tra và nhận").click()
        visit.page.get_by_text("Gói nguyên vẹn").wait_for()
        said = visit.page.locator("main").inner_text()
        assert all(words in said for words in ("Rơ Châm Tâm", "Tổ Văn thư", digest(file.read_bytes())))
        visit.complaints = [c for c in visit.complaints if "422" not in c]
        assert visit.faults() == []
