"""The dossiers that were parted from one another."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from db import commands
from workflow.dossiers.entries import EntryView

BY_A_CASE = ""
"""The account of what one case does to another."""


@dataclass(frozen=True, slots=True)
class Parted:
    """Nominations that went on in the dossier ``ref``."""

    ref: str
    nominations: tuple[str, ...]


def parted(conn: Connection, ref: str, entries: Iterable[EntryView]) -> list[Parted]:
    """Where the nominations of a dossier went that were parted from it, in the order it happened."""
    found = []
    for entry in entries:
        if entry.act == "part":
            # The key under which parting brought the new dossier about, see workflow.consequences.following.
            command = commands.find(conn, BY_A_CASE, f"{ref}:{entry.seq}:0")
            if command is not None:
                moved = tuple(str(id_) for id_ in entry.args.get("nominations", ()))
                found.append(Parted(json.loads(command.answer)["ref"], moved))
    return found
