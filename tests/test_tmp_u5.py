"""tmp"""

from typing import Any
from pathlib import Path
from browsing import PHONE, City, visiting
from builders_council import a_council, opened, ready, voted
from builders import a_dossier
from builders_packages import with_files, a_package
from io import BytesIO
from test_package_minutes import met

pytest_plugins = ["browser_fixtures"]
D = Path("/tmp/u5shots")


def shot(v, name):
    v.page.wait_for_timeout(500)
    v.page.screenshot(path=D / f"{name}.png", full_page=True)
    print(name, v.faults())


def test_all(chromium: Any, city: City) -> None:
    world = city.world
    refs = met(with_files(world))
    with_files(world)
    with visiting(chromium, city, "hung") as v:
        v.open("/signing")
        shot(v, "queue")
        v.page.locator("#all-submit_upward-go").click()
        shot(v, "sheet")
        v.page.fill("#letter_no", "15/TTr-UBND")
        for b in v.page.locator("[data-gate-tick]").all():
            b.check()
        v.page.click("#sign-all")
        shot(v, "progress")
        v.page.set_viewport_size(PHONE)
        shot(v, "progress-390")
        v.page.set_viewport_size({"width": 1366, "height": 768})
        v.open(f"/dossiers/{refs[0]}/official/letter")
        shot(v, "letter")
    content = a_package(world, *refs)
    with visiting(chromium, city, "ly") as v:
        v.open("/received")
        v.page.get_by_label("Gói hồ sơ").set_input_files(
            {"name": "goi.zip", "mimeType": "application/zip", "buffer": content}
        )
        v.page.click("#receive")
        shot(v, "received")
        v.page.set_viewport_size(PHONE)
        shot(v, "received-390")
        v.page.click("#check")
        shot(v, "received-checked-390")
    from workflow.council import ACTS

    rule = {"ballot": "hands", "source": "Quy chế 05/QC", "confidence": "high"}
    world.do("chau", "set_rule", "HD-2024-0001", reason="Quy chế", **rule)
    d = ready(world, unit="T1", awards=("CSTDCS", "LDTT"))
    ref = world.do(
        "yen",
        "draft_session",
        unit="HD",
        date="2024-05-20",
        title="Phiên họp thứ hai",
        period="2024Q2",
        begins_at="16:00",
        place="B",
    ).ref
    world.do("yen", "set_agenda", ref, dossiers=[d])
    world.do("chau", "convene", ref)
    from builders_council import session

    world.do("chau", "open_session", ref, present=list(session(world, ref).roll))
    world.do("yen", "open_round", ref, dossier=d)
    with visiting(chromium, city, "yen") as v:
        v.open(f"/sessions/{ref}")
        shot(v, "hands")
        v.page.locator("summary", has_text="Ghi từng người").first.click()
        boxes = v.page.locator("[name^='hand.']").all()
        for b in boxes[:5]:
            b.select_option("for")
        shot(v, "hands-five")
        v.page.locator("[name^='rest.']").nth(1).select_option("for")
        shot(v, "hands-rest")
        v.page.set_viewport_size(PHONE)
        shot(v, "hands-390")
    with visiting(chromium, city, "yen", js=False) if False else visiting(chromium, city, "yen") as v:
        v.open(f"/sessions/{ref}")
        v.page.locator("[name^='rest.']").nth(0).select_option("against")
        v.page.click("#recount")
        shot(v, "hands-recount")
    x = a_dossier(world, "awaiting_decision", awards=("CSTDCS", "CSTDCS", "TTLDTT"))
    world.do("hung", "award", x, nominations=world.ids(x))
    with visiting(chromium, city, "son") as v:
        v.open(f"/dossiers/{x}/official/decision")
        shot(v, "decision")
