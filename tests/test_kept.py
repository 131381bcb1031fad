"""What is kept between two visits never shows what stood there before."""

from browsing import with_passwords
from builders import World, a_dossier
from hypothesis import given, strategies as st
from test_pages_dossier import Desk

from db.kept import Kept
from web.dossiers.bar import bar, next_act
from workflow.dossiers import reading
from workflow.sight import sees


@given(most=st.integers(1, 5), visits=st.lists(st.lists(st.integers(0, 9)), max_size=8))
def test_a_page_shows_the_same_whatever_was_kept_or_forgotten(most: int, visits: list[list[int]]) -> None:
    kept: Kept[str] = Kept(most)
    for keys in visits:
        made = kept.all(keys, lambda places, keys=keys: [f"line {keys[place]}" for place in places])
        assert made == [f"line {key}" for key in keys]
        assert len(kept) <= most


def test_what_is_kept_is_not_made_again() -> None:
    kept: Kept[str] = Kept(2)
    assert kept.one("a", lambda: "first") == kept.one("a", lambda: "second") == "first"


def test_the_inbox_shows_an_act_at_once(sqlite_world: World) -> None:
    world = with_passwords(sqlite_world)
    ref, desk = a_dossier(world, "home_affairs_review"), Desk(world, "ngoc")
    assert "Tạm dừng" not in desk.see("/inbox")
    world.do("son", "hold", ref, cause="denunciation", document="12/TB-TTr")
    assert "Tạm dừng" in desk.see("/inbox")


def test_what_to_do_first_is_what_the_dossier_itself_offers_first(sqlite_world: World) -> None:
    world = sqlite_world
    for station in ("drafting", "education_review", "council_vote"):
        ref = a_dossier(world, station)
        for actor in world.people.values():
            with world.engine.database.reading() as conn:
                if not sees(actor, world.record(ref)):
                    continue
                view, loaded = reading.dossier(world.engine, conn, ref, actor)
                weighed = reading.acts(world.engine, loaded, actor)
            told = reading.told(loaded, actor)
            assert next_act(ref, told, weighed, "vi") == bar(view, weighed, "vi").primary
