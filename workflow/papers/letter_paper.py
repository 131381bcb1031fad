"""The letter (tờ trình) that asks the province for awards, with its list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from states.papers.paper_bases import bases
from workflow.papers.lists import achievements, award_lists, names, votes
from workflow.papers.matter import Matter, by_award, going, subjects
from workflow.papers.official_paper import Annex, Block, OfficialPaper, Paragraph, Signature
from workflow.papers.terms import award_name, dmy
from workflow.papers.words import listed, said

SYMBOL = "TTr-UBND"


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter's number as written, such as "15/TTr-UBND", with its day; both absent in a draft."""

    number: str = ""
    day: date | None = None


def letter_of(matter: Matter) -> Letter:
    """The letter that took the dossier to the province; a draft before that."""
    sent = matter.view.case.submission
    return Letter(sent.letter_no, sent.date) if sent else Letter()


def letter_paper(matters: Sequence[Matter], letter: Letter, *, today: date) -> OfficialPaper:
    """One letter over what several dossiers of one body submit upward; a draft cites the laws of today."""
    first = matters[0]
    number, _, symbol = letter.number.partition("/")
    facts = {"kind": first.kind, "period": first.period}
    laws = (said("cited", text=one.text) for one in bases("letter", letter.day or today))
    chairman = said("chairman").upper()
    return OfficialPaper(
        heading=first.heading(number, symbol or SYMBOL, letter.day),
        type=said("letter.type"),
        abstract=said("letter.abstract", **facts),
        addressees=listed("letter.to"),
        bases=tuple(laws),
        blocks=_asked(matters),
        signatures=(
            Signature((said("acting_for", whom=first.committee.upper()), chairman), _signer(matters)),
        ),
        recipients=(*listed("letter.recipients"), *listed("recipients.kept")),
        annexes=(_annex(matters, letter),),
    )


def list_paper(matters: Sequence[Matter]) -> OfficialPaper:
    """The list alone, for who works with it before the letter has its number."""
    first = matters[0]
    facts = {"kind": first.kind, "period": first.period}
    return OfficialPaper(
        heading=first.heading("", "", None),
        type=said("list.type"),
        abstract=said("list.abstract", **facts),
        blocks=_lists(matters),
        signatures=(Signature((said("acting_for", whom=first.committee.upper()), said("chairman").upper())),),
    )


def _asked(matters: Sequence[Matter]) -> tuple[Block, ...]:
    first = matters[0]
    rows = by_award([n for matter in matters for n in going(matter.view)])
    refs = ", ".join(f"{matter.ref} ({matter.view.unit.name_vi})" for matter in matters)
    to = f" {'và'} ".join(listed("letter.to"))
    lines = [said("letter.examined", committee=first.committee, refs=refs, office=first.office)]
    lines += _sessions(matters)
    lines.append(said("letter.asked", committee=first.committee, to=to))
    for place, (code, group) in enumerate(rows.items(), 1):
        end = "." if place == len(rows) else ";"
        lines.append(said("letter.item", award=award_name(code), subjects=subjects(group), end=end))
    lines += [said("letter.attached"), said("letter.closing", committee=first.committee)]
    return tuple(Paragraph(one) for one in lines)


def _sessions(matters: Sequence[Matter]) -> list[str]:
    """A sentence for each session at which these dossiers were voted on."""
    agendas = {
        (m.view.case.agenda.session_no, m.view.case.agenda.date) for m in matters if m.view.case.agenda
    }
    council = matters[0].council
    return [
        said("letter.voted", council=council, session=session, day=dmy(day))
        for session, day in sorted(agendas, key=lambda one: (one[1], one[0]))
    ]


def _annex(matters: Sequence[Matter], letter: Letter) -> Annex:
    note = said("letter.annex_note", number=letter.number or "......", committee=matters[0].committee)
    return Annex(said("letter.annex"), note, _lists(matters))


def _lists(matters: Sequence[Matter]) -> tuple[Block, ...]:
    ids = frozenset(n.id for matter in matters for n in going(matter.view))
    return award_lists(matters, ids, [*names(matters), achievements(), *votes(matters)])


def _signer(matters: Sequence[Matter]) -> str:
    """Who sent the first of them; nobody while it is a draft."""
    entries = reversed(matters[0].view.entries)
    return next((e.actor for e in entries if e.act == "submit_upward"), "")
