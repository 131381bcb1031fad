"""The closed registry of acts: every name a definition may use, with what it does."""

from collections.abc import Mapping
from typing import Any

from workflow import (
    appraisal,
    calendar_days,
    completion,
    council_results,
    council_vote,
    councils,
    decision,
    decision_changes,
    drafting,
    duties,
    escalation,
    holds,
    intakes,
    parting,
    plan_items,
    plans,
    reminding,
    revocations,
    session_interests,
    session_items,
    session_minutes,
    session_rounds,
    sessions,
)
from workflow.act import Act

ACTS: Mapping[str, Act[Any]] = {
    act.name: act
    for module in (
        *(drafting, appraisal, completion, council_vote, decision, holds, escalation, reminding),
        *(duties, plan_items, intakes, plans, calendar_days),
        *(councils, sessions, session_interests, session_rounds, session_items, session_minutes),
        *(council_results, parting),
        *(decision_changes, revocations),
    )
    for act in module.ACTS
}
