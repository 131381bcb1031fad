"""A named show of hands as it is typed: the few by name, the rest at once."""

from starlette.datastructures import FormData

from states.session import Round
from web.acting import typed


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
