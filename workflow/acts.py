"""The closed registry of acts: every name a definition may use, with what it does."""

from collections.abc import Mapping
from typing import Any

from workflow import holds, reminding
from workflow.act import Act
from workflow.calendar import days as calendar_days
from workflow.clock import escalation
from workflow.council import (
    councils,
    session_interests,
    session_items,
    session_minutes,
    session_rounds,
    sessions,
)
from workflow.dossiers import (
    appraisal,
    completion,
    council_results,
    council_vote,
    decision,
    drafting,
    parting,
)
from workflow.register import decision_changes, revocations
from workflow.year import duties, intakes, plan_items, plans

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
