"""Every cell of the published table: who may do which act where, who is refused why, who sees nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import (
    HEAD,
    World,
    a_dossier,
    a_draft,
    a_world,
    an_actor,
    judged,
    recorded,
    sent_for,
)
from cells import ACTS, MAY, SEES, TABLE
from databases import a_sqlite_copy

from states.decide import CLOCK, Actor
from states.roles import PSEUDO_ROLES, Role
from workflow.problems import NotFound, Refused

CELLS = [
    (place, act, who, said) for place, act, who, *said in map(str.split, filter(None, TABLE.split("\n")))
]
STRANGERS = {
    "tn_home": an_actor("home_affairs_officer", "NVTN", "tn_home"),
    "tn_head": an_actor("home_affairs_head", "NVTN", "tn_head"),
    "tn_edu": an_actor("education_officer", "GDTN", "tn_edu"),
    "tn_sec": an_actor("council_secretary", "HDTN", "tn_sec"),
    "tn_chair": an_actor("chairman", "TN", "tn_chair"),
    "nobody": Actor("nobody", (), "nobody", "Nobody"),
    "clock": CLOCK,
}
SEATS = {"unit": "", "education": "PGD", "home": "PNV", "council": "HD", "culture": "PNV"}


@pytest.fixture(scope="module")
def city(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One city for all cells: what is refused changes nothing, what is done has a dossier of its own."""
    with a_sqlite_copy(sqlite_template) as database:
        yield a_world(database, tmp_path_factory.mktemp("cells"))


@pytest.fixture(scope="module")
def waiting(city: World) -> dict[str, str]:
    """A dossier at every place of the table, for everything that will be refused."""
    return {place: there(city, place) for place in {cell[0] for cell in CELLS} | SEES.keys()}


def there(world: World, place: str) -> str:
    """A new dossier at a place of the table."""
    station, _, how = place.partition("/")
    if how == "empty":
        return a_draft(world, awards=(), papers=False)
    if station == "lapsed":
        ref = a_draft(world)
        world.do(CLOCK, "lapse", ref)
        return ref
    kind = "DOT_XUAT" if how == "simplified" else "CONG_TRANG"
    awards = ("BK_TINH",) if station == "awaiting_submission" and how == "simplified" else ()
    ref = a_dossier(
        world,
        station,
        unit="T1" if how == "school" else "",
        kind=kind,
        awards=awards or (("GK_HUYEN",) if how == "simplified" else ()),
    )
    if how == "judged":
        judged(world, ref)
    if how == "recorded":
        recorded(world, ref)
    return ref


def comes_of(world: World, ref: str, act: str, who: str | Actor) -> str:
    """What comes of an act somebody tries: done, 404, or the codes."""
    try:
        actor = STRANGERS.get(who, who) if isinstance(who, str) else who
        world.do(actor, act, ref, **sent_for(world, ref, act))
    except NotFound:
        return "404"
    except Refused as refusal:
        return " ".join(sorted(reason["code"] for reason in refusal.reasons))
    return "done"


@pytest.mark.parametrize(("place", "act", "who", "said"), CELLS, ids=lambda part: str(part))
def test_each_cell_of_the_table_comes_out_as_written(
    city: World, waiting: dict[str, str], place: str, act: str, who: str, said: list[str]
) -> None:
    ref = there(city, place) if said == ["done"] else waiting[place]
    before = city.record(ref)
    assert comes_of(city, ref, act, who) == " ".join(said)
    assert (city.record(ref) == before) == (said != ["done"])


def test_the_table_is_worth_its_name() -> None:
    assert len(CELLS) >= 120
    assert len({tuple(map(str, cell)) for cell in CELLS}) == len(CELLS)


def holder_of(role: str, unit: str) -> Actor:
    """Somebody in a role, for dossiers of a unit under the city."""
    seat = unit if role.startswith("unit_") else SEATS.get(role.partition("_")[0], "LK")
    return CLOCK if role == "clock" else an_actor(role, seat, f"any {role}")


@pytest.mark.parametrize("place", sorted(SEES))
def test_nobody_does_what_the_table_does_not_give_them(
    city: World, waiting: dict[str, str], place: str
) -> None:
    ref = waiting[place]
    station = place if place == "awaiting_completion/school" else place.partition("/")[0]
    for role in Role:
        actor = holder_of(role, city.record(ref).unit)
        if role not in SEES[place].split() and role not in PSEUDO_ROLES:
            with pytest.raises(NotFound):
                city.view(actor, ref)
            assert {comes_of(city, ref, act, actor) for act in ("amend", "award")} == {"404"}
            continue
        for act in ACTS:
            codes = city.weighed(ref, act, actor)
            expected = may_at(station, act, role)
            assert ("wrong_station" in codes) == (codes == ["wrong_station"]), (place, act, role, codes)
            assert ("wrong_station" in codes) == ((station, act) not in MAY), (place, act, role, codes)
            if (station, act) in MAY:
                assert ("wrong_role" in codes) != expected, (place, act, role, codes)


def may_at(station: str, act: str, role: str) -> bool:
    """What the hand-written table says."""
    return role in MAY.get((station, act), "").split()


@pytest.mark.parametrize("unit", ["P1", "X1", "T1", "VP"])
def test_only_the_clerk_of_the_unit_itself_opens_a_dossier(sqlite_world: World, unit: str) -> None:
    world = sqlite_world
    sent = {"unit": unit, "kind": "CONG_TRANG", "period": "2023", "title": "Năm 2023", "nominations": []}
    for who in (HEAD[unit], "tam", "ngoc", "son", "hung", "quy"):
        assert world.refused(who, "create", **sent) == ["wrong_role"]
    assert world.refused(STRANGERS["nobody"], "create", **sent) == ["wrong_role"]
    assert a_draft(world, unit=unit)


def test_what_is_explained_is_what_happens(city: World, waiting: dict[str, str]) -> None:
    """Buttons and the road agree: explained reasons are refused for, explained freedom is done."""
    for place, act, who, said in CELLS:
        if who == "clock" or said == ["404"]:
            continue
        told = city.explained(STRANGERS.get(who, who), waiting[place])
        if said == ["wrong_station"] or act in ("lapse", "escalate"):
            assert act not in told
        else:
            assert told[act] == ([] if said == ["done"] else said), (place, act, who)
