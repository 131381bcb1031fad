"""What else lies on desks of the small city: awards to be signed together, packages to be sent, one received."""

from datetime import date
from io import BytesIO
from typing import Any

from bench.small_world import World
from workflow.batches.orders import Wanted, order
from workflow.packages.check import Limits
from workflow.packages.make import package_of
from workflow.packages.receiving import content, package, receive
from workflow.papers.letter_paper import Letter

SIGNER = "tuan"
LETTER = {"letter_no": "15/TTr-UBND", "date": "2024-05-21"}


def ready_for(world: World, _kind: str, act: str) -> str:
    """A dossier to be signed or sent; for what is resumed a batch nobody has begun to carry out."""
    return (
        a_batch(world)
        if act == "resume"
        else world.ready_for("submit_upward" if act in ("package", "pack") else "award")
    )


def said(world: World, ref: str, act: str) -> tuple[str, dict[str, Any]]:
    """Who orders what."""
    if act == "order":
        item = {"ref": ref, "version": world.record(ref).version, "confirmed": True}
        return SIGNER, {"act": "award", "items": [{**item, "args": _signed(world, ref)}]}
    if act == "pack":
        return SIGNER, {**LETTER, "refs": [ref]}
    return SIGNER, dict(LETTER) if act == "package" else {}


def a_batch(world: World) -> str:
    """An award that was ordered with others, of which nothing was done yet."""
    ref = world.ready_for("award")
    wanted = Wanted(ref, world.record(ref).version, _signed(world, ref), confirmed=True)
    return order(world.engine, world.people[SIGNER], "award", [wanted], key=f"w{next(world.keys)}")


def a_package(world: World, limits: Limits) -> str:
    """A package as another installation would send it, received here."""
    ref, sent = world.ready_for("submit_upward"), BytesIO()
    letter = Letter(LETTER["letter_no"], date.fromisoformat(LETTER["date"]))
    package_of(world.engine, [ref], world.people[SIGNER], letter).write(sent)
    return receive(world.engine, sent, limits, world.people["kien"]).package.id


def bytes_of(world: World, package_id: str) -> bytes:
    """A package as it came."""
    found = package(world.engine, world.people["kien"], package_id)
    with content(world.engine, found.sha256) as held:
        return held.read()


def _signed(world: World, ref: str) -> dict[str, Any]:
    return {"nominations": list(world.case(ref).standing())}
