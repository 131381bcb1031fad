"""What an act is: the form it asks for, what must fit the case, what it does to the case."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from states.document import Document
from states.dossier import Dossier
from states.guards import Change, Facts
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


@dataclass(frozen=True, slots=True)
class Act:
    """One act of one person or of the clock.

    ``apply`` is pure: the case, the checked arguments as JSON, the circumstances; it returns the case after.
    ``fits`` yields what only the case shows to be wrong with the arguments.
    """

    name: str
    apply: Callable[[Dossier, Mapping[str, Any], Moment], Dossier]
    form: type[Form] = Nothing
    fits: Callable[[Facts], Iterator[Wrong]] = field(default=nothing_wrong)
    needs_reason: bool = False
