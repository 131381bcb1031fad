"""Stored definitions are held against the digest that every entry decided under them names."""

from hashlib import sha256

from sqlalchemy.engine import Connection

from db import definitions
from workflow.auditing.proof import Bad

FAULT = "definition_does_not_match_digest"


def definitions_fault(conn: Connection) -> Bad | None:
    """The first definition whose text is not the one it was when first used; its name stands for the case."""
    for one in definitions.stored(conn):
        if sha256(one.body.encode()).hexdigest() != one.digest:
            return Bad(one.id, 0, FAULT)
    return None
