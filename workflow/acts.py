"""The closed registry of acts: every name a definition may use, with what it does."""

from collections.abc import Mapping

from workflow import appraisal, completion, council, decision, drafting, escalation, holds
from workflow.act import Act

ACTS: Mapping[str, Act] = {
    act.name: act
    for module in (drafting, appraisal, completion, council, decision, holds, escalation)
    for act in module.ACTS
}
DRAFTING = frozenset({"create", "amend"})
"""The acts that write texts beside the facts."""
