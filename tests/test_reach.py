"""Bad input is sent to every route the program has, with people who may open it."""

from collections import defaultdict
from pathlib import Path

from bench.bad_inputs import hand_made
from bench.door import a_door
from bench.p17_inputs import corpus_of
from db.engine import Database

UNSEEN = {401, 404, 405}
"""What is answered before anybody reads what was sent."""


def test_bad_input_reaches_every_route_of_the_program(sqlite_database: Database, tmp_path: Path) -> None:
    answers: dict[str, set[int]] = defaultdict(set)
    with a_door(sqlite_database, tmp_path, seed=1) as door:
        corpus = corpus_of(door, everybody=False)
        plain = [one for one in hand_made(corpus) if one.plain]
        # Whoever acts on a case, or moves the clock, leaves another city behind.
        for one in sorted(plain, key=lambda one: ("{act}" in one.route, "/demo/" in one.route)):
            answers[one.route].add(door.knock(one.make()).status)
    assert {route.name for route in corpus.table} - answers.keys() == set()
    assert {name: got for name, got in answers.items() if got <= UNSEEN} == {}
    assert all(status < 500 for got in answers.values() for status in got)
