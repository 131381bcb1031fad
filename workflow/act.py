"""What an act is: the form it asks for, what must fit the case, what it does to the case."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from db.units import Unit
from states.case import Case
from states.document import Document
from states.facts import Change, Facts
from workflow.fields import Form, Nothing
from workflow.moment import Moment
from workflow.problems import Wrong


@dataclass(frozen=True, slots=True)
class Prepared:
    """Arguments with everything looked up that only memory knows."""

    args: Document
    wrong: tuple[Wrong, ...] = ()
    changes: frozenset[Change] = frozenset()


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
    and the unit they name, the key of the definition with the blank case.
    """

    name: str
    apply: Callable[[C, Mapping[str, Any], Moment], C]
    form: type[Form] = Nothing
    fits: Callable[[Facts], Iterator[Wrong]] = field(default=nothing_wrong)
    needs_reason: bool = False
    numbers: Callable[[Facts], int] = field(default=one_number)
    begins: Callable[[Mapping[str, Any], Unit], tuple[str, C]] | None = None
