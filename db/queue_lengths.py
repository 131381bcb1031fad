"""How long the five queues of a desk are, in one question."""

from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from db import case_lists, completions
from db.case_lists import Holders
from db.completions import Concern
from db.scope import Scope, ScopeKey


class QueueLengths(NamedTuple):
    """How many cases wait, are soon due, are overdue, are in completion, are done with."""

    todo: int
    soon: int
    overdue: int
    completion: int
    done: int


def queue_lengths(
    conn: Connection,
    scope: Scope,
    holders: Holders,
    concern: Concern,
    person: str,
    *,
    today: date,
    soon: date,
) -> QueueLengths:
    """All five as of `today`; what is due from then until before the day `soon` is soon due."""
    counted = _counted(scope.key, tuple(holders), concern)
    return QueueLengths(*conn.execute(counted, {"today": today, "soon": soon, "person": person}).one())


@lru_cache(maxsize=256)
def _counted(scope_key: ScopeKey, holders: Holders, concern: Concern) -> sa.Select[Any]:
    """Built once for a desk: writing this question takes longer than answering it."""
    scope = Scope.of(scope_key)
    others = (completions.counting(scope, concern), case_lists.counting_acted_on(scope, holders))
    # By themselves: an inner question about the same table would otherwise be taken for one about the outer row.
    return case_lists.counting_queue(scope, holders).add_columns(
        *(other.correlate(None).scalar_subquery() for other in others)
    )
