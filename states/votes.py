"""Counting a council's vote: of all members, never of those present."""

from states.dossier import Agenda, Dossier, Result

QUORUM = (2, 3)
"""Two thirds of all members must be present (council charters; confidence medium)."""


def quorum(entitled: int) -> int:
    """Members who must be present: two thirds of all, a fraction counts as a whole member."""
    part, whole = QUORUM
    return -(-part * entitled // whole)


def needed(share: int, entitled: int) -> int:
    """Votes in favour needed: ``share`` percent of all entitled members, a fraction counts as a whole vote."""
    return -(-share * entitled // 100)


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
