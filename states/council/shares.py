"""The arithmetic of a council's share, in whole numbers only."""

QUORUM = (2, 3)
"""Two thirds of all members must be present (council charters; confidence medium)."""


def needed(share: int, entitled: int, *, strict: bool = False) -> int:
    """Votes in favour needed: ``share`` percent of all entitled members, a fraction counts as a whole vote.

    ``strict`` asks for more than the share ("quá nửa"). Nothing is ever carried without a vote in favour.
    """
    if strict:
        return share * entitled // 100 + 1
    return max(1, -(-share * entitled // 100))


def quorum(entitled: int, fraction: tuple[int, int] = QUORUM) -> int:
    """Members who must be present: a fraction of all, two thirds by default; a part counts as a whole member."""
    part, whole = fraction
    return -(-part * entitled // whole)


def tenths(for_: int, entitled: int) -> int:
    """The share reached in tenths of a percent, rounded half up: 8 of 9 is 889; of nobody it is 0."""
    return (2000 * for_ + entitled) // (2 * entitled) if entitled else 0
