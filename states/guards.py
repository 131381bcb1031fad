"""The closed registry of guards: what every case has in common, beside what each kind asks for itself."""

from collections.abc import Mapping
from datetime import date

from states.calendar.calendar_guards import CALENDAR_GUARDS
from states.council.session_guards import SESSION_GUARDS
from states.dossier_guards import DOSSIER_GUARDS
from states.facts import Facts, Guard, Reasons, Unmet
from states.register.guards import REGISTER_GUARDS
from states.year.guards import YEAR_GUARDS


def unit_exists(facts: Facts) -> Reasons:
    """A unit that has ended submits nothing more; what it submitted before goes on."""
    if facts.unit_until is not None and facts.unit_until < facts.today:
        yield Unmet("unit_ended", {"date": facts.unit_until.isoformat()})


def no_office_act_yet(facts: Facts) -> Reasons:
    """A unit may take its dossier out of an office only before the office has acted."""
    if facts.case.office_acted:
        yield Unmet("office_has_acted", {})


def due_not_past(facts: Facts) -> Reasons:
    """A due date given by a person is not before today."""
    due = date.fromisoformat((facts.args or {})["due"])
    if due < facts.today:
        yield Unmet("past_date", {"date": due.isoformat(), "today": facts.today.isoformat()})


def past_due_for_the_clock(facts: Facts) -> Reasons:
    """What a person may do at any time, the clock does only once the last day is over."""
    due = facts.case.due
    if facts.by_clock and (due is None or facts.today <= due):
        yield Unmet(
            "not_past_due", {"date": due.isoformat() if due else "", "today": facts.today.isoformat()}
        )


def is_on_hold(facts: Facts) -> Reasons:
    """Only what is on hold can be released."""
    if facts.case.on_hold is None:
        yield Unmet("not_on_hold", {})


GUARDS: Mapping[str, Guard] = {
    **DOSSIER_GUARDS,
    **YEAR_GUARDS,
    **CALENDAR_GUARDS,
    **SESSION_GUARDS,
    **REGISTER_GUARDS,
    "unit_exists": Guard(unit_exists),
    "no_office_act_yet": Guard(no_office_act_yet),
    "due_not_past": Guard(due_not_past, needs_args=True),
    "past_due_for_the_clock": Guard(past_due_for_the_clock),
    "is_on_hold": Guard(is_on_hold),
}
