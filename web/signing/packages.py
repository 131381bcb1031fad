"""The packages that went with the letters of a batch."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from workflow.batches.orders import Batch


@dataclass(frozen=True, slots=True)
class Packed:
    """The dossiers of one letter: those that were sent, those that were not; an empty ``sha256`` is no package."""

    letter: str
    sha256: str
    sent: tuple[str, ...]
    unsent: tuple[str, ...]

    @property
    def href(self) -> str:
        """Where the package is taken from."""
        return f"/dossiers/{self.sent[0]}/package.zip" if self.sha256 else ""


def packed_of(batch: Batch) -> list[Packed]:
    """Each letter of a batch under which something was sent, with its package."""
    return list(_packed(batch)) if batch.record.act == "submit_upward" else []


def _packed(batch: Batch) -> Iterator[Packed]:
    under: dict[tuple[str, str], dict[str, str]] = {}
    for item in batch.items:
        args = json.loads(item.args)
        under.setdefault((args["letter_no"], args.get("package") or ""), {})[item.ref] = item.state
    for (letter, sha256), states in under.items():
        sent = tuple(ref for ref, state in states.items() if state == "done")
        unsent = tuple(ref for ref, state in states.items() if state in ("refused", "conflict"))
        if sent:
            yield Packed(letter, sha256, sent, unsent if sha256 else ())
