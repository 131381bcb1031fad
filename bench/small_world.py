"""A city of a few people whose dossiers get anywhere by performing acts; ids, salts, times follow a seed."""

import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from bench.cities import BODY, A, City
from db import cases, papers, people, units
from db.blobs import BlobStore
from db.cases import CaseRecord
from db.engine import Database
from db.units import Unit
from states.decide import Actor, Grant
from states.dossier import Dossier
from workflow.command import checked
from workflow.engine import Engine, Source
from workflow.loading import dossier_in
from workflow.outcome import Done
from workflow.step import perform

SUBJECTS = ("Sùng A Páo", "Ưng Thị Đào", "Y Bhăm Niê")
PAPERS = ("TO_TRINH", "BIEN_BAN", "TRICH_NGANG", "BAO_CAO_CA_NHAN")
SCAN = "BIEN_BAN_KIEM_PHIEU"
UPLOADED = {
    "unit_clerk": PAPERS,
    **dict.fromkeys(("council_secretary", "council_member", "council_vice_chair"), (SCAN,)),
}
"""What somebody has uploaded, by role."""
SIMPLIFIED = frozenset({"DOT_XUAT", "DOI_NGOAI"})
MAIN = ("create", "amend", "submit", "judge", "forward", "put_on_agenda", "record_result", "confirm_result")
ROADS: Mapping[str, tuple[str, ...]] = {
    **{act: MAIN[:place] for place, act in enumerate(MAIN)},
    "award": MAIN,
    "submit_upward": MAIN,
    "record_answer": (*MAIN, "submit_upward"),
    "return_for_review": MAIN[:5],
    "request_completion": MAIN[:3],
    "resubmit": (*MAIN[:3], "request_completion"),
    "take_back": (*MAIN[:3], "request_completion"),
    "hold": MAIN[:3],
    "release": (*MAIN[:3], "hold"),
    "extend": MAIN[:3],
    "part": MAIN[:3],
    "remind": MAIN[:3],
    "withdraw": MAIN[:3],
    "decline": MAIN,
}
"""The acts after which an act is next; ``create`` begins every one."""
UPWARD = frozenset({"submit_upward", "record_answer"})


@dataclass(slots=True)
class World:
    """One installation with its people; ``now`` is its clock, moved on by a minute with every act of ``do``."""

    engine: Engine
    people: dict[str, Actor]
    now: datetime
    city: City = A
    keys: Iterator[int] = field(default_factory=itertools.count)

    def do(self, who: str, act: str, ref: str = "", *, version: int | None = None, **sent: Any) -> Done:
        """Perform an act under a fresh key, at the version the dossier has now unless told otherwise."""
        self.now += timedelta(minutes=1)
        if version is None and ref:
            version = self.record(ref).version
        key = f"w{next(self.keys)}"
        return perform(self.engine, checked(act, key=key, ref=ref, version=version, **sent), self.people[who])

    def record(self, ref: str) -> CaseRecord:
        """The row of a dossier."""
        with self.engine.database.reading() as conn:
            found = cases.load(conn, ref)
        assert found is not None  # whoever asks made it
        return found

    def case(self, ref: str) -> Dossier:
        """The facts of a dossier."""
        return dossier_in(self.record(ref))

    def ready_for(self, act: str, *, unit: str = "PH", awards: Sequence[str] = ()) -> str:
        """A new dossier for which this act is next; empty for the act that begins one."""
        road = ROADS[act]
        if not road:
            return ""
        alone = ("CSTD_TINH" if act in UPWARD else "CSTDCS",)
        asked = awards or (alone * 2 if act == "part" else alone)  # what is parted leaves something behind
        ref = self.do(clerk_of(unit), "create", **new_dossier(unit, *asked)).ref
        office = ("judge", "forward") if unit == "TH" and "judge" in road and self.city is A else ()
        for step in (*road[1:3], *office, *road[3:]):
            case = self.case(ref)
            self.do(doer(step, case), step, ref, version=case.version, **self.fitting(step, case))
        return ref

    def fitting(self, act: str, case: Dossier) -> dict[str, Any]:
        """A reason and arguments that fit a dossier as it stands, with days of this world's year."""
        return fitting(act, case, year=self.city.began.year)


def a_world(database: Database, folder: Path, *, seed: object = 0, city: City = A) -> World:
    """The city on its Monday: 13 May 2024 under regime A."""
    engine = Engine(database, BlobStore(folder / "blobs"))
    world = World(engine, {}, city.began, city)
    engine.source = seeded(world, seed)
    engine.open()
    with database.transaction() as conn:
        for place, (id_, kind, name) in enumerate(city.units):
            units.insert_unit(
                conn, Unit(id_, kind, BODY, name, name, name, name, date(2000, 1, 1), None, place)
            )
        for login, (name, role, unit) in city.people.items():
            people.insert_person(conn, people.Person(login, name))
            people.insert_account(conn, people.Account(login, login, login, "", None, world.now))
            world.people[login] = Actor(login, (Grant(role, unit, BODY),), login, name)
            for kind in UPLOADED.get(role, ()):
                papers.insert(conn, _a_paper(engine.blobs, login, kind, world.now))
    return world


def seeded(world: World, seed: object) -> Source:
    """Ids and salts that follow from the seed and their order alone."""
    count = itertools.count(1)

    def salt() -> bytes:
        return hashlib.sha256(f"{seed}/{next(count)}".encode()).digest()

    return Source(now=lambda: world.now, new_id=lambda: salt().hex()[:20], salt=salt)


def reopened(world: World, *, seed: object) -> World:
    """The same installation through a connection of its own, as another process sees it."""
    other = World(
        replace(world.engine, database=Database(world.engine.database.url)),
        world.people,
        world.now,
        world.city,
        world.keys,
    )
    other.engine.source = seeded(other, seed)
    return other


def _a_paper(blobs: BlobStore, clerk: str, kind: str, at: datetime) -> papers.PaperRecord:
    id_ = f"{clerk}-{kind}"
    sha256, size = blobs.put(BytesIO(f"%PDF-1.7 {id_}".encode()), 1000)
    return papers.PaperRecord(id_, sha256, f"{kind}.pdf", size, "application/pdf", kind, clerk, at)


def scan_of(login: str) -> str:
    """The tellers' own minutes as somebody scanned them."""
    return f"{login}-{SCAN}"


def clerk_of(unit: str) -> str:
    """Who drafts for a unit."""
    return "cam" if unit == "TH" else "an"


def new_dossier(unit: str, *awards: str, kind: str = "CONG_TRANG") -> dict[str, Any]:
    """What ``create`` takes, with one subject for each award."""
    listed = [nomination(award, SUBJECTS[place % len(SUBJECTS)]) for place, award in enumerate(awards)]
    period = "2023-2024" if unit == "TH" else "2023"
    args = {"unit": unit, "kind": kind, "period": period, "title": "Đề nghị khen thưởng"}
    return {"args": {**args, "nominations": listed}}


def nomination(award: str, name: str) -> dict[str, Any]:
    """One row of the list."""
    subject = {"type": "individual", "name": name}
    return {"award": award, "subject": subject, "achievement": "Hoàn thành xuất sắc nhiệm vụ"}


def doer(act: str, case: Dossier) -> str:
    """Who does an act on a dossier as it stands, by the straight way."""
    office = "education" if case.station == "education_review" else "home_affairs"
    if case.station == "awaiting_completion" and case.completion:
        office = case.completion.asked_by
    officer, head = ("giang", "hoa") if office == "education" else ("kien", "nam")
    clerk = clerk_of(case.unit)
    by = {
        **dict.fromkeys(("create", "amend"), clerk),
        **dict.fromkeys(("submit", "resubmit", "withdraw"), "duy" if clerk == "cam" else "bao"),
        **dict.fromkeys(("judge", "request_completion", "take_back"), officer),
        **dict.fromkeys(("forward", "hold", "release", "extend", "part", "remind"), head),
        **dict.fromkeys(("put_on_agenda", "record_result"), "phuong"),
        **dict.fromkeys(("award", "submit_upward", "decline"), "tuan"),
        "confirm_result": "sang",
        "return_for_review": "tuan" if case.station.startswith("awaiting_d") else "nam",
        "record_answer": "kien",
    }
    return by[act]


def votes(case: Dossier, present: int = 9, against: Sequence[str] = ()) -> dict[str, Any]:
    """The figures of minutes of nine members, all for but for those voted down."""
    rows = [
        {
            "nomination": id_,
            "for": 0 if id_ in against else present,
            "against": present * (id_ in against),
            "blank": 0,
        }
        for id_ in case.standing()
    ]
    return {"entitled": 9, "present": present, "written": 0, "votes": rows}


def fitting(act: str, case: Dossier, *, year: int = 2024) -> dict[str, Any]:
    """A reason and arguments that fit a dossier as it stands, with days of a year."""
    standing = list(case.standing())
    second = "TRICH_NGANG" if case.category in SIMPLIFIED else "BIEN_BAN"
    files = [{"paper": f"{clerk_of(case.unit)}-{kind}", "type": kind} for kind in ("TO_TRINH", second)]
    answer = {"outcome": "awarded", "decision_no": "77/QĐ-CT", "date": f"{year}-08-19"}
    fits: dict[str, dict[str, Any]] = {
        "amend": {"args": {"papers": files}},
        "judge": {"args": {"verdicts": [{"nomination": id_, "verdict": "recommended"} for id_ in standing]}},
        "request_completion": {
            "reason": "Thiếu số liệu",
            "args": {"items": [{"field": "title", "note": "Ghi rõ năm"}], "due": f"{year}-12-02"},
        },
        "decline": {"reason": "Không đủ tiêu chuẩn"},
        "take_back": {"reason": "Đã đủ để xét"},
        "part": {"reason": "Đang xác minh", "args": {"nominations": standing[:1]}},
        "return_for_review": {"reason": "Xem lại"},
        "put_on_agenda": {"args": {"session_no": f"02/{year}", "date": f"{year}-05-20"}},
        "record_result": {"args": votes(case) | {"scan": scan_of("phuong")}},
        "award": {"args": {"nominations": standing}},
        "submit_upward": {"args": {"letter_no": "15/TTr-UBND", "date": f"{year}-05-21"}},
        "record_answer": {"args": {"answers": [{"nomination": id_, **answer} for id_ in standing]}},
        "hold": {"args": {"cause": "denunciation", "document": "12/TB-TTr"}},
        "release": {"args": {"document": "15/KL-TTr"}},
        "extend": {"reason": "Cần thêm thời gian", "args": {"due": f"{year}-12-16"}},
        "escalate": {"args": {"rung": 0, "tells": "home_affairs_officer", "left": 3}},
    }
    return fits.get(act, {})
