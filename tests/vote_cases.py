"""Reads the vote cases written by hand in data/vote_cases.txt."""

import re
from dataclasses import dataclass
from pathlib import Path

from states.council.ballots import Roll, Totals
from states.council.vote_rules import Rule

FILE = Path(__file__).parent / "data" / "vote_cases.txt"
ITEM = "n1"


@dataclass(frozen=True, slots=True)
class Case:
    """One row: who was there, the rule, the votes; then what must come of it."""

    name: str
    rule: Rule
    roll: Roll
    totals: Totals
    result: str
    expected: dict[str, int]


def cases() -> list[Case]:
    """Every row of the file."""
    lines = [line for line in FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    head, *rows = [[cell.strip() for cell in line.split(" | ")] for line in lines]
    return [_case(dict(zip(head, row, strict=True))) for row in rows]


def _case(row: dict[str, str]) -> Case:
    expected = {name: int(row[name]) for name in ("for", "need", "of", "lack", "quorum")}
    return Case(
        name=row["case"],
        rule=_rule(row["rule"]),
        roll=_roll(row),
        totals=Totals(*map(int, f"{row['votes']}-{row['writing']}".split("-"))),
        result=row["result"],
        expected={**expected, "share": int(row["share"].replace(".", ""))},
    )


def _rule(text: str) -> Rule:
    share, *settings = text.split()
    part, whole = next((s[1:].split("/") for s in settings if s.startswith("q")), ("2", "3"))
    return Rule(
        share=int(share.strip(">%")),
        strict=share.startswith(">"),
        quorum_numerator=int(part),
        quorum_denominator=int(whole),
        written="unwritten" not in settings,
        recusal="leaves" if "leaves" in settings else "stays",
    )


def _roll(row: dict[str, str]) -> Roll:
    seats = tuple(f"m{place}" for place in range(int(row["members"])))
    room, left, wrote = (int(row[name]) for name in ("room", "left", "wrote"))
    away = seats[room + left :]
    groups = {"r": seats[:room], "w": away[:wrote], "a": away[wrote:]}
    apart = [
        seat for n, group in re.findall(r"(\d)([rwa])", row["interest"]) for seat in groups[group][: int(n)]
    ]
    return Roll(seats, seats[:room], seats[room : room + left], away[:wrote], {ITEM: tuple(apart)})
