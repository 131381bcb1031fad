"""A small city with people whose names are remembered; its dossiers get anywhere by performing acts."""

import hashlib
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from databases import a_sqlite_copy, furnish

from db import cases, commands, history, papers, people, settings, units
from db.blobs import BlobStore
from db.cases import CaseRecord
from db.engine import Database
from db.schema import METADATA
from db.units import Unit
from states.decide import Actor, Grant, weigh
from states.dossier import Dossier
from workflow.command import checked
from workflow.dossiers import reading
from workflow.engine import LOG_SETTING, ZONE, Engine, Source
from workflow.loading import dossier_in, facts_of
from workflow.outcome import Done
from workflow.problems import Refused
from workflow.step import perform

MONDAY = date(2024, 5, 13)

# Each with its id, its kind, the body that decides for it.
UNITS = (
    ("LK", "city", "LK", "Thành phố Lộc Khê"),
    ("PNV", "home_affairs_office", "LK", "Phòng Nội vụ"),
    ("PGD", "education_office", "LK", "Phòng Giáo dục và Đào tạo"),
    ("HD", "council", "LK", "Hội đồng Thi đua - Khen thưởng"),
    ("VP", "office", "LK", "Văn phòng HĐND và UBND"),
    ("P1", "ward", "LK", "Phường Hoa Mai"),
    ("P2", "ward", "LK", "Phường Suối Đá"),
    ("X1", "commune", "LK", "Xã Đồi Chè"),
    ("T1", "school", "LK", "Trường THCS Bằng Lăng"),
    ("T2", "school", "LK", "Trường Tiểu học Sơn Ca"),
    ("TN", "city", "TN", "Thị xã Thượng Nguồn"),
    ("NVTN", "home_affairs_office", "TN", "Phòng Nội vụ Thượng Nguồn"),
    ("GDTN", "education_office", "TN", "Phòng Giáo dục Thượng Nguồn"),
    ("HDTN", "council", "TN", "Hội đồng Thượng Nguồn"),
    ("P9", "ward", "TN", "Phường Bến Đò"),
)
BODY = {id_: body for id_, _, body, _ in UNITS}

# Whose name, which role, where.
PEOPLE = {
    "lan": ("Trần Thị Lan", "unit_clerk", "P1"),
    "minh": ("Đỗ Quang Minh", "unit_head", "P1"),
    "tam": ("Rơ Châm Tâm", "unit_clerk", "P2"),
    "binh": ("Lê Văn Bình", "unit_head", "P2"),
    "nga": ("Ksor H'Nga", "unit_clerk", "X1"),
    "thong": ("Siu Thông", "unit_head", "X1"),
    "thu": ("Nguyễn Minh Thư", "unit_clerk", "T1"),
    "hieu": ("Phạm Trung Hiếu", "unit_head", "T1"),
    "mai": ("Bùi Tuyết Mai", "unit_clerk", "T2"),
    "duc": ("Hoàng Anh Đức", "unit_head", "T2"),
    "oanh": ("Võ Kiều Oanh", "unit_clerk", "VP"),
    "phuc": ("Đặng Hồng Phúc", "unit_head", "VP"),
    "khoa": ("Ngô Đăng Khoa", "education_officer", "PGD"),
    "dung": ("Phan Thùy Dung", "education_head", "PGD"),
    "ngoc": ("Vũ Bích Ngọc", "home_affairs_officer", "PNV"),
    "son": ("Cao Thái Sơn", "home_affairs_head", "PNV"),
    "yen": ("Trịnh Hải Yến", "council_secretary", "HD"),
    "quang": ("Dương Vinh Quang", "council_member", "HD"),
    "vinh": ("Lý Quốc Vinh", "council_vice_chair", "HD"),
    "chau": ("Đinh Bảo Châu", "council_chair", "HD"),
    "hung": ("Nguyễn Mạnh Hùng", "chairman", "LK"),
    "ly": ("Hồ Hương Ly", "registrar", "LK"),
    "trung": ("Mai Quốc Trung", "auditor", "LK"),
    "uyen": ("Tô Phương Uyên", "publisher", "LK"),
    "quy": ("Lâm Đức Quý", "administrator", "LK"),
}
CLERK = {"P1": "lan", "P2": "tam", "X1": "nga", "T1": "thu", "T2": "mai", "VP": "oanh"}
HEAD = {"P1": "minh", "P2": "binh", "X1": "thong", "T1": "hieu", "T2": "duc", "VP": "phuc"}
OFFICE = {
    "education_review": ("khoa", "dung"),
    "home_affairs_review": ("ngoc", "son"),
}
NOMINEES = ("Vòng Nhịt Mùi", "H'Bia Niê", "Trần Văn Hiếu", "Đàm Thị Ửng", "Ưng Quỳnh Xoa")
COLLECTIVES = frozenset({"TTLDTT", "TTLDXS", "CO_TINH", "CO_CP"})
UPWARD = frozenset({"awaiting_submission", "submitted_to_province"})


@dataclass(slots=True)
class World:
    """One installation with its people; ``now`` is the real clock, which every act moves on by a minute."""

    engine: Engine
    people: dict[str, Actor]
    now: datetime
    keys: Iterator[int] = field(default_factory=itertools.count)

    def do(
        self,
        who: str | Actor,
        act: str,
        ref: str = "",
        *,
        version: int | None = None,
        reason: str | None = None,
        key: str | None = None,
        **args: Any,
    ) -> Done:
        """Perform an act at the version the dossier has now, under a fresh key, unless told otherwise."""
        self.now += timedelta(minutes=1)
        actor = who if isinstance(who, Actor) else self.people[who]
        if version is None and ref:
            version = self.record(ref).version
        named = key or f"k{next(self.keys)}"
        return perform(
            self.engine, checked(act, key=named, ref=ref, version=version, reason=reason, args=args), actor
        )

    def refused(self, who: str | Actor, act: str, ref: str = "", **sent: Any) -> list[str]:
        """The codes of the reasons why this act is refused; fails where it is not."""
        return sorted(reason["code"] for reason in self.reasons(who, act, ref, **sent))

    def reasons(self, who: str | Actor, act: str, ref: str = "", **sent: Any) -> list[Mapping[str, Any]]:
        """The reasons themselves."""
        with pytest.raises(Refused) as refusal:
            self.do(who, act, ref, **sent)
        return refusal.value.reasons

    def explained(self, who: str | Actor, ref: str) -> dict[str, list[str]]:
        """Every act of the station with the codes that stand against it."""
        actor = who if isinstance(who, Actor) else self.people[who]
        with self.engine.database.reading() as conn:
            _, loaded = reading.dossier(self.engine, conn, ref, actor)
            weighed = reading.acts(self.engine, loaded, actor)
        return {w.act: sorted(reason.code for reason in w.reasons) for w in weighed}

    def weighed(self, ref: str, act: str, actor: Actor) -> list[str]:
        """The codes that stand against an act nothing was filled in for."""
        with self.engine.database.reading() as conn:
            _, loaded = reading.dossier(self.engine, conn, ref, actor)
        facts = facts_of(self.engine, loaded, act)
        return [reason.code for reason in weigh(loaded.definition, facts, actor).reasons]

    def view(self, who: str | Actor, ref: str) -> reading.DossierView:
        """The dossier as this person may read it."""
        actor = who if isinstance(who, Actor) else self.people[who]
        with self.engine.database.reading() as conn:
            return reading.dossier(self.engine, conn, ref, actor)[0]

    def record(self, ref: str) -> CaseRecord:
        """The row, as nobody in particular sees it."""
        with self.engine.database.reading() as conn:
            found = cases.load(conn, ref)
        assert found is not None
        return found

    def case(self, ref: str) -> Dossier:
        """The facts of a dossier."""
        return dossier_in(self.record(ref))

    def ids(self, ref: str) -> list[str]:
        """The nominations in their order."""
        found = self.case(ref).nominations
        return sorted(found, key=lambda id_: found[id_].position)

    def entries(self, ref: str) -> list[history.Entry]:
        """The sealed entries of a dossier."""
        with self.engine.database.reading() as conn:
            return [entry for entry, _, _ in history.of_case(conn, self.record(ref).id)]

    def kept_commands(self) -> list[tuple[str, str]]:
        """(key, outcome) of every command that was kept."""
        with self.engine.database.reading() as conn:
            rows = conn.exec_driver_sql("SELECT key, outcome FROM command ORDER BY key")
            return [(row[0], row[1]) for row in rows]

    def command(self, who: str, key: str) -> commands.CommandRecord | None:
        """One kept command."""
        with self.engine.database.reading() as conn:
            return commands.find(conn, self.people[who].account, key)

    def on(self, day: date) -> "World":
        """Eight o'clock of a morning in Vietnam."""
        self.now = datetime(day.year, day.month, day.day, 8, tzinfo=ZONE).astimezone(UTC)
        return self


def a_world(database: Database, folder: Path) -> World:
    """The city on Monday, 13 May 2024, with ids and salts that follow from nothing but their order."""
    count = itertools.count(1)

    def new_id() -> str:
        return f"id{next(count):06d}"

    def salt() -> bytes:
        return hashlib.sha256(str(next(count)).encode()).digest()

    engine = Engine(database, BlobStore(folder / "blobs"), log=new_id())
    actors = {login: an_actor(role, unit, login, name) for login, (name, role, unit) in PEOPLE.items()}
    world = World(engine, actors, datetime(2024, 5, 13, 1, tzinfo=UTC))
    engine.source = Source(now=lambda: world.now, new_id=new_id, salt=salt)
    furnish(database, "city", lambda: _write_city(world))
    return world


def _write_city(world: World) -> None:
    with world.engine.database.transaction() as conn:
        settings.put(conn, LOG_SETTING, world.engine.log)
    world.engine.open()
    with world.engine.database.transaction() as conn:
        for position, (id_, kind, body, name) in enumerate(UNITS):
            units.insert_unit(
                conn, Unit(id_, kind, body, name, name, name, name, date(2000, 1, 1), None, position)
            )
        for login, (name, _, _) in PEOPLE.items():
            people.insert_person(conn, people.Person(login, name))
            people.insert_account(conn, people.Account(login, login, login, "", None, world.now))
        for clerk in CLERK.values():
            for kind in ("TO_TRINH", "BIEN_BAN", "TRICH_NGANG", "BAO_CAO_CA_NHAN"):
                papers.insert(conn, _a_paper(clerk, kind, world.now))


@contextmanager
def a_copy(world: World) -> Iterator[World]:
    """The same city on SQLite as far as it has come, which goes its own way from here, gone afterwards."""
    file = Path(world.engine.database.url.removeprefix("sqlite:///"))
    with a_sqlite_copy(file) as database:
        other = replace(world, engine=replace(world.engine, database=database))
        other.engine.source = replace(world.engine.source, now=lambda: other.now)
        yield other


def with_roles(world: World, password_hash: str = "") -> World:
    """The same city, in whose database everybody holds their role; they sign in by the password of the hash."""
    account, granted = METADATA.tables["account"], METADATA.tables["grant"]
    held = {"valid_from": date(2000, 1, 1), "valid_to": None}
    with world.engine.database.transaction() as conn:
        conn.execute(sa.update(account).values(password_hash=password_hash))
        conn.execute(
            sa.insert(granted),
            [
                {"id": login, "account_id": login, "role": grant.role, "unit": grant.unit, **held}
                for login, actor in world.people.items()
                for grant in actor.grants
            ],
        )
    return world


def an_actor(role: str, unit: str, person: str, name: str = "", account: str = "") -> Actor:
    """Someone in one role in one unit; the account is called like the person unless named."""
    return Actor(person, (Grant(role, unit, BODY[unit]),), account or person, name or person)


def also(actor: Actor, role: str, unit: str, account: str = "") -> Actor:
    """The same person in one more role, through another account where one is named."""
    grants = (*actor.grants, Grant(role, unit, BODY[unit]))
    return replace(actor, grants=grants, account=account or actor.account)


def _a_paper(clerk: str, kind: str, at: datetime) -> papers.PaperRecord:
    id_ = paper_of(clerk, kind)
    sha256 = hashlib.sha256(id_.encode()).hexdigest()
    return papers.PaperRecord(id_, sha256, f"{kind}.pdf", 1000, "application/pdf", kind, clerk, at)


def paper_of(clerk: str, kind: str) -> str:
    """The file this clerk uploaded for papers of a type."""
    return f"{clerk}-{kind}"


def a_nomination(award: str, name: str = NOMINEES[0], **changes: Any) -> dict[str, Any]:
    """One row of the list; the type of subject follows from the award unless given."""
    subject = {"type": "collective" if award in COLLECTIVES else "individual", "name": name}
    subject |= {name: changes.pop(name) for name in ("type", "person", "title") if name in changes}
    return {"award": award, "subject": subject, "achievement": "Hoàn thành xuất sắc nhiệm vụ", **changes}


def nominations(*awards: str) -> list[dict[str, Any]]:
    """One row for each award, for different subjects."""
    return [a_nomination(award, NOMINEES[place % len(NOMINEES)]) for place, award in enumerate(awards)]


def a_draft(
    world: World,
    *,
    unit: str = "P1",
    kind: str = "CONG_TRANG",
    awards: Sequence[str] = ("CSTDCS",),
    rows: list[dict[str, Any]] | None = None,
    papers: bool = True,
    period: str = "",
) -> str:
    """A dossier being drafted, with the papers it needs unless they are left out."""
    clerk = CLERK[unit]
    listed = nominations(*awards) if rows is None else rows
    done = world.do(
        clerk,
        "create",
        unit=unit,
        kind=kind,
        period=period or ("2023-2024" if unit.startswith("T") else "2023"),
        title="Đề nghị khen thưởng năm 2023",
        nominations=listed,
    )
    if papers:
        world.do(clerk, "amend", done.ref, papers=the_papers(clerk, kind))
    return done.ref


def the_papers(clerk: str, kind: str) -> list[dict[str, Any]]:
    """The papers without which nothing is submitted."""
    second = "TRICH_NGANG" if kind in ("DOT_XUAT", "DOI_NGOAI") else "BIEN_BAN"
    return [{"paper": paper_of(clerk, type_), "type": type_} for type_ in ("TO_TRINH", second)]


def judged(world: World, ref: str, *, declined: Sequence[str] = (), lowered: Mapping[str, str] = {}) -> None:
    """The office whose turn it is speaks on everything that stands: recommended unless said otherwise."""
    case = world.case(ref)
    verdicts: list[dict[str, Any]] = []
    for id_ in case.standing():
        if id_ in declined:
            verdicts.append({"nomination": id_, "verdict": "declined", "reason": "Chưa đủ thành tích"})
        elif id_ in lowered:
            lower = {"verdict": "lower_award", "award": lowered[id_], "reason": "Đề nghị mức thấp hơn"}
            verdicts.append({"nomination": id_, **lower})
        else:
            verdicts.append({"nomination": id_, "verdict": "recommended"})
    world.do(OFFICE[case.station][0], "judge", ref, verdicts=verdicts)


def forwarded(world: World, ref: str) -> None:
    """The office whose turn it is recommends everything and lets the dossier go."""
    judged(world, ref)
    world.do(OFFICE[world.case(ref).station][1], "forward", ref)


def voted(world: World, ref: str, *, against: Sequence[str] = (), present: int = 9) -> None:
    """The council's result is typed and confirmed: nine members, all for, but for those voted down."""
    recorded(world, ref, against=against, present=present)
    world.do("chau", "confirm_result", ref)


def recorded(
    world: World, ref: str, *, against: Sequence[str] = (), present: int = 9, entitled: int = 9
) -> None:
    """The council's result is typed."""
    votes = [
        {"nomination": id_, "for": 0, "against": present, "blank": 0}
        if id_ in against
        else {"nomination": id_, "for": present, "against": 0, "blank": 0}
        for id_ in world.case(ref).standing()
    ]
    world.do("yen", "record_result", ref, entitled=entitled, present=present, written=0, votes=votes)


def answered(world: World, ref: str, **outcomes: str) -> None:
    """The province's answer is recorded: awarded, declined or returned, by nomination."""
    rows = []
    for id_ in world.case(ref).standing():
        outcome = outcomes.get(id_, "awarded")
        said = (
            {"decision_no": "77/QĐ-CT", "date": "2024-08-19"}
            if outcome == "awarded"
            else {"reason": "Vì thế"}
        )
        rows.append({"nomination": id_, "outcome": outcome, **said})
    world.do("ngoc", "record_answer", ref, answers=rows)


def completion_asked(world: World, ref: str, *items: Mapping[str, Any], due: str = "2024-05-24") -> None:
    """The office whose turn it is asks for completion: of the first achievement unless said otherwise."""
    officer = OFFICE[world.case(ref).station][0]
    wanted = items or ({"nomination": world.ids(ref)[0], "field": "achievement", "note": "Ghi rõ số liệu"},)
    world.do(officer, "request_completion", ref, reason="Thiếu số liệu", items=list(wanted), due=due)


def _onward(world: World, ref: str, station: str) -> None:
    """The one act, or two, that bring a dossier from its station a step nearer to ``station``."""
    case = world.case(ref)
    unit_head = HEAD[case.unit]
    ways: dict[str, Callable[[], object]] = {
        "drafting": lambda: world.do(unit_head, "submit", ref),
        "education_review": lambda: forwarded(world, ref),
        "home_affairs_review": lambda: forwarded(world, ref),
        "awaiting_council": lambda: world.do(
            "yen", "put_on_agenda", ref, session_no="02/2024", date="2024-05-20"
        ),
        "council_vote": lambda: voted(world, ref),
        "awaiting_decision": lambda: world.do("hung", "award", ref, nominations=list(case.standing())),
        "awaiting_submission": lambda: world.do(
            "hung", "submit_upward", ref, letter_no="15/TTr-UBND", date="2024-05-21"
        ),
        "submitted_to_province": lambda: answered(world, ref),
    }
    if station == "awaiting_completion" and case.station in OFFICE:
        completion_asked(world, ref)
    elif station == "withdrawn":
        world.do(unit_head, "withdraw", ref)
    elif station == "declined" and case.station == "home_affairs_review":
        judged(world, ref, declined=list(case.standing()))
        world.do("son", "decline", ref, reason="Không đủ tiêu chuẩn")
    else:
        ways[case.station]()


def a_dossier(
    world: World,
    station: str = "drafting",
    *,
    unit: str = "",
    kind: str = "CONG_TRANG",
    awards: Sequence[str] = (),
    rows: list[dict[str, Any]] | None = None,
    period: str = "",
) -> str:
    """The reference of a dossier that waits at ``station``: a ward's unless a unit is named."""
    where = unit or ("T1" if station == "education_review" else "P1")
    wanted = awards or (("CSTD_TINH",) if station in UPWARD else ("CSTDCS",))
    ref = a_draft(world, unit=where, kind=kind, awards=wanted, rows=rows, period=period)
    for _ in range(12):
        if world.case(ref).station == station:
            return ref
        _onward(world, ref, station)
    raise AssertionError(f"no way from {world.case(ref).station} to {station}")


def sent_for(world: World, ref: str, act: str) -> dict[str, Any]:
    """A reason and arguments that fit the dossier as it stands, for whoever may do the act."""
    case = world.case(ref)
    standing = list(case.standing())
    fitting: dict[str, dict[str, Any]] = {
        "amend": {},
        "judge": {"verdicts": [{"nomination": id_, "verdict": "recommended"} for id_ in standing]},
        "request_completion": {
            "reason": "Thiếu số liệu",
            "items": [{"field": "title", "note": "Ghi rõ năm"}],
            "due": "2024-05-24",
        },
        "decline": {"reason": "Không đủ tiêu chuẩn"},
        "take_back": {"reason": "Đã đủ để xét"},
        "return_for_review": {"reason": "Xem lại"},
        "put_on_agenda": {"session_no": "02/2024", "date": "2024-05-20"},
        "record_result": {
            "entitled": 9,
            "present": 9,
            "written": 0,
            "votes": [{"nomination": id_, "for": 9, "against": 0, "blank": 0} for id_ in standing],
        },
        "award": {"nominations": standing or ["x"]},
        "submit_upward": {"letter_no": "15/TTr-UBND", "date": "2024-05-21"},
        "record_answer": {
            "answers": [
                {"nomination": id_, "outcome": "awarded", "decision_no": "77/QĐ-CT", "date": "2024-08-19"}
                for id_ in standing
            ]
        },
        "hold": {"cause": "denunciation", "document": "12/TB-TTr"},
        "release": {"document": "15/KL-TTr"},
        "extend": {"reason": "Cần thêm thời gian", "due": "2024-12-02"},
        "part": {"nominations": standing[:1] or ["x"], "reason": "Chờ xác minh"},
        "escalate": {"rung": 0, "tells": "home_affairs_officer", "left": 3},
    }
    return fitting.get(act, {})
