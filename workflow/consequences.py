"""What one act brings about on other cases, as commands of its own person on behalf of the case that decided."""

from collections.abc import Iterator
from typing import Any

from states.case import Case
from states.decide import Actor, Grant
from states.roles import Role
from workflow.acts import ACTS
from workflow.command import Command
from workflow.passage import Passage

Reasons = list[dict[str, Any]]


class Hindered(Exception):
    """The case ``ref`` cannot take what another act brings about; ``reasons`` say why, that case named first."""

    def __init__(self, ref: str, reasons: Reasons) -> None:
        super().__init__(ref)
        self.reasons: Reasons = [{"code": "hindered", "facts": {"ref": ref}, "basis": ""}, *reasons]


def on_behalf(passage: Passage) -> Actor:
    """The same person, acting for the case that decided: only acts given to that role are open to them."""
    case = passage.loaded.case
    return Actor(passage.actor.person, (Grant(Role.session, case.unit, case.body),), name=passage.actor.name)


def following(passage: Passage, case: Case) -> Iterator[Command]:
    """What is to be done on other cases, always in the order of their references, so that none waits in a circle."""
    brought = ACTS[passage.command.act].leads_to(passage.loaded.case, case, passage.args)
    for place, one in enumerate(sorted(brought, key=lambda one: one.ref)):
        yield Command(
            act=one.act,
            key=f"{case.ref}:{case.version}:{place}",
            ref=one.ref,
            reason=one.reason or passage.command.reason,
            args=one.args,
            request_id=passage.command.request_id,
        )
