"""Every cell of the table under regime B: who may do which act where, who is refused why, who sees nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from builders import World
from builders_wards import BODY, a_dossier, judged, performed, sent_for, someone, the_wards
from cells import ACTS
from cells_b import MAY, SEES, TABLE
from databases import a_sqlite_copy

from states.decide import CLOCK, Actor
from states.roles import PSEUDO_ROLES, Role
from workflow.problems import Invalid, NotFound, Refused

CELLS = [
    (place, act, who, said) for place, act, who, *said in map(str.split, filter(None, TABLE.split("\n")))
]


@pytest.fixture(scope="module")
def wards(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Two wards for all cells: what is refused changes nothing, what is done has a dossier of its own."""
    with a_sqlite_copy(sqlite_template) as database:
        yield the_wards(database, tmp_path_factory.mktemp("wards"))


@pytest.fixture(scope="module")
def waiting(wards: World) -> dict[str, str]:
    """A dossier at every place of the table, for everything that will be refused."""
    return {place: there(wards, place) for place in {cell[0] for cell in CELLS} | SEES.keys()}


def there(world: World, place: str) -> str:
    """A new dossier at a place of the table."""
    station, _, how = place.partition("/")
    unit = "TA" if how == "school" else "OA"
    if how == "simplified":
        return a_dossier(world, station, unit, kind="DOT_XUAT", awards=("GK_XA",))
    ref = a_dossier(world, station, unit)
    if how == "judged":
        judged(world, ref)
    if how == "recorded":
        performed(world, "council_secretary", "record_result", ref)
    return ref


def comes_of(world: World, ref: str, act: str, who: str | Actor) -> str:
    """What comes of an act somebody tries: done, 404, or the codes."""
    try:
        world.do(CLOCK if who == "clock" else who, act, ref, **sent_for(world, ref, act))
    except NotFound:
        return "404"
    except Refused as refusal:
        return " ".join(sorted(reason["code"] for reason in refusal.reasons))
    return "done"


@pytest.mark.parametrize(("place", "act", "who", "said"), CELLS, ids=lambda part: str(part))
def test_each_cell_of_the_table_comes_out_as_written(
    wards: World, waiting: dict[str, str], place: str, act: str, who: str, said: list[str]
) -> None:
    ref = there(wards, place) if said == ["done"] else waiting[place]
    before = wards.record(ref)
    assert comes_of(wards, ref, act, who) == " ".join(said)
    assert (wards.record(ref) == before) == (said != ["done"])


def test_the_table_is_worth_its_name() -> None:
    assert len(CELLS) >= 100
    assert len({tuple(map(str, cell)) for cell in CELLS}) == len(CELLS)


def seat(role: str, body: str) -> str:
    """Where a role sits in a ward: the body's letter names its units."""
    letter = body[1]
    return {"unit": f"O{letter}", "culture": f"V{letter}", "council": f"H{letter}"}.get(
        role.partition("_")[0], body
    )


@pytest.mark.parametrize("place", sorted(SEES))
def test_nobody_does_what_the_table_does_not_give_them(
    wards: World, waiting: dict[str, str], place: str
) -> None:
    ref, station = waiting[place], place.partition("/")[0]
    for role in Role:
        actor = CLOCK if role == "clock" else someone(role, seat(role, "PA"))
        if role not in SEES[place].split() and role not in PSEUDO_ROLES:
            with pytest.raises(NotFound):
                wards.view(actor, ref)
            assert {comes_of(wards, ref, act, actor) for act in ("amend", "award")} == {"404"}
            continue
        for act in ACTS:
            codes = wards.weighed(ref, act, actor)
            assert ("wrong_station" in codes) == ((station, act) not in MAY), (place, act, role, codes)
            if (station, act) in MAY:
                expected = role in MAY[station, act].split()
                assert ("wrong_role" in codes) != expected, (place, act, role, codes)


@pytest.mark.parametrize("place", sorted(SEES))
def test_nobody_of_another_ward_sees_the_dossier(wards: World, waiting: dict[str, str], place: str) -> None:
    for role in set(Role) - PSEUDO_ROLES:
        with pytest.raises(NotFound):
            wards.view(someone(role, seat(role, "PB")), waiting[place])
    assert BODY[wards.record(waiting[place]).unit] == "PA"


def test_a_ward_decides_for_its_units_but_proposes_nothing_itself(wards: World) -> None:
    with pytest.raises(Invalid) as invalid:
        wards.do(
            someone("unit_clerk", "PA"),
            "create",
            unit="PA",
            kind="CONG_TRANG",
            period="2025",
            title="Năm 2025",
            nominations=[],
        )
    assert [(wrong.field, wrong.type) for wrong in invalid.value.fields] == [("unit", "no_such_unit")]
