"""Which nominations an act settled or changed."""

from db.nominations import Outcome
from states.case import Case
from states.dossier import Dossier


def settled(before: Case, after: Case) -> dict[str, Outcome]:
    """The nominations whose award or outcome this act changed; only dossiers have any."""
    if not isinstance(before, Dossier) or not isinstance(after, Dossier):
        return {}
    return {
        id_: (n.award, n.outcome or None, n.decision_no or None)
        for id_, n in after.nominations.items()
        if (old := before.nominations.get(id_)) and (old.award, old.outcome) != (n.award, n.outcome)
    }
