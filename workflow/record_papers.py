"""What offices and council said of a dossier, as papers that go with it."""

from datetime import date

from states.dossier import Result
from states.labels import label
from workflow.official_paper import Block, Heading, OfficialPaper, Paragraph, Section, Signature, Table
from workflow.paper_matter import Matter, award_name, dmy
from workflow.paper_words import said
from workflow.reading import NominationView


def result_paper(matter: Matter) -> OfficialPaper:
    """The council's vote as it was recorded: figures, never who chose what."""
    case = matter.view.case
    head = Heading(matter.superior, said("council").upper(), "", "", matter.place, _met_on(matter))
    return OfficialPaper(
        heading=head,
        type=said("result.type"),
        abstract=said("result.abstract", ref=matter.ref),
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
    columns = ("number", "name", "award", "for", "against", "blank", "share", "outcome")
    head = tuple(said(f"column.{one}") for one in columns)
    table = Table(head, rows, (6, 24, 24, 9, 10, 8, 11, 8), frozenset({0, 3, 4, 5, 6, 7}))
    return (*(Paragraph(one) for one in lines), table)


def _voted(place: int, nomination: NominationView, result: Result) -> tuple[str, ...]:
    tally, facts = result.votes[nomination.id], nomination.facts
    share = f"{1000 * tally.for_ // result.entitled / 10:.1f}%".replace(".", ",")
    outcome = said(f"result.{facts.council}") if facts.council in ("passed", "not_passed") else ""
    figures = (str(tally.for_), str(tally.against), str(tally.blank), share, outcome)
    return (str(place), nomination.name, award_name(facts.award), *figures)


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
