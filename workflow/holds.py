"""What happens to a case's clock beside the stations: holds, extensions."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Literal, TypeVar

from states.case import Case, Hold
from states.deadlines import end_of_limit
from states.facts import Facts
from states.limits import resumed, stopped
from workflow.act import Act
from workflow.fields import Day, Form, Line
from workflow.moment import Moment
from workflow.problems import Wrong

C = TypeVar("C", bound=Case)


class PutOnHold(Form):
    """Why the dossier waits, by which document; the unit never reads either."""

    cause: Literal["complaint", "denunciation", "inspection", "investigation", "discipline"]
    document: Line


class Release(Form):
    """The document that ends the hold."""

    document: Line


class Extend(Form):
    """The new last day."""

    due: Day


def hold(case: C, args: Mapping[str, Any], moment: Moment) -> C:
    """Stop the clock and keep what was left of it, in working days."""
    left = stopped(case, today=moment.today, calendar=moment.calendar)
    return replace(case, on_hold=Hold(args["cause"], moment.seq, left), due=None)


def release(case: C, _args: Mapping[str, Any], moment: Moment) -> C:
    """Let the clock run on with what was left."""
    assert case.on_hold is not None  # is_on_hold holds here
    running = resumed(case, case.on_hold.left, today=moment.today, calendar=moment.calendar)
    return replace(running, on_hold=None)


def later_than_now_due(facts: Facts) -> Iterator[Wrong]:
    """An extension ends after the present last day."""
    present, asked = facts.case.due or facts.case.remind, date.fromisoformat((facts.args or {})["due"])
    # A day before today is the guard's to refuse: it knows the better sentence.
    if present and facts.today <= asked <= present:
        yield Wrong("due", "not_later", {"due": present.isoformat()})


def extend(case: C, args: Mapping[str, Any], moment: Moment) -> C:
    """Move the last day; one that is a day off ends on the next working day."""
    return case.extended(end_of_limit(date.fromisoformat(args["due"]), moment.calendar))


ACTS: tuple[Act[Any], ...] = (
    Act("hold", hold, form=PutOnHold),
    Act("release", release, form=Release),
    Act("extend", extend, form=Extend, fits=later_than_now_due, needs_reason=True),
)
