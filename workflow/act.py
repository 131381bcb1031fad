"""What an act is: the form it asks for, what must fit the case, what it does to the case."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy.engine import Connection

from db.cases import CaseRecord
from db.units import Unit
from states.case import Case
from states.document import Document
from states.facts import Change, Facts
from workflow.engine import Engine
from workflow.fields import Form, Nothing
from workflow.moment import Moment
from workflow.problems import Wrong


@dataclass(frozen=True, slots=True)
class Prepared:
    """Arguments with everything looked up that only memory knows."""

    args: Document
    wrong: tuple[Wrong, ...] = ()
    changes: frozenset[Change] = frozenset()


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where the arguments of an act are looked up; ``record`` is ``None`` while the case is being created."""

    conn: Connection
    engine: Engine
    account: str
    record: CaseRecord | None
    case: Case


@dataclass(frozen=True, slots=True)
class Consequence:
    """An act that another act brings about on another case; ``ref`` is empty for one that begins a case."""

    act: str
    ref: str
    args: Document
    reason: str | None = None


def as_filled_in(_lookup: Lookup, args: Document) -> Prepared:
    """For acts whose arguments say all that is to be known."""
    return Prepared(args)


def nothing_more(_before: Case, _after: Case, _args: Mapping[str, Any]) -> Iterable[Consequence]:
    """For acts that touch no other case."""
    return ()


def nothing_wrong(_facts: Facts) -> Iterator[Wrong]:
    """For acts whose arguments can be judged without the case."""
    return iter(())


def one_number(_facts: Facts) -> int:
    """For acts that sign one document."""
    return 1


C = TypeVar("C", bound=Case)


def unchanged(case: C, _args: Mapping[str, Any], _moment: Moment) -> C:
    """For acts of which the step itself is all that happens."""
    return case


@dataclass(frozen=True, slots=True)
class Act(Generic[C]):
    """One act of one person or of the clock.

    ``apply`` is pure: the case, the checked arguments as JSON, the circumstances; it returns the case after.
    ``fits`` yields what only the case shows to be wrong with the arguments. ``numbers`` says how many numbers
    of the year it takes, where its row allocates any. An act that ``begins`` a case gives, for its arguments
    and the unit they name, the key of the definition with the blank case. ``looks_up`` fills the arguments in with
    what only memory knows. ``leads_to`` are the acts on other cases it brings about, from the case before and
    after: they happen with it or it does not. One that only ``follows`` another is open to no command from outside.
    """

    name: str
    apply: Callable[[C, Mapping[str, Any], Moment], C]
    form: type[Form] = Nothing
    fits: Callable[[Facts], Iterator[Wrong]] = field(default=nothing_wrong)
    needs_reason: bool = False
    numbers: Callable[[Facts], int] = field(default=one_number)
    begins: Callable[[Mapping[str, Any], Unit], tuple[str, C]] | None = None
    looks_up: Callable[[Lookup, Document], Prepared] = field(default=as_filled_in)
    leads_to: Callable[[C, C, Mapping[str, Any]], Iterable[Consequence]] = field(default=nothing_more)
    follows: bool = False
