"""Rows as they lie in the memory, for tests of the memory itself."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from db import cases, commands, history, nominations, people, units
from db.engine import Connection
from db.text import fold, person_key

NOON = datetime(2024, 5, 13, 5, tzinfo=UTC)
FIRST_DAY = date(2024, 1, 1)


def a_unit(unit_id: str, kind: str = "ward", body: str = "city", **changes: Any) -> units.Unit:
    """A unit that exists since the first day."""
    named = units.Unit(unit_id, kind, body, unit_id, unit_id, unit_id, unit_id, FIRST_DAY, None, 0)
    return replace(named, **changes)


def a_case(case_id: str, **changes: Any) -> cases.CaseRecord:
    """A dossier of the ward that waits in its unit."""
    drafted = cases.CaseRecord(
        id=case_id,
        kind="dossier",
        ref=case_id.upper(),
        body="city",
        unit="ward",
        title="Đề nghị khen thưởng",
        category="CONG_TRANG",
        procedure="full",
        period="2024",
        definition="dossier@A.1",
        definition_digest="d" * 64,
        station="drafting",
        version=1,
        head_hash="a" * 64,
        station_seq=1,
        holder_role="unit_clerk",
        holder_unit="ward",
        entered_at=NOON,
        due_on=None,
        seen_by=0,
        final=False,
        facts="{}",
        search="de nghi khen thuong",
        created_at=NOON,
    )
    return drafted._replace(**changes)


def an_entry(case_id: str, seq: int, **changes: Any) -> history.Entry:
    """An entry written by the clerk at noon."""
    name = f"{case_id}-{seq}"
    entry = history.Entry(
        name, "dossier", case_id, seq, b"{}", "0" * 64, "a" * 64, NOON, "clerk", "amend", "ward"
    )
    return entry._replace(**changes)


def a_command(key: str, **changes: Any) -> commands.CommandRecord:
    """A submission that went well."""
    sent = commands.CommandRecord(
        account_id="clerk",
        key=key,
        digest="d" * 64,
        act="submit",
        ref="C1",
        case_id="c1",
        person_id="clerk",
        outcome="ok",
        answer="{}",
        at=NOON,
        station="drafting",
        request_id="r1",
    )
    return sent._replace(**changes)


def a_nomination(
    nomination_id: str, position: int, name: str = "Rơ Châm Thử"
) -> nominations.NominationRecord:
    """A person proposed by the first case."""
    return nominations.NominationRecord(
        id=nomination_id,
        case_id="c1",
        position=position,
        award="CSTDCS",
        subject_type="individual",
        name=name,
        sort_key=person_key(name),
        folded=fold(name),
        person_id=None,
        role_title="",
        achievement="",
        details="{}",
    )


def given_units(conn: Connection) -> None:
    """A city with its office and two units under it; a commune that decides for itself."""
    units.insert_unit(conn, a_unit("city", "city"))
    units.insert_unit(conn, a_unit("office", "home_affairs_office"))
    units.insert_unit(conn, a_unit("ward"))
    units.insert_unit(conn, a_unit("school", "school"))
    units.insert_unit(conn, a_unit("commune", "commune", body="commune"))


def given_person(conn: Connection, person_id: str, name: str = "Rơ Châm Thử") -> None:
    """A person with an account of the same id and login."""
    people.insert_person(conn, people.Person(person_id, name))
    people.insert_account(conn, people.Account(person_id, person_id, person_id, "hash", None, NOON))


def given_cases(conn: Connection, *records: cases.CaseRecord) -> None:
    """The units and these cases."""
    given_units(conn)
    for record in records:
        cases.insert(conn, record)
