"""Which official papers can be made of a dossier now, for who reads it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from states.dossier import Decision
from workflow.dossiers.reading import DossierView
from workflow.papers.decision_paper import decision_paper
from workflow.papers.letter_paper import letter_of, letter_paper, list_paper
from workflow.papers.matter import Matter
from workflow.papers.official_paper import OfficialPaper
from workflow.papers.record_papers import opinions_paper, result_paper
from workflow.problems import NotFound

UPWARD = frozenset({"awaiting_submission", "submitted_to_province"})


def offered(view: DossierView) -> tuple[str, ...]:
    """The papers there are: the decision for everybody, the others inside the offices."""
    return tuple(_offered(view))


def made(matter: Matter, name: str, today: date, under: Sequence[Matter] = ()) -> OfficialPaper:
    """One of them; letter and list speak of all dossiers ``under`` the letter.

    Raises NotFound for one that cannot be made now.
    """
    if name not in offered(matter.view):
        raise NotFound
    signed = _decisions(matter.view)
    return decision_paper(matter, signed[name]) if name in signed else _MADE[name](under or [matter], today)


def _offered(view: DossierView) -> Iterator[str]:
    case = view.case
    yield from _decisions(view)
    if view.as_unit:
        return
    if case.station in UPWARD:
        yield from ("letter", "list")
    if case.result and case.result.confirmed:
        yield "result"
    if any(n.opinions for n in view.nominations):
        yield "opinions"


def _decisions(view: DossierView) -> dict[str, Decision]:
    """Every decision that was signed on it: the first under the plain name, the others with their number."""
    return {
        f"decision-{one.number}" if place else "decision": one for place, one in enumerate(view.case.signed)
    }


_MADE: Mapping[str, Callable[[Sequence[Matter], date], OfficialPaper]] = {
    "letter": lambda under, today: letter_paper(under, letter_of(under[0]), today=today),
    "list": lambda under, _: list_paper(under),
    "result": lambda own, _: result_paper(own[0]),
    "opinions": lambda own, _: opinions_paper(own[0]),
}
