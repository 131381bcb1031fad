"""What a signer should know of a dossier before signing it, though nothing forbids to sign."""

from collections.abc import Iterator, Mapping
from datetime import date

from states.awards import AWARDS, required_papers, vote_rule, wished_papers
from states.council.quotas import quotas_on
from states.council.shares import needed
from states.dossier import Dossier, Nomination
from states.facts import Unmet


def going(case: Dossier, act: str) -> dict[str, Nomination]:
    """The nominations a signature under this act carries on."""
    if act == "award":
        return case.electable()
    return {id_: n for id_, n in case.standing().items() if n.council != "not_passed"}


def warnings_of(
    case: Dossier, act: str, *, today: date, unsigned: frozenset[str] = frozenset()
) -> Iterator[Unmet]:
    """Every warning, of those nominations alone that the act carries on; ``unsigned`` sessions lack their minutes."""
    signed = going(case, act)
    if case.agenda and case.agenda.session in unsigned:
        yield Unmet("minutes_unsigned", {"session": case.agenda.session})
    yield from _quotas(signed, today)
    yield from _papers(case, signed)
    yield from _votes(case, signed)


def _quotas(signed: Mapping[str, Nomination], today: date) -> Iterator[Unmet]:
    """More of a title than its quota, counted among those the same dossier names for the title below it."""
    for code, quota in quotas_on(today).items():
        count = sum(n.award == code for n in signed.values())
        below = sum(n.award == quota.of for n in signed.values())
        if quota.exceeded(count, below):
            figures = {"award": code, "of": quota.of, "n": count, "base": count + below}
            yield Unmet("quota_exceeded", figures | {"percent": quota.percent}, quota.source)


def _papers(case: Dossier, signed: Mapping[str, Nomination]) -> Iterator[Unmet]:
    """Papers that the awards ask for and nobody brought."""
    wanted = sorted({n.award for n in signed.values()})
    asked = dict.fromkeys((*required_papers(case.procedure), *wished_papers(wanted, case.procedure)))
    brought = {paper.type for paper in case.papers.values()}
    if missing := [code for code in asked if code not in brought]:
        yield Unmet("papers_wished", {"papers": missing})


def _votes(case: Dossier, signed: Mapping[str, Nomination]) -> Iterator[Unmet]:
    """A vote that only just reached a share nobody is sure of: by the next share the catalogue knows it fails."""
    if case.agenda is None or case.result is None:
        return
    for id_, nomination in signed.items():
        rule, votes = case.agenda.rules.get(nomination.award), case.result.votes.get(id_)
        if rule is None or votes is None or rule.confidence != "low":
            continue
        stricter = _next_share(rule.share)
        if votes.for_ < needed(stricter, case.result.entitled):
            figures = {"for": votes.for_, "entitled": case.result.entitled}
            yield Unmet(
                "vote_just_passed", {"nomination": id_, **figures, "share": rule.share, "other": stricter}
            )


def _next_share(share: int) -> int:
    """The next higher share of a vote that any award of the catalogue asks for; the same where it is the highest."""
    return min((s for code in AWARDS if (s := vote_rule(code).share) > share), default=share)
