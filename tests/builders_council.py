"""A council of nine with its sessions, brought anywhere by performing acts."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from builders import World, a_dossier

from db import papers
from states.council.council import Council
from states.council.session import Session
from workflow.loading import facts_in

SEATS = {
    "chau": "chair",
    "vinh": "standing_vice",
    "yen": "secretary",
    "quang": "member",
    "hung": "member",
    "son": "member",
    "dung": "member",
    "binh": "member",
    "duc": "member",
}
"""Who sits on it, all with a vote."""
THE_DAY = date(2024, 5, 20)


def a_council(world: World, *, seats: Mapping[str, str] = SEATS, until: Mapping[str, str] = {}) -> str:
    """The city's council since New Year; some terms end on the day named."""
    rows = [_seat(who, role, until.get(who)) for who, role in seats.items()]
    said = {"title": "Hội đồng Thi đua - Khen thưởng", "basis": "Quyết định 12/QĐ-UBND", "seats": rows}
    return world.do("yen", "establish", unit="HD", **said).ref


def _seat(who: str, role: str, until: str | None) -> dict[str, Any]:
    term = {"valid_from": "2024-01-02"} | ({"valid_to": until} if until else {})
    return {"person": who, "role": role, "votes": True, "basis": "Quyết định 12/QĐ-UBND", **term}


def council(world: World, ref: str) -> Council:
    """The facts of a council."""
    found = facts_in(world.record(ref))
    assert isinstance(found, Council)
    return found


def session(world: World, ref: str) -> Session:
    """The facts of a session."""
    found = facts_in(world.record(ref))
    assert isinstance(found, Session)
    return found


def seat(world: World, ref: str, who: str) -> str:
    """The seat a person has in a session."""
    return session(world, ref).seat_of(who)


def drafted(world: World, *dossiers: str, day: date = THE_DAY) -> str:
    """A session of the second quarter with these dossiers on its agenda, in their order."""
    about = {"title": "Phiên họp quý II", "period": "2024Q2", "begins_at": "14:00", "place": "Hội trường B"}
    ref = world.do("yen", "draft_session", unit="HD", date=day.isoformat(), **about).ref
    if dossiers:
        world.do("yen", "set_agenda", ref, dossiers=list(dossiers))
    return ref


def convened(world: World, *dossiers: str, day: date = THE_DAY) -> str:
    """The same, its members called."""
    ref = drafted(world, *dossiers, day=day)
    world.do("chau", "convene", ref)
    return ref


def opened(world: World, *dossiers: str, absent: Sequence[str] = (), written: Sequence[str] = ()) -> str:
    """A session that has begun on its day, all there but those named."""
    ref = convened(world, *dossiers)
    world.on(THE_DAY)
    roll = session(world, ref).roll
    away = {*absent, *written}
    present = [id_ for id_, one in roll.items() if one.person not in away]
    world.do("chau", "open_session", ref, present=present)
    for who in written:
        world.do("yen", "mark_attendance", ref, seat=seat(world, ref, who), attendance="written")
    return ref


def a_scan(world: World, who: str) -> str:
    """The tellers' own minutes, as this person scanned them."""
    id_ = f"{who}-scan-{next(world.keys)}"
    sha256 = hashlib.sha256(id_.encode()).hexdigest()
    with world.engine.database.transaction() as conn:
        papers.insert(
            conn,
            papers.PaperRecord(
                id_, sha256, "kiem-phieu.pdf", 1000, "application/pdf", "SCAN", who, world.now
            ),
        )
    return id_


def counted(
    world: World, ref: str, *, against: Mapping[str, int] = {}, tellers: Sequence[str] = ("yen", "quang")
) -> None:
    """Both tellers type the same: all for, but so many against each of those named."""
    found = session(world, ref).open_round
    assert found is not None
    _, one = found
    rows = []
    for id_, rule in one.rules.items():
        may, wrote = len(one.roll.may_vote(id_)), len(one.roll.may_write(id_, rule))
        no = against.get(id_, 0)
        rows.append({"nomination": id_, "for": may - no, "against": no, "written_for": wrote})
    scan = a_scan(world, tellers[0])
    world.do(tellers[0], "enter_totals", ref, totals=rows, scan=scan)
    world.do(tellers[1], "enter_totals", ref, totals=rows)


def voted(world: World, ref: str, dossier: str, *, against: Mapping[str, int] = {}, **said: Any) -> None:
    """One whole round on a dossier."""
    world.do("yen", "open_round", ref, dossier=dossier, **said)
    counted(world, ref, against=against)
    world.do("chau", "close_round", ref)


def ready(world: World, **asked: Any) -> str:
    """A dossier that waits for the council."""
    return a_dossier(world, "awaiting_council", **asked)
