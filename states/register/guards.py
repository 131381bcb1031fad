"""The conditions of what changes the register: the decision is ours, it still stands, its day is past."""

from collections.abc import Iterable, Mapping
from datetime import date

from states.facts import Facts, Guard, Reasons, Unmet
from states.register.line import RegisterEntry


def decided_by_us(facts: Facts) -> Reasons:
    """Who signed a decision replaces or corrects it (NĐ 30/2020 Điều 18 khoản 3); nobody else's is changed here."""
    ours = facts.case.body
    foreign = [entry for entry in facts.register if not entry.decided_here or entry.body != ours]
    if foreign:
        said = {"deciders": sorted({entry.authority for entry in foreign}), "number": _numbers(foreign)}
        yield Unmet("decided_elsewhere", said, "NĐ 30/2020 Điều 18 khoản 3")


def in_our_register(facts: Facts) -> Reasons:
    """An award that went through another body is revoked through that body."""
    other = [entry for entry in facts.register if entry.body != facts.case.body]
    if other:
        deciders = sorted({entry.authority for entry in other})
        yield Unmet("decided_elsewhere", {"deciders": deciders, "number": _numbers(other)}, "Điều 93")


def something_stands_of_it(facts: Facts) -> Reasons:
    """A decision of which nothing stands any more is not changed a second time."""
    if not any(entry.stands for entry in facts.register):
        yield from still_stands(facts)


def still_stands(facts: Facts) -> Reasons:
    """What was replaced or revoked is not changed a second time; the line that followed it is."""
    for status in ("replaced", "revoked"):
        gone = [entry for entry in facts.register if entry.status == status]
        if gone:
            by = ", ".join(sorted({entry.changed_by for entry in gone}))
            yield Unmet(f"already_{status}", {"number": _numbers(gone), "by": by, "count": len(gone)})


def not_under_way(facts: Facts) -> Reasons:
    """One change of a decision, one revocation of an award at a time."""
    if facts.under_way:
        yield Unmet("already_under_way", {"by": ", ".join(facts.under_way)})


def concluded_already(facts: Facts) -> Reasons:
    """A conclusion is there before a revocation rests on it."""
    day = date.fromisoformat((facts.args or {})["concluded_on"])
    if day > facts.today:
        yield Unmet("not_concluded_yet", {"date": day.isoformat(), "today": facts.today.isoformat()})


def _numbers(entries: Iterable[RegisterEntry]) -> str:
    return ", ".join(sorted({entry.decision_no for entry in entries}))


REGISTER_GUARDS: Mapping[str, Guard] = {
    "decided_by_us": Guard(decided_by_us, needs_args=True),
    "in_our_register": Guard(in_our_register, needs_args=True),
    "something_stands_of_it": Guard(something_stands_of_it, needs_args=True),
    "still_stands": Guard(still_stands, needs_args=True),
    "not_under_way": Guard(not_under_way, needs_args=True),
    "concluded_already": Guard(concluded_already, needs_args=True),
}
