"""Counting a council's vote: of all members, never of those present."""

from states.council.shares import needed, quorum
from states.dossier import Agenda, Dossier, Result


def has_quorum(result: Result) -> bool:
    """Whether enough members were present; absent members' written opinions do not count for this."""
    return result.present >= quorum(result.entitled)


def passed(case: Dossier, agenda: Agenda, result: Result) -> frozenset[str]:
    """The standing nominations that reached the share of their award's snapshotted rule."""
    return frozenset(
        id_
        for id_, nomination in case.standing().items()
        if id_ in result.votes
        and result.votes[id_].for_ >= needed(agenda.rules[nomination.award].share, result.entitled)
    )
