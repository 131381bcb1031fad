"""The conditions of the year's duties: what a report still lacks, what may end as not having arisen."""

from collections.abc import Mapping

from states.facts import Facts, Guard, Reasons, Unmet
from states.year.duty_forms import form_of


def report_complete(facts: Facts) -> Reasons:
    """Every figure the form asks for was given; a figure may be 0, not missing."""
    asked = form_of(facts.case.category).required
    missing = [name for name in asked if name not in facts.duty.figures]
    if missing:
        yield Unmet("report_incomplete", {"fields": missing})


def corrected(facts: Facts) -> Reasons:
    """Something was changed since it was returned."""
    if facts.duty.saved_seq < facts.duty.returned_seq:
        yield Unmet("not_corrected", {})


def may_not_arise(facts: Facts) -> Reasons:
    """Only what the plan marks "nếu có" may end as not having arisen."""
    if not facts.item.if_any:
        yield Unmet("must_arise", {})


YEAR_GUARDS: Mapping[str, Guard] = {
    "report_complete": Guard(report_complete),
    "corrected": Guard(corrected),
    "may_not_arise": Guard(may_not_arise),
}
