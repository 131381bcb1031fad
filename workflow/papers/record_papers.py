"""What was said of a dossier on its way, as papers that go with it."""

from datetime import date

from states.council.shares import tenths
from states.dossier import Result
from states.labels import label
from workflow.dossiers.reading import NominationView
from workflow.papers.matter import Matter
from workflow.papers.official_paper import Block, Heading, OfficialPaper, Paragraph, Section, Signature, Table
from workflow.papers.terms import award_name, dmy, figure, percent
from workflow.papers.words import said


def result_paper(matter: Matter) -> OfficialPaper:
    """The council's vote as it was recorded: figures, never who chose what; of a session here an excerpt."""
    case = matter.view.case
    head = Heading(matter.superior, said("council").upper(), "", "", matter.place, _met_on(matter))
    session = case.agenda.session if case.agenda else ""
    about = said("result.excerpt_abstract", session=session, ref=matter.ref)
    return OfficialPaper(
        heading=head,
        type=said("result.excerpt" if session else "result.type"),
        abstract=about if session else said("result.abstract", ref=matter.ref),
        blocks=_result(matter, case.result) if case.result else (Paragraph(said("result.none")),),
        signatures=(Signature((said("acting_for", whom=said("council").upper()),)),),
    )


def opinions_paper(matter: Matter) -> OfficialPaper:
    """What each office said of each nomination, with its reason where it gave one."""
    view = matter.view
    offices = dict.fromkeys(office for n in view.nominations for office in n.opinions)
    blocks: list[Block] = []
    for office in offices:
        blocks += [Section(label("office", office, "vi")), _opinions(matter, office)]
    return OfficialPaper(
        heading=Heading(matter.superior, matter.office.upper(), "", "", matter.place, None),
        type=said("opinions.type"),
        abstract=said("opinions.abstract", ref=matter.ref, unit=view.unit.name_vi),
        blocks=tuple(blocks) or (Paragraph(said("opinions.none")),),
        signatures=(Signature((matter.office.upper(),)),),
    )


def _met_on(matter: Matter) -> date | None:
    agenda = matter.view.case.agenda
    return agenda.date if agenda else None


def _result(matter: Matter, result: Result) -> tuple[Block, ...]:
    agenda = matter.view.case.agenda
    lines = [said("result.session", session=agenda.session_no, day=dmy(agenda.date))] if agenda else []
    lines.append(
        said("result.present", entitled=result.entitled, present=result.present, written=result.written)
    )
    lines.append(said("result.rule"))
    voted = [n for n in matter.view.nominations if n.id in result.votes]
    rows = tuple(_voted(place, n, result) for place, n in enumerate(voted, 1))
    head = tuple(said(f"column.{one}") for one in COLUMNS)
    table = Table(head, rows, (6, 18, 17, 9, 9, 8, 10, 8, 8, 7), frozenset({0, 3, 4, 5, 6, 7, 8, 9}))
    counted = [_in_words(n, result) for n in voted if result.votes[n.id].needed is not None]
    return (*(Paragraph(one) for one in lines), table, *(Paragraph(one) for one in counted))


COLUMNS = ("number", "name", "award", "for", "against", "blank", "entitled", "needed", "share", "outcome")


def _voted(place: int, nomination: NominationView, result: Result) -> tuple[str, ...]:
    tally = result.votes[nomination.id]
    entitled, share = _of_all(nomination, result)
    needed = str(tally.needed) if tally.needed is not None else ""
    figures = (str(tally.for_), str(tally.against), str(tally.blank), str(entitled), needed, share)
    return (
        str(place),
        nomination.name,
        award_name(nomination.facts.award),
        *figures,
        _outcome(nomination),
    )


def _of_all(nomination: NominationView, result: Result) -> tuple[int, str]:
    """Of how many members the votes in favour are counted, what share they are."""
    tally = result.votes[nomination.id]
    entitled = tally.entitled if tally.entitled is not None else result.entitled
    return entitled, percent(tenths(tally.for_, entitled))


def _outcome(nomination: NominationView) -> str:
    council = nomination.facts.council
    return said(f"result.{council}") if council in ("passed", "not_passed") else ""


def _in_words(nomination: NominationView, result: Result) -> str:
    tally = result.votes[nomination.id]
    entitled, share = _of_all(nomination, result)
    return said(
        "result.in_words",
        name=nomination.name,
        for_=figure(tally.for_),
        against=figure(tally.against),
        blank=figure(tally.blank),
        count=tally.for_,
        entitled=entitled,
        share=share,
        needed=figure(tally.needed or 0),
        outcome=_outcome(nomination).lower(),
    )


def _opinions(matter: Matter, office: str) -> Table:
    head = tuple(said(f"column.{one}") for one in ("number", "name", "award", "verdict", "reason"))
    judged = [n for n in matter.view.nominations if office in n.opinions]
    rows = tuple(
        (
            str(place),
            n.name,
            award_name(n.facts.award),
            label("verdict", n.opinions[office].verdict, "vi"),
            n.opinions[office].reason,
        )
        for place, n in enumerate(judged, 1)
    )
    return Table(head, rows, (6, 24, 26, 16, 28))
