"""One round of votes as the minutes tell it: rule, quorum, interests, figures, what they come to in words."""

from collections.abc import Iterator

from states.council.ballots import Outcome
from states.council.session import Round
from states.council.vote_rules import Rule
from states.labels import label
from workflow.engine import ZONE
from workflow.papers.minutes_matter import MinutesMatter
from workflow.papers.official_paper import Block, Paragraph, Table
from workflow.papers.terms import award_name, figure, hour, percent
from workflow.papers.words import said


def round_blocks(matter: MinutesMatter, no: str, one: Round) -> Iterator[Block]:
    """Everything that was recorded of a closed round; nobody's own ballot is in it."""
    order = matter.in_order(one.outcomes)
    lines = [_head(matter, no, one), *_again(matter, one), *_rules(one), *_room(matter, one)]
    lines += [*_interests(matter, one), *_counted(matter, one)]
    yield from (Paragraph(text) for text in lines)
    if any(one.outcomes[id_].result != "no_quorum" for id_ in order):
        yield _table(matter, one, order)
    yield from (Paragraph(_in_words(matter.nominee(id_), one.rules[id_], one.outcomes[id_])) for id_ in order)


def _head(matter: MinutesMatter, no: str, one: Round) -> str:
    began, ended = matter.entry(one.opened), matter.entry(one.closed)
    return said(
        "minutes.round",
        no=no,
        ballot=label("ballot", one.ballot, "vi"),
        began=hour(began.at, ZONE) if began else "",
        ended=hour(ended.at, ZONE) if ended else "",
    )


def _again(matter: MinutesMatter, one: Round) -> Iterator[str]:
    opened = matter.entry(one.opened)
    reason = opened.args.get("again") if opened else None
    if reason:
        yield said("minutes.again", reason=reason)


def _rules(one: Round) -> Iterator[str]:
    """A sentence to each rule of the round, naming the awards voted under it."""
    groups: dict[tuple[int, bool, bool, str], list[str]] = {}
    for id_, rule in one.rules.items():
        key = (rule.share, rule.strict, rule.written, rule.recusal)
        groups.setdefault(key, []).append(award_name(one.awards[id_]))
    for (share, strict, opinions, recusal), awards in groups.items():
        yield said(
            "minutes.rule",
            awards=", ".join(dict.fromkeys(awards)),
            share=_share(share, strict),
            opinions=label("opinions", "allowed" if opinions else "refused", "vi").lower(),
            recusal=label("recusal", recusal, "vi").lower(),
        )


def _share(share: int, strict: bool) -> str:
    return said("minutes.more_than" if strict else "minutes.at_least", share=share)


def _room(matter: MinutesMatter, one: Round) -> Iterator[str]:
    """The quorum of this vote with its figures, who went after voting, who wrote."""
    for (part, whole), outcome in {one.rules[id_].fraction: o for id_, o in one.outcomes.items()}.items():
        reached = outcome.present >= outcome.quorum
        yield said(
            "minutes.quorum" if reached else "minutes.no_quorum",
            present=outcome.present,
            members=outcome.members,
            words=figure(outcome.quorum),
            fraction=f"{part}/{whole}",
        )
    for how, seats in (("went", one.left), ("wrote", one.written)):
        if names := matter.members(seats):
            yield said(f"minutes.{how}", names=names)


def _interests(matter: MinutesMatter, one: Round) -> Iterator[str]:
    """Who did not vote, on whom, why."""
    groups: dict[tuple[str, str], list[str]] = {}
    for id_ in matter.in_order(one.recused):
        for seat in one.recused[id_]:
            if id_ in one.rules:
                groups.setdefault((seat, _why(matter, seat, id_)), []).append(matter.nominee(id_))
    for (seat, why), names in groups.items():
        yield said("minutes.recused", member=matter.member(seat), names=", ".join(names), why=why)


def _why(matter: MinutesMatter, seat: str, nomination: str) -> str:
    held = matter.session.conflicts.values()
    found = next((c for c in held if (c.seat, c.nomination) == (seat, nomination)), None)
    if found is None:
        return ""
    entry = matter.entry(found.seq) if found.why == "declared" else None
    words = label("interest", found.why, "vi")
    return f"{words} ({entry.reason})" if entry and entry.reason else words


def _counted(matter: MinutesMatter, one: Round) -> Iterator[str]:
    if one.totals:
        yield said(
            "minutes.tellers", names=", ".join(matter.names.get(who, "") for who in sorted(one.totals))
        )
    if one.scan:
        yield said("minutes.scan", sha256=one.scan)


COLUMNS = (
    "number",
    "nominee",
    "for",
    "against",
    "blank",
    "writing",
    "entitled",
    "needed",
    "reached",
    "outcome",
)


def _table(matter: MinutesMatter, one: Round, order: list[str]) -> Table:
    rows = []
    for place, id_ in enumerate(order, 1):
        found, votes = one.outcomes[id_], one.outcomes[id_].totals
        name = f"{matter.nominee(id_)}, {award_name(one.awards[id_])}"
        figures = (votes.all_for, votes.all_against, votes.all_blank, votes.opinions)
        counted = (*figures, found.entitled, found.needed)
        result = said(f"minutes.is_{found.result}")
        rows.append((str(place), name, *(str(n) for n in counted), percent(found.share), result))
    head = tuple(said(f"column.{name}") for name in COLUMNS)
    return Table(head, tuple(rows), (6, 22, 9, 9, 9, 9, 10, 8, 9, 9), frozenset({0, 2, 3, 4, 5, 6, 7, 8, 9}))


def _in_words(name: str, rule: Rule, found: Outcome) -> str:
    """The figures again in words, then what they come to: "8 trên 9 thành viên là 88,9%, chưa đạt 90%"."""
    votes = found.totals
    if found.result == "no_quorum":
        return said("minutes.uncounted", name=name)
    facts = {
        "for_": figure(votes.all_for),
        "against": figure(votes.all_against),
        "blank": figure(votes.all_blank),
    }
    lines = [said("minutes.votes_of", name=name, **facts)]
    if votes.opinions:
        lines.append(said("minutes.of_these_written", count=figure(votes.opinions)))
    if found.recused:
        lines.append(said("minutes.kept_out", count=figure(found.recused)))
    return f"{'; '.join(lines)}. {verdict(rule, found)}"


def verdict(rule: Rule, found: Outcome) -> str:
    """How far the votes in favour go of all members, measured against the share."""
    short = found.totals.all_for < found.needed
    reached = "minutes.more" if rule.strict else "minutes.reaches"
    missed = "minutes.not_more" if rule.strict else "minutes.misses"
    return said(
        missed if short else reached,
        for_=found.totals.all_for,
        entitled=found.entitled,
        percent=percent(found.share),
        share=rule.share,
        needed=figure(found.needed),
        missing=figure(found.missing),
        result=said(f"minutes.is_{found.result}").lower(),
    )
