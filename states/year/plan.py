"""The plan of a year: what the body does, what its units owe, when proposals are taken in."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

from states.definition import Words
from states.periods import Period

Party = Literal[
    "UBND_TP",
    "CT_UBND_TP",
    "PNV",
    "HDTDKT_TP",
    "PGDDT",
    "UNITS",
    "WARDS",
    "SCHOOLS",
    "CLUSTERS",
    "MEDIA",
    "MTTQ",
    "UBND_TINH",
    "HDTDKT_TINH",
    "CUM1_HEAD",
    "UBND_XA",
    "CT_UBND_XA",
    "VHXH",
    "HDTDKT_XA",
    "MTTQ_XA",
    "CUM_HEAD",
]
"""Who acts, drafts, receives or passes on; the words are in the group ``party``."""
ItemKind = Literal[
    "principle",
    "plan_from_unit",
    "issue_document",
    "attend",
    "organise",
    "consider_award",
    "council_meeting",
    "submit_up",
    "register",
    "commemorate",
    "report",
    "advise",
    "inspection",
    "movement",
    "communicate",
    "training",
]
Serves = Literal[
    "item",
    "report",
    "registration",
    "council_season",
    "intake",
    "statistic",
    "publication",
    "dossier",
]
"""What serves an item in this program; ``report`` also takes in the units' own plans."""
Recurrence = Literal["yearly", "quarterly", "school_year", "continuous", "once"]
Confidence = Literal["high", "med", "low"]
DutyForm = Literal["report", "registration"]

PARTIES: Final[tuple[str, ...]] = get_args(Party)
THROUGH_EDUCATION: Final = "PGDDT"
"""The party that passes on what schools send; it needs an earlier internal day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The calendar days an item may be done on, both included; they never move to a working day."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A day the plan names: ``before`` it ("trước ngày", read by the plan's parameters) or ``by`` it."""

    before: date | None = None
    by: date | None = None

    @property
    def named(self) -> date:
        """The day as written. ValueError when neither is."""
        if (day := self.before or self.by) is None:
            raise ValueError("a due date names a day: give 'before' or 'by'")
        return day


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """How the days of a plan are read, where the plan leaves it open.

    ``strict_before``: "before 15/5" ends on 14/5. ``rolls``: a named day that is off moves to the next
    working day. ``internal_days_for_schools``: working days, 0 or below, before the body's own last day.
    ``report_cut_off_days``: calendar days before the named day, up to which figures are counted.
    """

    strict_before: bool = False
    rolls: bool = False
    internal_days_for_schools: int
    report_cut_off_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One thing the plan asks for.

    Dated by ``quarter``, ``window`` or ``due``; without any of them ``answer`` says how the program serves
    it all year. ``if_any``: may close as nothing having arisen. ``follows`` names the draft of the year before
    that this item issues; ``draft`` marks such a draft. ``anniversaries`` are years counted from in the text.
    """

    id: str
    section: str
    text: Words
    actor: tuple[Party, ...]
    recurrence: Recurrence
    kind: ItemKind
    serves: Serves
    drafter: Party | None = None
    recipient: tuple[Party, ...] = ()
    via: tuple[Party, ...] = ()
    quarter: int | None = None
    window: Window | None = None
    due: Due | None = None
    fixed_dates: tuple[date, ...] = ()
    anniversaries: tuple[int, ...] = ()
    if_any: bool = False
    draft: bool = False
    depends_on: tuple[str, ...] = ()
    follows: str = ""
    document: str = ""
    award_kinds: tuple[str, ...] = ()
    award_period: str = ""
    answer: Words | None = None
    regime_b: Words | None = None
    confidence: Confidence = "high"
    note: Words | None = None

    @property
    def dated(self) -> bool:
        """Whether the plan says when: by quarter, by window or by a named day."""
        return self.quarter is not None or self.window is not None or self.due is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What every unit of some kinds owes under an item, from the day it opens.

    ``due`` is the body's last day where the item's own is not meant; ``period`` is what it is reckoned by.
    """

    item: str
    definition: DutyForm
    owed_by: tuple[str, ...]
    opens: date
    period: str
    due: Due | None = None
    confidence: Confidence = "high"
    note: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A window in which proposals of one kind are taken in; without days it is open at any time."""

    id: str
    name: Words
    kind: str
    period: str
    opens: date | None = None
    closes: date | None = None
    confidence: Confidence = "high"
    note: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan of one calendar year; ``number`` and ``issued`` are empty until it is issued."""

    year: int
    body_kind: str
    title: Words
    issuer: Words
    signer: Words
    parameters: Parameters
    items: tuple[PlanItem, ...]
    number: str = ""
    issued: date | None = None
    basis: tuple[Words, ...] = ()
    recipients: tuple[Words, ...] = ()
    duties: tuple[Duty, ...] = ()
    campaigns: tuple[Campaign, ...] = ()

    def item(self, id: str) -> PlanItem:  # noqa: A002  # the word every file and page uses for it
        """The item of that name. KeyError when there is none."""
        for item in self.items:
            if item.id == id:
                return item
        raise KeyError(id)

    def duties_of(self, item: str) -> tuple[Duty, ...]:
        """What units owe under an item."""
        return tuple(duty for duty in self.duties if duty.item == item)

    def campaign(self, id: str) -> Campaign:  # noqa: A002  # as for items
        """The intake of that name. KeyError when there is none."""
        for campaign in self.campaigns:
            if campaign.id == id:
                return campaign
        raise KeyError(id)

    def quarter_of(self, item: PlanItem) -> Period | None:
        """The quarter a list shows an item in; of a window or a named day the one it ends in."""
        if item.quarter is not None:
            return Period("quarter", self.year, item.quarter)
        if item.window is not None:
            return Period.containing("quarter", item.window.last)
        return Period.containing("quarter", item.due.named) if item.due is not None else None
