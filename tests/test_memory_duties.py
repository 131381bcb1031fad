"""Questions about what units owe, on both kinds of database."""

from builders import World, a_dossier
from builders_reports import a_duty, an_item, the_plan

from db import duties
from db.cases import CaseRecord
from db.duties import Owed
from states.year.plan_file import plan_document, shipped_plan
from workflow.sight import scope_of

BOTH = ("report", "registration")


def refs(found: list[CaseRecord]) -> list[str]:
    """What people call them."""
    return [record.ref for record in found]


def test_everybody_finds_what_is_theirs_the_newest_first(world: World) -> None:
    ward, school = a_duty(world), a_duty(world, unit="T1")
    registration = a_duty(world, kind="registration", duty="Q1-07b", period="2024")
    later = a_duty(world, "draft", unit="T1", duty="REP-12M-SCHOOL", period="2024")
    item, _ = an_item(world), a_dossier(world, "home_affairs_review")
    office, education = scope_of(world.people["ngoc"]), scope_of(world.people["khoa"])
    clerk, nobody = scope_of(world.people["lan"]), scope_of(world.people["quy"])
    with world.engine.database.reading() as conn:
        everything = duties.listed(conn, office, BOTH, limit=9)
        assert refs(everything) == [later, registration, school, ward]
        page = duties.listed(conn, office, BOTH, limit=2)
        after = page[-1].created_at, page[-1].id
        assert refs(page + duties.listed(conn, office, BOTH, after=after, limit=9)) == refs(everything)
        assert refs(duties.listed(conn, education, BOTH, limit=9)) == [later, school]
        assert refs(duties.listed(conn, clerk, BOTH, limit=9)) == [registration, ward]
        assert duties.listed(conn, nobody, BOTH, limit=9) == []
        assert refs(duties.listed(conn, office, BOTH, unit="T1", station="draft", limit=9)) == [later]
        assert refs(duties.listed(conn, office, BOTH, period="2024H1", limit=9)) == [school, ward]
        assert refs(duties.listed(conn, office, ("plan_item",), year=2024, limit=9)) == [item]
        assert duties.listed(conn, office, ("plan_item",), year=2023, limit=9) == []


def test_a_duty_is_open_until_nobody_owes_it_any_more(world: World) -> None:
    a_duty(world, "accepted", unit="T1")
    second = a_duty(world, "education_pack", unit="T2")
    education = scope_of(world.people["dung"])
    with world.engine.database.reading() as conn:
        [owed] = duties.open_ones(conn, education)
        assert owed == Owed("report", "REP-6M-SCHOOL", "2024H1", "Báo cáo sơ kết thi đua 6 tháng đầu năm")
        assert duties.open_ones(conn, scope_of(world.people["lan"])) == []
        assert duties.done_of(conn, "LK", ["REP-6M-SCHOOL"], 2024) == {"REP-6M-SCHOOL": (1, 2)}
    world.do("dung", "pass_on", second, pack="01/GD")
    world.do("ngoc", "accept", second)
    with world.engine.database.reading() as conn:
        assert duties.open_ones(conn, education) == []
        assert duties.done_of(conn, "LK", ["REP-6M-SCHOOL"], 2024) == {"REP-6M-SCHOOL": (2, 2)}


def test_the_plan_in_effect_comes_before_a_newer_draft(world: World) -> None:
    active = the_plan(world)
    first, _ = an_item(world, item="Q2-02b"), an_item(world)
    draft = world.do(
        "ngoc", "draw_up", unit="PNV", year=2024, title="Nháp", plan=plan_document(shipped_plan(2024))
    ).ref
    with world.engine.database.reading() as conn:
        assert refs(duties.plans_of(conn, "LK", "2024")) == [active, draft]
        assert duties.plans_of(conn, "TN", "2024") == []
        assert refs(duties.of_items(conn, "LK", ["Q2-02b", "Q2-99"], 2024)) == [first]
        found = duties.one_of(conn, unit="PNV", category="Q2-02b", period="2024Q2")
        assert found is None
