"""The minutes of a session of the council: fixed figures from its record, free words around them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from states.council.session import Signature as Signed
from states.papers.official_names import committee_of, place_of_body
from workflow.engine import ZONE
from workflow.papers.minutes_items import item_blocks
from workflow.papers.minutes_matter import MinutesMatter
from workflow.papers.minutes_members import member_blocks
from workflow.papers.official_paper import (
    Block,
    Heading,
    OfficialPaper,
    Paragraph,
    Section,
    Signature,
    sections,
)
from workflow.papers.terms import figure, hour
from workflow.papers.words import listed, said

SYMBOL = "BB-HĐTĐKT"


def minutes_paper(matter: MinutesMatter) -> OfficialPaper:
    """The minutes as they stand: a signer's name is there once that person has signed."""
    session = matter.session
    return OfficialPaper(
        heading=_heading(matter),
        type=said("minutes.type"),
        abstract=said("minutes.abstract", title=matter.title, council=_council(matter)),
        blocks=(*_opening(matter), *_parts(matter), *_closing(matter)),
        signatures=(
            _signature(matter, "secretary", session.signatures.get("secretary")),
            _signature(matter, "chair", session.signatures.get("chair")),
        ),
        recipients=(*listed("minutes.recipients"), *listed("recipients.kept")),
    )


def signed_by_chair(matter: MinutesMatter, person: str, name: str) -> MinutesMatter:
    """The matter as it will be once this person has put the last signature under it."""
    session = matter.session
    signatures = {**session.signatures, "chair": Signed(person, 0)}
    return replace(
        matter,
        session=replace(session, signatures=signatures),
        names={**matter.names, person: name},
    )


def written(words: str) -> Iterator[Paragraph]:
    """Free words, a paragraph to each of their lines."""
    return (Paragraph(one.strip()) for one in words.splitlines() if one.strip())


def _council(matter: MinutesMatter) -> str:
    unit = matter.units[matter.session.unit]
    return unit.name_vi if unit.kind == "council" else said("council")


def _heading(matter: MinutesMatter) -> Heading:
    body = matter.units[matter.session.body].name_vi
    superior = committee_of(body).replace(said("committee"), said("committee_short"), 1).upper()
    place, day = place_of_body(body), matter.session.day
    return Heading(superior, _council(matter).upper(), matter.session.ref, SYMBOL, place, day)


def _opening(matter: MinutesMatter) -> Iterator[Block]:
    session, began = matter.session, matter.first("open_session")
    assert session.day is not None  # every session has its day
    about = {"day": session.day.day, "month": session.day.month, "year": session.day.year}
    called = session.begins_at.replace(":", " giờ ") + " phút"
    yield Paragraph(
        said("minutes.met", ref=session.ref, title=matter.title, hour=called, place=session.place, **about)
    )
    if began:
        yield Paragraph(said("minutes.began", hour=hour(began.at, ZONE)))
    yield from written(matter.text.get("opening", ""))


def _parts(matter: MinutesMatter) -> tuple[Block, ...]:
    voted: list[Block] = [*written(matter.text.get("discussion", ""))]
    for place, ref in enumerate(_agenda(matter), 1):
        voted.append(Section(said("minutes.item", place=place, ref=ref, unit=_unit(matter, ref))))
        voted += item_blocks(matter, ref)
    proposed = [*written(matter.text.get("proposals", ""))]
    parts: list[tuple[str, Iterable[Block | str]]] = [
        (said("minutes.members"), member_blocks(matter)),
        (said("minutes.agenda"), _listed(matter)),
        (said("minutes.votes"), voted),
        (said("minutes.proposals"), proposed or [said("minutes.no_proposals")]),
    ]
    return sections([(head, list(blocks)) for head, blocks in parts])


def _listed(matter: MinutesMatter) -> Iterator[str]:
    for place, ref in enumerate(_agenda(matter), 1):
        held = set(matter.session.items[ref].nominations)
        for entry in matter.done("set_aside"):
            if entry.args.get("dossier") == ref:
                held |= set(entry.args["nominations"])
        yield said(
            "minutes.agenda_line", place=place, ref=ref, unit=_unit(matter, ref), count=figure(len(held))
        )


def _agenda(matter: MinutesMatter) -> list[str]:
    items = matter.session.items
    return sorted(items, key=lambda ref: items[ref].position)


def _unit(matter: MinutesMatter, ref: str) -> str:
    return matter.units[matter.session.items[ref].unit].name_vi


def _closing(matter: MinutesMatter) -> Iterator[Block]:
    yield from written(matter.text.get("closing", ""))
    ended = matter.first("close_session")
    if ended:
        local = ended.at.astimezone(ZONE)
        about = {"day": local.day, "month": local.month, "year": local.year}
        yield Paragraph(said("minutes.ended", hour=hour(ended.at, ZONE), **about))


def _signature(matter: MinutesMatter, part: str, signed: Signed | None) -> Signature:
    head = said(f"minutes.{part}").upper()
    if signed is None:
        return Signature((head,))
    return Signature((head, said("minutes.signed")), matter.names.get(signed.person, ""))
