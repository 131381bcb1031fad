"""The part of the minutes about one dossier: its rounds with what else was done, in the order it happened."""

from collections.abc import Iterator

from states.council.session import Conflict
from workflow.dossiers.entries import EntryView
from workflow.papers.minutes_matter import MinutesMatter
from workflow.papers.minutes_round import round_blocks
from workflow.papers.official_paper import Block, Paragraph
from workflow.papers.terms import award_name
from workflow.papers.words import said


def item_blocks(matter: MinutesMatter, ref: str) -> Iterator[Block]:
    """Every closed round of a dossier, every lower award, what was set aside, what was put off."""
    rounds = {one.closed: (no, one) for no, one in matter.session.rounds_of(ref)}
    yield from (Paragraph(one) for one in _lifted(matter, ref))
    nothing = True
    for entry in matter.entries:
        if entry.seq in rounds:
            yield from round_blocks(matter, *rounds[entry.seq])
        elif entry.act in _SAID and entry.args.get("dossier") == ref:
            yield Paragraph(_SAID[entry.act](matter, entry))
        else:
            continue
        nothing = False
    if nothing:
        yield Paragraph(said("minutes.not_voted"))


def _lower(matter: MinutesMatter, entry: EntryView) -> str:
    name, award = matter.nominee(entry.args["nomination"]), award_name(entry.args["award"])
    return said("minutes.lower", name=name, award=award, reason=entry.reason)


def _aside(matter: MinutesMatter, entry: EntryView) -> str:
    names = ", ".join(matter.nominee(id_) for id_ in matter.in_order(entry.args["nominations"]))
    award = entry.args.get("award")
    lower = said("minutes.aside_lower", award=award_name(award)) if award else ""
    lands = said(f"minutes.lands_{entry.args.get('lands') or 'council'}")
    return said("minutes.aside", names=names, lands=lands, lower=lower, reason=entry.reason)


def _postponed(_matter: MinutesMatter, entry: EntryView) -> str:
    return said("minutes.postponed", reason=entry.reason)


_SAID = {"propose_lower": _lower, "set_aside": _aside, "postpone_item": _postponed}


def _lifted(matter: MinutesMatter, ref: str) -> Iterator[str]:
    """The interests the chair found to be none, with the reason, a sentence to each decision."""
    groups: dict[int, list[Conflict]] = {}
    for one in matter.session.conflicts.values():
        if one.dossier == ref and one.lifted:
            groups.setdefault(one.lifted, []).append(one)
    for seq, found in sorted(groups.items()):
        entry = matter.entry(seq)
        names = ", ".join(matter.nominee(id_) for id_ in matter.in_order(one.nomination for one in found))
        reason = entry.reason if entry else ""
        yield said("minutes.lifted", member=matter.member(found[0].seat), names=names, reason=reason)
