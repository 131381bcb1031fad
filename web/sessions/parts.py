"""The agenda with the members of a session, line by line, as its page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass

from states import labels
from states.council.seats import SEAT_ROLES
from states.council.session import Conflict, Session
from states.council.shares import quorum
from states.kinds import page_of
from states.labels import Lang
from web.cases.act_objects import cases
from web.language import say
from workflow.council.session_reading import ItemView, SessionView

NAMED = 2
"""So many nominations are named where a member does not vote; more are counted."""
LOOKS = {
    "present": ("person-check", "green"),
    "left": ("person-check", "amber"),
    "written": ("file-earmark-text", "blue"),
    "excused": ("person-x", "grey"),
    "absent": ("person-x", "red"),
    "": ("person", "grey"),
}
"""How a member's attendance is drawn; the words say it again wherever it is an exception."""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One dossier of the agenda; ``state`` is done, now, postponed or to_come."""

    ref: str
    place: int
    unit: str
    href: str
    state: str
    note: str
    current: bool


@dataclass(frozen=True, slots=True)
class Interest:
    """A member's interest in one dossier, its words; ``key`` names one that the chair may lift."""

    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """One seat of the roll; ``note`` words only exceptions."""

    seat: str
    name: str
    role: str
    icon: str
    tone: str
    note: str
    attendance: str
    interests: tuple[Interest, ...]


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of all members are in the room, how many have to be."""

    present: int
    members: int
    needed: int

    @property
    def reached(self) -> bool:
        """Whether they may vote."""
        return self.members > 0 and self.present >= self.needed


def agenda(view: SessionView, chosen: str, lang: Lang) -> list[AgendaLine]:
    """Every dossier of the agenda in its order."""
    here = page_of(view.ref)
    return [
        AgendaLine(
            ref=item.ref,
            place=place,
            unit=item.unit.name(lang),
            href=f"{here}?item={item.ref}",
            state=state_of(view.session, item.ref),
            note=_note(view.session, item, lang),
            current=item.ref == chosen,
        )
        for place, item in enumerate(view.items, 1)
    ]


def state_of(facts: Session, ref: str) -> str:
    """How far the session has come with a dossier."""
    found = facts.open_round
    if found and found[1].dossier == ref:
        return "now"
    if facts.items[ref].postponed:
        return "postponed"
    return "to_come" if facts.undecided(ref) else "done"


def _note(facts: Session, item: ItemView, lang: Lang) -> str:
    state, count = state_of(facts, item.ref), cases(len(item.item.nominations), lang)
    if state == "now":
        return say(lang, "đang bỏ phiếu, %(cases)s", cases=count)
    if state == "postponed":
        return say(lang, "để phiên sau")
    said = [one.result for one in facts.outcomes(item.ref).values()]
    if not said:
        return count
    passed, failed = said.count("passed"), said.count("not_passed")
    words = [say(lang, "%(n)s thông qua", n=passed)] if passed else []
    words += [say(lang, "%(n)s không", n=failed)] if failed else []
    left = len(facts.undecided(item.ref))
    words += [say(lang, "còn %(n)s chưa có kết quả", n=left)] if left else []
    return ", ".join(words)


def progress(facts: Session) -> tuple[int, int]:
    """How many dossiers are done with, of how many."""
    done = [ref for ref in facts.items if state_of(facts, ref) in ("done", "postponed")]
    return len(done), len(facts.items)


def quorum_of(facts: Session) -> Quorum:
    """The quorum as the room stands now."""
    members = len(facts.members)
    fraction = (facts.quorum_numerator, facts.quorum_denominator)
    return Quorum(len(facts.sitting), members, quorum(members, fraction))


def members(view: SessionView, lang: Lang) -> list[Member]:
    """Everybody on the roll, chair first."""
    roll = view.session.roll
    order = sorted(roll, key=lambda id_: (SEAT_ROLES.index(roll[id_].role), id_))
    return [_member(view, id_, lang) for id_ in order]


def _member(view: SessionView, id_: str, lang: Lang) -> Member:
    seat, attendance = view.session.roll[id_], view.session.attendance.get(id_, "")
    icon, tone = LOOKS[attendance]
    interests = tuple(interests_of(view, id_, lang))
    if attendance == "present" and any(one.key for one in interests):
        icon, tone = "person-slash", "amber"
    notes = [labels.label("attendance", attendance, lang)] if attendance not in ("", "present") else []
    notes += [] if seat.votes else [say(lang, "Không bỏ phiếu")]
    return Member(
        seat=id_,
        name=view.names.get(seat.person, ""),
        role=labels.label("seat_role", seat.role, lang) if seat.role != "member" else "",
        icon=icon,
        tone=tone,
        note=". ".join(notes),
        attendance=attendance,
        interests=interests,
    )


def interests_of(view: SessionView, seat: str, lang: Lang, *, dossier: str = "") -> Iterator[Interest]:
    """The interests of a seat by dossier, those the chair lifted too; of one dossier where it is named."""
    held = [(key, one) for key, one in view.session.conflicts.items() if one.seat == seat]
    held = [(key, one) for key, one in held if dossier in ("", one.dossier)]
    groups: dict[tuple[str, str, bool], list[tuple[str, Conflict]]] = {}
    for key, one in held:
        groups.setdefault((one.dossier, one.why, bool(one.lifted)), []).append((key, one))
    for (ref, why, lifted), found in groups.items():
        if ref in view.session.items:
            yield Interest(_said(view, ref, why, lifted, found, lang), "" if lifted else found[0][0])


def _said(
    view: SessionView,
    dossier: str,
    why: str,
    lifted: bool,
    found: list[tuple[str, Conflict]],
    lang: Lang,
) -> str:
    names = [view.nominees.get(one.nomination, "") for _, one in found]
    item = view.item(dossier)
    if len(names) <= NAMED and all(names):
        whom = f" {labels.label('join', 'and', lang)} ".join(names)
    else:
        unit = item.unit.name(lang) if item else dossier
        whom = say(lang, "%(cases)s của %(unit)s", cases=cases(len(names), lang), unit=unit)
    reason = labels.label("interest", why, lang)
    if lifted:
        return say(lang, "Chủ tọa xác định không liên quan: %(whom)s", whom=whom)
    return say(lang, "Không bỏ phiếu về %(whom)s: %(why)s", whom=whom, why=reason)
