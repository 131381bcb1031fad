"""A named show of hands as it is typed: the few by name, the rest at once."""

from collections.abc import Mapping

from starlette.datastructures import FormData

from states.council.ballots import of_hands
from states.council.session import Round, Session
from web.cases.acting import typed
from web.sessions.round import Figures, as_typed, of_totals


def hands_of(form: FormData, one: Round) -> list[dict[str, str]]:
    """Every hand of a round: a member left blank is counted with the rest, where the rest was chosen."""
    found = []
    for id_, rule in one.rules.items():
        may = one.roll.may_vote(id_) | one.roll.may_write(id_, rule)
        rest = typed(form, f"rest.{id_}")
        for seat in sorted(may):
            vote = typed(form, f"hand.{id_}.{seat}") or rest
            if vote:
                found.append({"nomination": id_, "seat": seat, "vote": vote})
    return found


def figures_typed(form: FormData, session: Session) -> Mapping[str, Figures]:
    """What stands in the form of the open round so far, by nomination: hands are counted as they are typed."""
    found = session.open_round
    if found is None or found[1].ballot != "hands":
        return as_typed(form)
    one = found[1]
    raised: dict[str, dict[str, str]] = {}
    for row in hands_of(form, one):
        raised.setdefault(row["nomination"], {})[row["seat"]] = row["vote"]
    return of_totals(
        {id_: of_hands(raised.get(id_, {}), one.roll, id_, rule) for id_, rule in one.rules.items()}
    )
