"""Reminding by hand: a person has whoever holds a case told of it, nothing else changes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.engine import Connection

from db import history
from workflow.act import Act, unchanged
from workflow.engine import ZONE
from workflow.fields import Form, Prose

REMIND = "remind"
"""The act by that name."""


class Remind(Form):
    """What goes with the reminder, where there is something to say; whoever may read the case reads it."""

    note: Prose | None = None


ACTS: tuple[Act[Any], ...] = (Act(REMIND, unchanged, form=Remind),)


def reminded(conn: Connection, case_ids: Sequence[str]) -> Mapping[str, tuple[date, ...]]:
    """The days on which somebody reminded whoever holds these cases, by case, each day once."""
    found: dict[str, tuple[date, ...]] = {}
    for case_id, at in history.moments(conn, case_ids, REMIND):
        day = at.astimezone(ZONE).date()
        found[case_id] = tuple(dict.fromkeys((*found.get(case_id, ()), day)))
    return found
