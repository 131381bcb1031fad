"""What somebody who owns the database might do to its history, with where verification must stop."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from db.case_record import CASE, CaseRecord
from db.engine import Connection
from db.history import HISTORY, Entry, PayloadRow
from db.table import values_of
from states.document import canonical
from states.history import fold, read, seal
from states.roles import mask_of

PAYLOAD = PayloadRow.__table__


@dataclass(frozen=True, slots=True)
class Victim:
    """A case under attack, beside another one of the same database."""

    record: CaseRecord
    entries: tuple[Entry, ...]
    other: tuple[Entry, ...]

    @property
    def last(self) -> int:
        """The seq of the last entry."""
        return len(self.entries)

    def entry(self, seq: int) -> Entry:
        """One entry by its seq."""
        return self.entries[seq - 1]

    def any_seq(self, chance: random.Random, *, first: int = 1, before_end: int = 0) -> int:
        """Some seq from ``first`` to so many before the last."""
        return chance.randint(first, self.last - before_end)


Attack = Callable[[Connection, random.Random, Victim], int]
"""Does it; answers the seq that verification must name first."""


def altered_body(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """One entry says something else."""
    entry = victim.entry(victim.any_seq(chance))
    _change(conn, entry, body=_rewritten(entry, chance))
    return entry.seq


def altered_column(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """A column beside the sealed bytes says something else."""
    entry = victim.entry(victim.any_seq(chance))
    name = chance.choice(("actor", "act", "unit", "at", "prev_hash", "hash"))
    other = f"{chance.getrandbits(256):064x}" if "hash" in name else "somebody"
    _change(conn, entry, **{name: entry.at + timedelta(seconds=1) if name == "at" else other})
    return entry.seq


def removed_middle(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """One entry is gone."""
    seq = victim.any_seq(chance, first=2, before_end=1)
    _remove(conn, victim.entry(seq))
    return seq


def removed_closed(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """One entry is gone, the later ones moved up."""
    seq = removed_middle(conn, chance, victim)
    for entry in victim.entries[seq:]:
        _change(conn, entry, seq=entry.seq - 1)
    return seq


def removed_first(conn: Connection, _chance: random.Random, victim: Victim) -> int:
    """The beginning is gone."""
    _remove(conn, victim.entry(1))
    return 1


def inserted(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """A forged entry stands in the middle, the later ones moved down."""
    seq = victim.any_seq(chance, first=2)
    for entry in reversed(victim.entries[seq - 1 :]):
        _change(conn, entry, seq=entry.seq + 1)
    prev = f"{chance.getrandbits(256):064x}"
    body = _rewritten(victim.entry(seq), chance, prev=prev)
    forged = victim.entry(seq)._replace(id="forged", prev_hash=prev, body=body, hash=seal(prev, body))
    conn.execute(sa.insert(HISTORY), values_of(forged))
    return seq


def swapped(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """Two entries have changed places."""
    one, two = sorted(chance.sample(range(1, victim.last + 1), 2))
    _change(conn, victim.entry(one), seq=victim.last + 9)
    _change(conn, victim.entry(two), seq=one)
    _change(conn, victim.entry(one), seq=two)
    return one


def hashed_anew(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """One entry says something else under a hash that fits: the link to the next one no longer does."""
    entry = victim.entry(victim.any_seq(chance))
    body = _rewritten(entry, chance)
    _change(conn, entry, body=body, hash=seal(entry.prev_hash, body))
    return min(entry.seq + 1, victim.last)


def tail_hashed_anew(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """From one entry on everything is sealed again; the row still holds the old head."""
    _sealed_from(conn, chance, victim, victim.any_seq(chance))
    return victim.last


def grafted(conn: Connection, _chance: random.Random, victim: Victim) -> int:
    """The history of another case stands here."""
    for entry in victim.entries:
        _remove(conn, entry)
    for entry in victim.other:
        conn.execute(
            sa.insert(HISTORY), values_of(entry._replace(id=f"{entry.id}-graft", case_id=victim.record.id))
        )
    return 1


def altered_words(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """The words of an entry were exchanged, or the salt under their promise."""
    entry = victim.entry(victim.any_seq(chance))
    words = canonical({"actor": "Ai đó", "args": {}, "names": {}, "reason": "", "unit": {}})
    change = chance.choice(({"body": words}, {"body": ""}, {"salt": chance.randbytes(32)}))
    conn.execute(sa.update(PAYLOAD).where(PAYLOAD.c.history_id == entry.id).values(**change))
    return entry.seq


ROW_CHANGES: Mapping[str, Any] = {
    "station": "awarded_x",
    "version": 99,
    "station_seq": 99,
    "head_hash": "00" * 32,
    "unit": "GD",
    "category": "DOT_XUAT_X",
    "period": "1999",
    "seen_by": 1 << 16,
    "due_on": date(2099, 1, 1),
    "holder_role": "nobody",
    "holder_unit": "nowhere",
    "entered_at": datetime.fromisoformat("2001-01-01T00:00:00+00:00"),
    "facts": "{}",
}


def altered_row(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """The case itself says something else than its history."""
    name = chance.choice(list(ROW_CHANGES))
    changed = sa.update(CASE).where(CASE.c.id == victim.record.id)
    conn.execute(changed.values(**{name: ROW_CHANGES[name]}))
    return victim.last


SEEN: Mapping[str, Attack] = {
    "body altered": altered_body,
    "column altered": altered_column,
    "middle removed": removed_middle,
    "middle removed, gap closed": removed_closed,
    "first removed": removed_first,
    "forged inserted": inserted,
    "two swapped": swapped,
    "one hashed anew": hashed_anew,
    "tail hashed anew": tail_hashed_anew,
    "grafted from another case": grafted,
    "words altered": altered_words,
    "row altered": altered_row,
}
"""Attacks that a chain shows by itself."""


def cut(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """The tail is gone, the row set back to what is left."""
    keep = victim.any_seq(chance, before_end=1)
    for entry in victim.entries[keep:]:
        _remove(conn, entry)
    _set_row(conn, victim, victim.entries[:keep])
    return 0


def hashed_wholly(conn: Connection, chance: random.Random, victim: Victim) -> int:
    """An entry was altered, everything after it sealed again, the row too."""
    _set_row(conn, victim, _sealed_from(conn, chance, victim, victim.any_seq(chance)))
    return 0


UNANCHORED: Mapping[str, Attack] = {
    "tail cut with its row": cut,
    "all hashed anew with its row": hashed_wholly,
}
"""Attacks that only an anchor outside can show: verification must not claim that there was one."""


def _rewritten(entry: Entry, chance: random.Random, **changes: Any) -> bytes:
    body = {**read(entry.body), "req": f"forged-{chance.getrandbits(64)}", **changes}
    return canonical(body).encode()


def _change(conn: Connection, entry: Entry, **values: Any) -> None:
    conn.execute(sa.update(HISTORY).where(HISTORY.c.id == entry.id).values(**values))


def _remove(conn: Connection, entry: Entry) -> None:
    conn.execute(sa.delete(PAYLOAD).where(PAYLOAD.c.history_id == entry.id))
    conn.execute(sa.delete(HISTORY).where(HISTORY.c.id == entry.id))


def _sealed_from(conn: Connection, chance: random.Random, victim: Victim, seq: int) -> tuple[Entry, ...]:
    done = list(victim.entries[: seq - 1])
    prev = victim.entry(seq).prev_hash
    for entry in victim.entries[seq - 1 :]:
        body = _rewritten(entry, chance, prev=prev)
        sealed = entry._replace(body=body, prev_hash=prev, hash=seal(prev, body))
        _change(conn, entry, body=body, prev_hash=prev, hash=sealed.hash)
        done.append(sealed)
        prev = sealed.hash
    return tuple(done)


def _set_row(conn: Connection, victim: Victim, entries: tuple[Entry, ...]) -> None:
    facts = fold(read(entry.body)["effects"] for entry in entries)
    holder, due = facts.get("holder", {}), facts.get("due")
    row = {name: facts[name] for name in ("station", "version", "station_seq", "definition")}
    conn.execute(
        sa.update(CASE)
        .where(CASE.c.id == victim.record.id)
        .values(
            **row,
            head_hash=entries[-1].hash,
            entered_at=datetime.fromisoformat(facts["entered_at"]),
            due_on=date.fromisoformat(due) if due else None,
            holder_role=holder.get("role"),
            holder_unit=holder.get("unit"),
            seen_by=mask_of(tuple(facts.get("opened_to", ()))),
            final=not holder,
            facts=canonical(facts),
        )
    )
