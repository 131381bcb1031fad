"""The real server is killed under load: what it answered is stored, what is stored is whole."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Lock, Timer
from typing import Any

import sqlalchemy as sa

from bench.promise import Run, Trials
from bench.under_load import CLIENTS, City, Clients, Order, Server, a_city, served, started
from db.engine import Connection, Database
from workflow.auditing.verification import verify

KILLS = 1_000
STARTED = 20
"""Kills of a server started from nothing, which takes seconds; all others come from a process that has it loaded."""
MOST_ANSWERS = 6
LONGEST_WAIT = 0.01
"""Seconds between the last answer waited for and the kill, at most: about one act."""
MOST_TRIED = 40
"""Kills until which a server that answers too early must have been caught; most often the first does it."""
ALL_CHECKED = 50
"""After so many kills every entry is verified again."""
_STORED = sa.text("SELECT key FROM command WHERE outcome = 'ok' AND account_id = 'an' AND key LIKE :mine")


@dataclass(slots=True)
class Memory:
    """What the clients of a city were told so far, with what they sent without an answer."""

    acked: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, Order] = field(default_factory=dict)
    open: dict[str, Order] = field(default_factory=dict)


def real_kills(run: Run, trials: Trials) -> None:
    """Kill, look, start again, ask again; on each database in turn."""
    for kind in run.ground.kinds:
        kills = run.times(KILLS // len(run.ground.kinds))
        # Whoever tries less starts one from nothing, on one database.
        starts = STARTED // len(run.ground.kinds) if run.scale >= 1 else int(kind == "sqlite")
        with run.ground.fresh(kind) as database:
            city, memory = a_city(database, run.ground.folder, run.seed), Memory()
            _kill_again(run, trials, city, memory, kind, served, kills - starts)
            _kill_again(run, trials, city, memory, f"{kind}-started", started, starts)
        trials.notes.append(f"{kind}: {kills} kills -9 of the server, {len(memory.acked)} acts answered")


def _kill_again(
    run: Run,
    trials: Trials,
    city: City,
    memory: Memory,
    name: str,
    server: Callable[[City], AbstractContextManager[Server]],
    kills: int,
) -> None:
    for number in range(kills):
        chance = run.random("kill", name, number)
        with server(city) as (kill, address):
            clients = Clients(address, city.token, chance.randint(1, MOST_ANSWERS))
            _asked_again(trials, clients, memory, f"{name} kill {number}")
            pressed = clients.press(f"{name}-{number}", kill, chance.uniform(0, LONGEST_WAIT))
        trials.held(pressed, f"{name} kill {number}: the server did not answer enough")
        _looked_at(trials, city, clients, f"{name}-{number}")
        memory.acked |= clients.acked
        memory.sent |= clients.sent
        memory.open = {key: order for key, order in clients.sent.items() if key not in clients.acked}
        if number % ALL_CHECKED == 0 or number == kills - 1:
            found = verify(city.engine)
            trials.held(found.ok, f"{name} kill {number}: {found.first_bad}")


def _asked_again(trials: Trials, clients: Clients, memory: Memory, name: str) -> None:
    """What was never answered is answered now; what was answered is answered alike."""
    for key, order in memory.open.items():
        told = memory.acked[key] = clients.send(key, order)
        trials.held(isinstance(told, dict), f"{name}: {key}, never answered before, is answered {told}")
    for key in list(memory.acked)[-CLIENTS:]:
        told = clients.send(key, memory.sent[key])
        trials.held(told == memory.acked[key], f"{name}: {key} was answered {memory.acked[key]}, now {told}")


def _looked_at(trials: Trials, city: City, clients: Clients, name: str) -> None:
    with city.engine.database.reading() as conn:
        stored = set(conn.execute(_STORED, {"mine": f"{name}-%"}).scalars())
    lost = sorted(clients.acked.keys() - stored)
    trials.held(not lost, f"{name}: answered, yet lost: {lost[:3]}")
    unasked = stored - clients.acked.keys()
    few = len(unasked) <= CLIENTS and unasked <= clients.sent.keys()
    trials.held(few, f"{name}: {len(unasked)} stored that nobody was told of")


class Hasty(Database):
    """A database whose commits come a moment after the answer."""

    def __init__(self, url: str) -> None:
        """Opens nothing yet."""
        super().__init__(url)
        self._waiting = Lock()

    @contextmanager
    def transaction(self, *, together: bool = False) -> Iterator[Connection]:  # noqa: ARG002 - the same signature
        """A transaction that ends later; the next one waits for it."""
        self._waiting.acquire()
        conn = self._writer.connect()
        begun = conn.begin()
        try:
            yield conn
        except BaseException:
            self._end(begun.rollback, conn)
            raise
        Timer(10 * LONGEST_WAIT, partial(self._end, begun.commit, conn)).start()

    def _end(self, end: Callable[[], None], conn: Connection) -> None:
        end()
        conn.close()
        self._waiting.release()


def answers_first(run: Run, trials: Trials) -> None:
    """The mutant: the server answers before what it answered is stored."""
    hasty = partial(served, database=Hasty)
    with run.ground.fresh("sqlite") as database:
        city, memory, tried = a_city(database, run.ground.folder, run.seed), Memory(), 0
        while not trials.failed and tried < MOST_TRIED:
            tried += 1
            _kill_again(run, trials, city, memory, f"hasty-{tried}", hasty, 1)
