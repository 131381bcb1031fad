"""What a unit reported, version by version."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.engine import Connection

from db import duties
from states.decide import Actor
from states.periods import Period, PeriodError
from states.year.duty import Duty
from states.year.duty_forms import DutyForm, form_of
from workflow.case_reading import CaseView, Said, case
from workflow.dossiers.entries import EntryView, words_at
from workflow.engine import Engine
from workflow.loading import Loaded, facts_in

PLACE = "reports"


@dataclass(frozen=True, slots=True)
class Version:
    """What was sent once: the figures and the texts as they were then."""

    seq: int
    at: datetime
    by: str
    figures: Mapping[str, int]
    text: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DutyView:
    """A report or registration as one person may read it.

    ``text`` is what stands in it now, ``versions`` what was sent, the newest last; ``returned`` is why it has to
    be corrected, as long as it has. ``before`` are the figures of a year earlier, empty where nobody knows them.
    """

    of: CaseView
    duty: Duty
    form: DutyForm
    text: Mapping[str, str]
    versions: tuple[Version, ...]
    returned: Said | None
    extensions: tuple[Said, ...]
    excused: Said | None
    before: Mapping[str, int]

    @property
    def sent_before(self) -> Version | None:
        """The version before the one that is shown."""
        sent = self.versions if self.duty.saved_seq > self.duty.sent_seq else self.versions[:-1]
        return sent[-1] if sent else None


def duty(engine: Engine, conn: Connection, ref: str, actor: Actor) -> tuple[DutyView, Loaded]:
    """One report or registration as this person may read it, with what its acts need. Raises NotFound."""
    view, loaded = case(engine, conn, ref, actor, PLACE)
    return of_case(conn, view), loaded


def of_case(conn: Connection, view: CaseView) -> DutyView:
    """What the unit reported in a case that was read already."""
    facts = view.case
    assert isinstance(facts, Duty)
    returned = view.said("send_back") if view.record.station == "returned" else ()
    return DutyView(
        of=view,
        duty=facts,
        form=form_of(facts.category),
        text=_text(view.entries, facts.text_seq),
        versions=tuple(versions(view.entries)),
        returned=next(iter(returned), None),
        extensions=view.said("extend"),
        excused=next(iter(view.said("excuse")), None),
        before=_a_year_earlier(conn, facts),
    )


def versions(entries: Iterable[EntryView]) -> Iterator[Version]:
    """Each sending with what had been saved until then; words that were erased are left out."""
    figures: Mapping[str, int] = {}
    text: Mapping[str, str] = {}
    for entry in entries:
        if entry.act == "save":
            figures, text = entry.args.get("figures", figures), entry.args.get("text", text)
        elif entry.act == "send":
            yield Version(entry.seq, entry.at, entry.actor, figures, text)


def _text(entries: Iterable[EntryView], seq: int) -> Mapping[str, str]:
    text: Mapping[str, str] = words_at(entries, seq).get("text", {})
    return text


def _a_year_earlier(conn: Connection, facts: Duty) -> Mapping[str, int]:
    with suppress(PeriodError):
        period = Period.parse(facts.period)
        earlier = Period(period.kind, period.year - 1, period.part)
        found = duties.one_of(conn, unit=facts.unit, category=facts.category, period=str(earlier))
        before = facts_in(found) if found and found.station == "accepted" else None
        return before.figures if isinstance(before, Duty) else {}
    return {}
