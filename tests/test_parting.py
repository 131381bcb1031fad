"""Some nominations go on in a dossier of their own, so that the others need not wait."""

from builders import World, a_dossier, forwarded

from workflow.auditing import verification


def test_home_affairs_parts_a_held_nomination_and_forwards_the_others(world: World) -> None:
    ref = a_dossier(world, "home_affairs_review", awards=("CSTDCS", "TTLDTT", "GK_HUYEN"))
    held = world.ids(ref)[2]
    world.do("son", "part", ref, nominations=[held], reason="Đang xác minh đơn")
    new = "HS-2024-0002"
    parted = world.case(new)
    assert (parted.station, parted.origin, parted.unit) == ("home_affairs_review", ref, world.case(ref).unit)
    assert [n.award for n in parted.nominations.values()] == ["GK_HUYEN"]
    assert parted.papers.keys() == world.case(ref).papers.keys()
    world.do("son", "hold", new, cause="complaint", document="12/TB-TTr")
    forwarded(world, ref)
    assert world.case(ref).station == "awaiting_council"
    assert verification.verify(world.engine).first_bad is None


def test_a_part_keeps_its_rules_its_hands_its_words(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "awaiting_council", awards=("CSTDCS", "TTLDTT"))
    before = world.case(ref)
    world.do("son", "part", ref, nominations=world.ids(ref)[:1], reason="Đang xác minh đơn", lands="council")
    parted, view = world.case("HS-2024-0002"), world.view("ngoc", "HS-2024-0002")
    assert (parted.definition, parted.hands, parted.station) == (
        before.definition,
        before.hands,
        "awaiting_council",
    )
    assert [n.name for n in view.nominations] == [world.view("ngoc", ref).nominations[0].name]
    (opinion,) = next(iter(parted.nominations.values())).opinions.values()
    assert opinion.verdict == "recommended"
    assert world.refused("ngoc", "put_on_agenda", "HS-2024-0002", session_no="1", date="2024-05-20") == [
        "wrong_role"
    ]


def test_a_dossier_is_not_parted_to_nothing(sqlite_world: World) -> None:
    world, ref = sqlite_world, a_dossier(sqlite_world, "home_affairs_review")
    assert world.refused("son", "part", ref, nominations=world.ids(ref), reason="Đơn") == ["nothing_left"]
    assert world.refused("ngoc", "part", ref, nominations=world.ids(ref), reason="Đơn") == [
        "nothing_left",
        "wrong_role",
    ]
