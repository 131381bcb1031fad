"""Two wards under regime B beside a city that lives through the change of 1 July 2025; people by their names."""

import hashlib
import itertools
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from builders import World, nominations, paper_of, sent_for as sent_in_2024
from databases import furnish

from db import papers, people, settings, units
from db.blobs import BlobStore
from db.engine import Database
from db.units import Unit
from states.decide import CLOCK, Actor, Grant
from workflow.engine import LOG_SETTING, Engine, Source

MONDAY = date(2025, 9, 8)
LAST_OF_A, FIRST_OF_B = date(2025, 6, 30), date(2025, 7, 1)

# (id, kind, body, name); of the city LK, the school T0 ends with regime A, everything else lives on.
UNITS = (
    ("PA", "ward", "PA", "Phường Hoa Sen"),
    ("VA", "culture_social_office", "PA", "Phòng Văn hóa - Xã hội Hoa Sen"),
    ("HA", "council", "PA", "Hội đồng Hoa Sen"),
    ("OA", "office", "PA", "Văn phòng Hoa Sen"),
    ("TA", "school", "PA", "Trường Tiểu học Hoa Sen"),
    ("PB", "ward", "PB", "Phường Suối Lồ Ồ"),
    ("VB", "culture_social_office", "PB", "Phòng Văn hóa - Xã hội Suối Lồ Ồ"),
    ("HB", "council", "PB", "Hội đồng Suối Lồ Ồ"),
    ("OB", "office", "PB", "Văn phòng Suối Lồ Ồ"),
    ("LK", "city", "LK", "Thành phố Lộc Khê"),
    ("NK", "home_affairs_office", "LK", "Phòng Nội vụ"),
    ("GK", "education_office", "LK", "Phòng Giáo dục và Đào tạo"),
    ("VK", "culture_social_office", "LK", "Phòng Văn hóa - Xã hội Lộc Khê"),
    ("HK", "council", "LK", "Hội đồng Lộc Khê"),
    ("OK", "office", "LK", "Văn phòng Lộc Khê"),
    ("TK", "school", "LK", "Trường THCS Bằng Lăng"),
    ("T0", "school", "LK", "Trường Tiểu học Sơn Ca"),
)
BODY = {id_: body for id_, _, body, _ in UNITS}
ENDED = {"T0": LAST_OF_A}

# Whose login: which role, where. b_* are of the second ward, k_* of the city.
PEOPLE = {
    "lan": ("unit_clerk", "OA"),
    "minh": ("unit_head", "OA"),
    "thu": ("unit_clerk", "TA"),
    "hieu": ("unit_head", "TA"),
    "ngoc": ("culture_social_officer", "VA"),
    "son": ("culture_social_head", "VA"),
    "yen": ("council_secretary", "HA"),
    "quang": ("council_member", "HA"),
    "vinh": ("council_vice_chair", "HA"),
    "chau": ("council_chair", "HA"),
    "hung": ("chairman", "PA"),
    "ly": ("registrar", "PA"),
    "trung": ("auditor", "PA"),
    "uyen": ("publisher", "PA"),
    "quy": ("administrator", "PA"),
    "b_lan": ("unit_clerk", "OB"),
    "b_minh": ("unit_head", "OB"),
    "b_ngoc": ("culture_social_officer", "VB"),
    "b_son": ("culture_social_head", "VB"),
    "b_yen": ("council_secretary", "HB"),
    "b_chau": ("council_chair", "HB"),
    "b_hung": ("chairman", "PB"),
    "b_ly": ("registrar", "PB"),
    "b_trung": ("auditor", "PB"),
    "k_lan": ("unit_clerk", "OK"),
    "k_minh": ("unit_head", "OK"),
    "k_thu": ("unit_clerk", "TK"),
    "k_hieu": ("unit_head", "TK"),
    "k_mai": ("unit_clerk", "T0"),
    "k_duc": ("unit_head", "T0"),
    "k_khoa": ("education_officer", "GK"),
    "k_dung": ("education_head", "GK"),
    "k_ngoc": ("home_affairs_officer", "NK"),
    "k_son": ("home_affairs_head", "NK"),
    "k_van": ("culture_social_officer", "VK"),
    "k_vy": ("culture_social_head", "VK"),
    "k_yen": ("council_secretary", "HK"),
    "k_chau": ("council_chair", "HK"),
    "k_hung": ("chairman", "LK"),
}
CLERK = {unit: login for login, (role, unit) in PEOPLE.items() if role == "unit_clerk"}
HEAD = {unit: login for login, (role, unit) in PEOPLE.items() if role == "unit_head"}
OFFICE_OF_STATION = {
    "education_review": ("education_officer", "education_head"),
    "home_affairs_review": ("home_affairs_officer", "home_affairs_head"),
    "culture_social_review": ("culture_social_officer", "culture_social_head"),
}
UPWARD = frozenset({"awaiting_submission", "submitted_to_province"})


def of_body(role: str, body: str) -> str:
    """The one who holds this role in a body."""
    return next(login for login, (held, unit) in PEOPLE.items() if held == role and BODY[unit] == body)


def someone(role: str, unit: str, login: str = "") -> Actor:
    """Somebody in one role in one unit."""
    name = login or f"any {role} of {unit}"
    return Actor(name, (Grant(role, unit, BODY[unit]),), name, name)


def the_wards(database: Database, folder: Path) -> World:
    """Everything above on Monday, 8 September 2025."""
    count = itertools.count(1)
    engine = Engine(database, BlobStore(folder / "blobs"), log=f"id{next(count):06d}")
    actors = {login: someone(role, unit, login) for login, (role, unit) in PEOPLE.items()}
    world = World(engine, actors, datetime(2025, 9, 8, 1, tzinfo=UTC))
    engine.source = Source(
        now=lambda: world.now,
        new_id=lambda: f"id{next(count):06d}",
        salt=lambda: hashlib.sha256(str(next(count)).encode()).digest(),
    )
    furnish(database, repr((UNITS, PEOPLE)), lambda: _write_wards(world))
    return world


def _write_wards(world: World) -> None:
    with world.engine.database.transaction() as conn:
        settings.put(conn, LOG_SETTING, world.engine.log)
    world.engine.open()
    with world.engine.database.transaction() as conn:
        for place, (id_, kind, body, name) in enumerate(UNITS):
            since = date(2000, 1, 1) if body == "LK" else FIRST_OF_B
            unit = Unit(id_, kind, body, name, name, name, name, since, ENDED.get(id_), place)
            units.insert_unit(conn, unit)
        for login in PEOPLE:
            people.insert_person(conn, people.Person(login, login))
            people.insert_account(conn, people.Account(login, login, login, "", None, world.now))
        for clerk, kind in itertools.product(CLERK.values(), ("TO_TRINH", "BIEN_BAN", "TRICH_NGANG")):
            id_ = paper_of(clerk, kind)
            sha256 = hashlib.sha256(id_.encode()).hexdigest()
            paper = papers.PaperRecord(
                id_, sha256, f"{kind}.pdf", 9, "application/pdf", kind, clerk, world.now
            )
            papers.insert(conn, paper)


def a_draft(
    world: World, unit: str = "OA", *, kind: str = "CONG_TRANG", awards: Sequence[str] = ("CSTDCS",)
) -> str:
    """A dossier being drafted, with the papers it needs."""
    clerk, second = CLERK[unit], "TRICH_NGANG" if kind == "DOT_XUAT" else "BIEN_BAN"
    ref = world.do(
        clerk,
        "create",
        unit=unit,
        kind=kind,
        period="2025",
        title="Đề nghị khen thưởng năm 2025",
        nominations=nominations(*awards),
    ).ref
    brought = [{"paper": paper_of(clerk, type_), "type": type_} for type_ in ("TO_TRINH", second)]
    world.do(clerk, "amend", ref, papers=brought)
    return ref


def submitted(world: World, unit: str = "OA", **draft: Any) -> str:
    """A dossier its unit's head has just submitted."""
    ref = a_draft(world, unit, **draft)
    world.do(HEAD[unit], "submit", ref)
    return ref


def judged(world: World, ref: str, verdict: str = "recommended") -> None:
    """The office whose turn it is says the same of everything that stands."""
    case = world.case(ref)
    officer = of_body(OFFICE_OF_STATION[case.station][0], case.body)
    why = {} if verdict == "recommended" else {"reason": "Chưa đủ thành tích"}
    world.do(
        officer,
        "judge",
        ref,
        verdicts=[{"nomination": n, "verdict": verdict, **why} for n in case.standing()],
    )


def forwarded(world: World, ref: str) -> None:
    """The office whose turn it is recommends everything and lets the dossier go."""
    judged(world, ref)
    case = world.case(ref)
    world.do(of_body(OFFICE_OF_STATION[case.station][1], case.body), "forward", ref)


def performed(world: World, role: str, act: str, ref: str) -> None:
    """The holder of a role in the dossier's body does an act with what fits."""
    world.do(of_body(role, world.case(ref).body), act, ref, **sent_for(world, ref, act))


def voted(world: World, ref: str) -> None:
    """The council's result is typed, then confirmed."""
    performed(world, "council_secretary", "record_result", ref)
    performed(world, "council_chair", "confirm_result", ref)


def a_dossier(
    world: World,
    station: str,
    unit: str = "OA",
    *,
    kind: str = "CONG_TRANG",
    awards: Sequence[str] = (),
) -> str:
    """The reference of a dossier of regime B that waits at ``station``."""
    ref = a_draft(
        world, unit, kind=kind, awards=awards or (("BK_TINH",) if station in UPWARD else ("CSTDCS",))
    )
    for _ in range(9):
        if world.case(ref).station == station:
            return ref
        _onward(world, ref, station)
    raise AssertionError(f"no way from {world.case(ref).station} to {station}")


def _onward(world: World, ref: str, station: str) -> None:
    head, here = HEAD[world.case(ref).unit], world.case(ref).station
    aside: dict[str, Callable[[], object]] = {
        "withdrawn": lambda: world.do(head, "withdraw", ref),
        "lapsed": lambda: world.do(CLOCK, "lapse", ref),
    }
    if station in aside:
        aside[station]()
    elif here == "culture_social_review" and station == "awaiting_completion":
        performed(world, "culture_social_officer", "request_completion", ref)
    elif here == "culture_social_review" and station == "declined":
        judged(world, ref, "declined")
        performed(world, "culture_social_head", "decline", ref)
    elif here == "drafting":
        world.do(head, "submit", ref)
    elif here == "culture_social_review":
        forwarded(world, ref)
    elif here == "council_vote":
        voted(world, ref)
    else:
        role, act = MAIN[here]
        performed(world, role, act, ref)


MAIN = {
    "awaiting_council": ("council_secretary", "put_on_agenda"),
    "awaiting_decision": ("chairman", "award"),
    "awaiting_submission": ("chairman", "submit_upward"),
    "submitted_to_province": ("culture_social_officer", "record_answer"),
}


def sent_for(world: World, ref: str, act: str) -> dict[str, Any]:
    """A reason and arguments that fit, with days of 2025."""
    sent = sent_in_2024(world, ref, act)
    days = {"request_completion": "2025-09-19", "extend": "2025-12-01"}
    return {**sent, "due": days[act]} if act in days else sent
