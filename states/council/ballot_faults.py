"""What is wrong with figures before a round may be closed on them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field

from states.council.ballots import CHOICES, Roll, Totals
from states.council.vote_rules import Rule


@dataclass(frozen=True, slots=True)
class CountFault:
    """One thing wrong: the code of its sentence, the nomination or seat it is about, the figures it needs.

    ``nomination`` is empty for what is about the whole round, ``row`` is the place among the rows given.
    """

    code: str
    nomination: str = ""
    row: int | None = None
    seat: str = ""
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two tellers do not agree; a figure is ``None`` where one of them has no row for the nomination."""

    nomination: str
    field: str
    first: int | None
    second: int | None


def faults(rules: Mapping[str, Rule], roll: Roll, rows: Iterable[tuple[str, Totals]]) -> Iterator[CountFault]:
    """What is wrong with the totals of a round; ``rules`` has every nomination of the round with its rule."""
    seen: set[str] = set()
    for row, (nomination, totals) in enumerate(rows):
        if nomination not in rules:
            yield CountFault("not_in_round", nomination, row)
        elif nomination in seen:
            yield CountFault("named_twice", nomination, row)
        else:
            seen.add(nomination)
            yield from _sums(rules[nomination], roll, nomination, totals, row)
    if missing := len(rules.keys() - seen):
        yield CountFault("votes_missing", facts={"missing": missing})


def _sums(rule: Rule, roll: Roll, nomination: str, totals: Totals, row: int) -> Iterator[CountFault]:
    if min(asdict(totals).values()) < 0:
        yield CountFault("negative_votes", nomination, row)
        return
    present, written = len(roll.may_vote(nomination)), len(roll.may_write(nomination, rule))
    if totals.room != present:
        yield CountFault(
            "room_does_not_add_up", nomination, row, facts={"total": totals.room, "present": present}
        )
    if totals.opinions != written:
        yield CountFault(
            "written_does_not_add_up", nomination, row, facts={"total": totals.opinions, "written": written}
        )
    took_part, entitled = totals.room + totals.opinions, roll.entitled(nomination, rule)
    if took_part > entitled:
        yield CountFault(
            "more_than_entitled", nomination, row, facts={"took_part": took_part, "entitled": entitled}
        )


def of_hands(rule: Rule, roll: Roll, nomination: str, hands: Mapping[str, str]) -> Iterator[CountFault]:
    """What is wrong with a named show of hands on one nomination: every hand that may be raised, no other."""
    if rule.ballot != "hands":
        yield CountFault("paper_only", nomination)
    may = roll.may_vote(nomination) | roll.may_write(nomination, rule)
    for seat in sorted(hands.keys() - may):
        yield CountFault("hand_does_not_count", nomination, seat=seat)
    for seat in sorted(seat for seat in hands.keys() & may if hands[seat] not in CHOICES):
        yield CountFault("hand_unreadable", nomination, seat=seat)
    for seat in sorted(may - hands.keys()):
        yield CountFault("hand_missing", nomination, seat=seat)


def differences(first: Mapping[str, Totals], second: Mapping[str, Totals]) -> Iterator[Difference]:
    """Where two tellers' totals differ, figure by figure, in the order of the first teller's rows."""
    for nomination in [*first, *(id_ for id_ in second if id_ not in first)]:
        one, other = _figures(first.get(nomination)), _figures(second.get(nomination))
        for name in one or other:
            if one.get(name) != other.get(name):
                yield Difference(nomination, name, one.get(name), other.get(name))


def _figures(totals: Totals | None) -> dict[str, int]:
    return asdict(totals) if totals else {}
