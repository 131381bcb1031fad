"""What somebody who owns the database might do to the award register, with where verification must stop."""

import random
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from bench.attacks import Attack, Victim
from db.engine import Connection
from db.nominations import NominationRow
from db.register import REGISTER
from db.series import DECISION, NumberSeriesRow

NOMINATION, SERIES = NominationRow.__table__, NumberSeriesRow.__table__
ELSEWHERE = 0
"""Where no entry is at fault: what differs was written by another case, or is no case's."""
SAID: Mapping[str, Any] = {
    "name": "Ai Khác",
    "folded": "ai khac",
    "person_id": "tuan",
    "award": "LDTT",
    "bonus": 9_999_999,
    "base_salary": 1,
    "multiplier": "9",
    "why": "no_base_salary",
    "decision_no": "99/QĐ-UBND",
    "decided_on": date(2020, 1, 1),
    "authority": "nobody",
    "unit": "TH",
    "period": "1999",
    "subject_type": "unit",
    "ref": "HS-1999-0001",
    "replaces": "another",
}
MARKED: Mapping[str, Any] = {"status": "corrected", "changed_by": "TH-1999-0001"}
FOLLOWED = {name: value for name, value in SAID.items() if name not in ("ref", "replaces")}
NOMINATED: Mapping[str, Any] = {
    "position": 99,
    "award": "LDTT",
    "subject_type": "unit",
    "person_id": "tuan",
    "outcome": "declined",
    "decision_no": "99/QĐ-UBND",
}


def altered_line(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """An award says something else than its dossier: a name, a bonus, a number."""
    _altered(conn, chance, SAID, _first_line(victim))
    return victim.last


def removed_line(conn: Connection, _chance: random.Random, victim: Victim) -> int:
    """An award is gone."""
    conn.execute(sa.delete(REGISTER).where(_first_line(victim)))
    return victim.last


def invented_line(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """An award nobody decided stands beside one that was."""
    return _copied(conn, victim, f"forged-{chance.getrandbits(64)}", "", victim.last)


def invented_follower(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """An award nobody decided says that it took the place of another."""
    known = conn.execute(sa.select(REGISTER.c.id).where(_first_line(victim))).scalar_one()
    return _copied(conn, victim, f"forged-{chance.getrandbits(64)}", known, ELSEWHERE)


def altered_mark(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """An award was revoked, replaced, corrected by no case, or by another one."""
    _altered(conn, chance, MARKED, _first_line(victim))
    return ELSEWHERE


def altered_follower(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """The line that took another's place says something else than the case that put it there."""
    _altered(conn, chance, {**FOLLOWED, **MARKED}, _follower(victim))
    return ELSEWHERE


def removed_follower(conn: Connection, _chance: random.Random, victim: Victim) -> int:
    """The line that took another's place is gone."""
    conn.execute(sa.delete(REGISTER).where(_follower(victim)))
    return ELSEWHERE


def altered_nomination(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """A nomination says something else than its dossier."""
    _altered(conn, chance, NOMINATED, NOMINATION.c.case_id == victim.record.id, NOMINATION)
    return victim.last


def numbers_set_back(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """The series goes back behind the number of the new decision, to give it twice."""
    written = conn.execute(sa.select(REGISTER.c.decision_no).where(_follower(victim))).scalar_one()
    back = sa.update(SERIES).where(SERIES.c.kind == DECISION, SERIES.c.body == victim.record.body)
    conn.execute(back.values(last=chance.randrange(int(written.partition("/")[0]))))
    return ELSEWHERE


def _first_line(victim: Victim) -> sa.ColumnElement[bool]:
    return sa.and_(REGISTER.c.case_id == victim.record.id, REGISTER.c.replaces == "")


def _follower(victim: Victim) -> sa.ColumnElement[bool]:
    return sa.and_(REGISTER.c.case_id == victim.record.id, REGISTER.c.replaces != "")


def _altered(
    conn: Connection,
    chance: random.Random,
    values: Mapping[str, Any],
    which: sa.ColumnElement[bool],
    table: sa.Table = REGISTER,
) -> None:
    """One of these columns says something else than it does now."""
    (now,) = conn.execute(sa.select(table).where(which)).mappings().all()
    name = chance.choice([name for name, value in values.items() if now[name] != value])
    conn.execute(sa.update(table).where(which).values({name: values[name]}))


def _copied(conn: Connection, victim: Victim, id_: str, replaces: str, seq: int) -> int:
    (line,) = conn.execute(sa.select(REGISTER).where(_first_line(victim))).mappings().all()
    told = {"id": id_, "status": "in_force", "changed_by": "", "replaces": replaces}
    conn.execute(sa.insert(REGISTER).values({**line, **told}))
    return seq


OF_AWARDED: Mapping[str, Attack] = {
    "award altered": altered_line,
    "award removed": removed_line,
    "award invented": invented_line,
    "award invented as another's follower": invented_follower,
    "award marked by hand": altered_mark,
    "nomination altered": altered_nomination,
}
"""Attacks on what an award left behind."""
OF_REPLACED: Mapping[str, Attack] = {
    "follower altered": altered_follower,
    "follower removed": removed_follower,
    "numbers set back": numbers_set_back,
}
"""Attacks on what took the place of an award after its decision was replaced."""
