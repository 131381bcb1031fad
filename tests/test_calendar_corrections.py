"""A correction of the calendar moves every limit it touches, once, and leaves the others alone."""

from builders import World, a_dossier

from workflow import audit
from workflow.clock import sweep

SWAP = {"title": "Nghỉ hoán đổi", "title_en": "Swapped day off", "source": "01/VPCP", "confidence": "high"}


def proposed(world: World, day: str, *, working: bool = False) -> str:
    """An officer proposes that a day be off, or worked."""
    return world.do("ngoc", "propose_day", unit="PNV", day=day, working=working, **SWAP).ref


def applied(world: World, day: str, *, working: bool = False) -> str:
    """The head applies it; the clock does what follows."""
    ref = proposed(world, day, working=working)
    world.do("son", "apply_day", ref, reason="Theo thông báo của Thủ tướng")
    assert not sweep(world.engine).failed
    return ref


def revoked(world: World, ref: str) -> None:
    """The head revokes it; the clock does what follows."""
    world.do("son", "revoke_day", ref, reason="Thông báo bị thu hồi")
    assert not sweep(world.engine).failed


def due(world: World, ref: str) -> str:
    """The last day of a case."""
    return str(world.record(ref).due_on)


def test_a_limit_of_working_days_ends_one_day_later_once_a_day_of_it_is_made_off(world: World) -> None:
    ref = a_dossier(world, "home_affairs_review")
    before, version = world.record(ref).due_on, world.record(ref).version
    assert before is not None
    correction = applied(world, "2024-05-16")
    assert due(world, ref) == "2024-05-28"
    assert str(before) == "2024-05-27"
    assert world.record(ref).version == version + 1
    assert world.record(correction).station == "in_effect"
    assert audit.verify(world.engine).first_bad is None
