"""The part of the minutes that says who sat, who did not, whether they were enough."""

from collections.abc import Iterator

from states.council.seats import SEAT_ROLES, Seat
from states.council.session import Session
from states.council.shares import quorum
from states.labels import label
from workflow.papers.minutes_matter import MinutesMatter
from workflow.papers.official_paper import Block, Paragraph, Table
from workflow.papers.terms import figure
from workflow.papers.words import said

CAME = ("present", "left")
AWAY = ("excused", "absent", "written")


def member_blocks(matter: MinutesMatter) -> Iterator[Block]:
    """The roll, how many of all members came, who was away, the quorum, who presided, who wrote."""
    session = matter.session
    yield _roll(matter)
    yield Paragraph(_count(session))
    for how in (*AWAY, "left"):
        if gone := [seat for seat in session.members if session.attendance.get(seat) == how]:
            facts = {"count": figure(len(gone)), "names": matter.members(gone)}
            yield Paragraph(said(f"minutes.{how}", **facts))
    if at_opening := _at_opening(matter):
        yield Paragraph(at_opening)
    yield from (Paragraph(one) for one in _leading(matter))


def _roll(matter: MinutesMatter) -> Table:
    session = matter.session
    order = sorted(session.roll.items(), key=lambda one: (SEAT_ROLES.index(one[1].role), one[0]))
    head = tuple(said(f"column.{one}") for one in ("number", "person", "seat_role", "attendance"))
    rows = tuple(
        (str(place), matter.names.get(seat.person, ""), _role(seat), _came(session, id_))
        for place, (id_, seat) in enumerate(order, 1)
    )
    return Table(head, rows, (7, 35, 32, 26))


def _role(seat: Seat) -> str:
    role = label("seat_role", seat.role, "vi")
    return role if seat.votes else f"{role} ({said('minutes.no_vote')})"


def _came(session: Session, seat: str) -> str:
    found = session.attendance.get(seat, "")
    return said(f"attendance.{found}") if found else ""


def _count(session: Session) -> str:
    came = [seat for seat in session.members if session.attendance.get(seat) in CAME]
    return said("minutes.count", members=figure(len(session.members)), present=figure(len(came)))


def _at_opening(matter: MinutesMatter) -> str:
    """The quorum when the session opened, which is what let it begin."""
    began, session = matter.first("open_session"), matter.session
    if began is None or "present" not in began.args:
        return ""
    members = len(session.members)
    there = len(set(session.members).intersection(began.args["present"]))
    part, whole = session.quorum_numerator, session.quorum_denominator
    needed = quorum(members, (part, whole))
    return said(
        "minutes.opened",
        present=there,
        members=members,
        needed=figure(needed),
        fraction=f"{part}/{whole}",
    )


def _leading(matter: MinutesMatter) -> Iterator[str]:
    session = matter.session
    if session.presiding:
        seat = session.roll.get(session.seat_of(session.presiding))
        role = label("seat_role", seat.role, "vi") if seat else ""
        yield said("minutes.presided", name=matter.names.get(session.presiding, ""), role=role)
    signed = session.signatures.get("secretary")
    keepers = [signed.person] if signed else []
    keepers = keepers or [one.person for one in session.roll.values() if one.role == "secretary"]
    if keepers:
        yield said("minutes.kept_by", names=", ".join(matter.names.get(who, "") for who in keepers))
