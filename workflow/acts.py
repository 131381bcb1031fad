"""The closed registry of acts: every name a definition may use, with what it does."""

from collections.abc import Mapping
from typing import Any

from workflow import (
    appraisal,
    calendar_days,
    completion,
    council,
    decision,
    decision_changes,
    drafting,
    duties,
    escalation,
    holds,
    intakes,
    plan_items,
    plans,
    revocations,
)
from workflow.act import Act

ACTS: Mapping[str, Act[Any]] = {
    act.name: act
    for module in (
        *(drafting, appraisal, completion, council, decision, holds, escalation),
        *(duties, plan_items, intakes, plans, calendar_days),
        *(decision_changes, revocations),
    )
    for act in module.ACTS
}
DRAFTING = frozenset({"create", "amend"})
"""The acts that write texts beside the facts."""
