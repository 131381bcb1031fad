"""P8: whatever people try, in whatever order, the row of a case is the fold of its history."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench.cities import CITIES, City
from bench.golden import histories
from bench.mutants import removals_forgotten
from bench.promise import Promise, Run, Trials
from bench.small_council import HIGH
from bench.small_world import UPWARD, World, a_world
from bench.tries import TRIED, Played, Try, some_try
from db import cases, history
from db.case_record import CaseRecord
from states import history as sealed
from states.council.session import Session
from states.decide import CLOCK
from states.definition import Definition
from states.document import canonical
from states.kinds import kind_of
from states.roles import Role
from workflow.auditing.verification import verify
from workflow.command import checked
from workflow.loading import facts_in
from workflow.outcome import Done
from workflow.problems import ChangedMeanwhile, Invalid, KeyReused, NotFound, Refused
from workflow.step import perform

STEPS = 100_000
EVERY = 50
"""Steps after which somebody goes straight ahead, to where chance seldom leads:"""
BROUGHT = ("put_on_agenda", "award", "submit_upward", "record_answer")
STEPS_OF_A_RUN = 2_500
SHARE = {"sqlite": 0.9, "postgresql": 0.1}
FORESEEN = (Refused, ChangedMeanwhile, Invalid, NotFound, KeyReused)
GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "data" / "golden"


ANYWHERE = "anywhere"


def _cell(definition: Definition, station: str, act: str) -> tuple[str, str, str]:
    by_people = any(Role.session not in row.by for row in definition.rows(station, act))
    by_station = definition.key == "dossier" and act not in ("remind", "recount") and by_people
    return definition.name, station if by_station else ANYWHERE, act


@dataclass(slots=True)
class Coverage:
    """Which (definition, station, act) came to pass; ``wanted`` are those the definitions have."""

    wanted: set[tuple[str, str, str]] = field(default_factory=set)
    done: set[tuple[str, str, str]] = field(default_factory=set)
    cells: set[tuple[str, ...]] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)

    def expect(self, world: World) -> None:
        """Every act on a dossier at every station, every act on anything else at some station.

        A reminder, a recount, what only a session brings about need come to pass at some station too.
        """
        for definition in world.engine.definitions.values():
            if definition.key not in TRIED or definition.regime != world.city.regime:
                continue
            for station in definition.stations:
                self.wanted |= {_cell(definition, station, act) for act in definition.acts_at(station)}

    def count(self, city: City, wanted: Try, told: object) -> None:
        """Take note of one try."""
        where = (city.regime, wanted.station, wanted.act)
        self.cells.add((*where, "clock" if wanted.who == "clock" else city.role(wanted.who)))
        self.answers[type(told).__name__] += 1

    def happened(self, definition: str, bodies: Iterable[bytes]) -> None:
        """Take note of what came to pass in a case, also of what only followed from another."""
        for body in map(sealed.read, bodies):
            self.done |= {(definition, body["from"], body["act"]), (definition, ANYWHERE, body["act"])}


def harness(run: Run, trials: Trials) -> None:
    """Random people try random acts; after each run everything is folded anew; then the golden histories."""
    coverage = Coverage()
    for kind in run.ground.kinds:
        share = SHARE[kind] if len(run.ground.kinds) > 1 else 1
        for city in CITIES:
            _under(run, trials, coverage, kind, city, round(run.times(STEPS) * share / len(CITIES)))
    missing = sorted(coverage.wanted - coverage.done)
    if run.scale >= 1:
        trials.held(not missing, f"never came to pass: {missing}")
    trials.notes.append(f"{coverage.answers.total()} steps: {dict(coverage.answers.most_common())}")
    came = f"{len(coverage.done & coverage.wanted)} of {len(coverage.wanted)} acts at their stations"
    trials.notes.append(f"{came} came to pass, regimes A, B, C; {len(coverage.cells)} tried by role")
    for name, lines in histories(GOLDEN):
        trials.held(_replays(lines), f"the golden history {name} folds to other facts")


def _under(run: Run, trials: Trials, coverage: Coverage, kind: str, city: City, steps: int) -> None:
    """So many steps under one regime, in worlds that begin anew."""
    for begun in range(0, steps, STEPS_OF_A_RUN):
        _one_run(run, trials, coverage, kind, city, range(begun, min(steps, begun + STEPS_OF_A_RUN)))


def _one_run(run: Run, trials: Trials, coverage: Coverage, kind: str, city: City, steps: range) -> None:
    with run.ground.fresh(kind) as database:
        name = f"{kind} {city.regime} from step {steps.start}"
        chance = run.random(name)
        world = a_world(database, run.ground.folder, seed=f"{run.seed}/{name}", city=city)
        coverage.expect(world)
        played = Played(coverage.done)
        versions: dict[str, int] = {}
        for step in range(len(steps)):
            if step % EVERY == 0:
                _brought(world, played, versions, BROUGHT[step // EVERY % len(BROUGHT)], chance)
            wanted = some_try(world, played, chance, f"s{step}")
            told = _tried(world, wanted)
            coverage.count(city, wanted, told)
            trials.held(_foreseen(versions, wanted, told), f"{name} + {step}: {wanted}: {told!r}")
            if isinstance(told, Done):
                _followed(world, played, versions, wanted, told)
            world.now += timedelta(minutes=chance.choice((1, 1, 1, 600)))
        _replayed(trials, coverage, world, name)


def _brought(world: World, played: Played, versions: dict[str, int], act: str, chance: Random) -> None:
    """A list of three comes by the straight way to where an act is next; some wish for what has a lower award."""
    wished = "CSTD_TINH" if act in UPWARD else chance.choice((HIGH[0], world.city.here[0]))
    ref = world.ready_for(act, awards=[wished] * 3)
    played.add(ref)
    versions[ref] = world.record(ref).version


def _followed(world: World, played: Played, versions: dict[str, int], wanted: Try, told: Done) -> None:
    """Take in what has begun, what came to pass; what a session does to its dossiers moves their versions too."""
    if not wanted.ref:
        played.add(told.ref)
    record = world.record(told.ref)
    played.came.add((record.definition, wanted.station, wanted.act))
    facts = facts_in(record) if kind_of(told.ref) == "session" else None
    if isinstance(facts, Session):
        versions |= {ref: world.record(ref).version for ref in facts.items}


def _tried(world: World, wanted: Try) -> object:
    actor = CLOCK if wanted.who == "clock" else world.people[wanted.who]
    try:
        command = checked(wanted.act, key=wanted.key, **wanted.sent)
        return perform(world.engine, command, actor)
    except Exception as error:  # noqa: BLE001 - what was not foreseen is a failed trial, judged by the caller
        return error


def _foreseen(versions: dict[str, int], wanted: Try, told: object) -> bool:
    """Done moves the version by one, from the one the person saw; a problem moves nothing, as the next try sees."""
    unmoved = wanted.present == versions.get(wanted.ref, 0)
    if isinstance(told, Done):
        versions[told.ref] = told.version
        return unmoved and told.version == told.seq == wanted.version + 1
    return unmoved and isinstance(told, FORESEEN)


def _replayed(trials: Trials, coverage: Coverage, world: World, name: str) -> None:
    found = verify(world.engine)
    trials.held(found.ok, f"{name}: {found.first_bad}")
    with world.engine.database.reading() as conn:
        for id_ in cases.ids(conn):
            record = cases.by_id(conn, id_)
            assert record is not None  # listed a moment ago
            bodies = [entry.body for entry, _, _ in history.of_case(conn, id_)]
            coverage.happened(record.definition, bodies)
            trials.held(_folds_to(record, bodies), f"{name}: {record.ref} is not the fold of its history")


def _folds_to(record: CaseRecord, bodies: list[bytes]) -> bool:
    facts = sealed.fold(sealed.read(body)["effects"] for body in bodies)
    due, holder = record.due_on, facts.get("holder", {})
    columns = (record.station, record.version, due and due.isoformat(), record.holder_role, record.unit)
    folded = (facts["station"], facts["version"], facts.get("due"), holder.get("role"), facts["unit"])
    return record.facts == canonical(facts) and columns == folded


def _replays(lines: list[Mapping[str, Any]]) -> bool:
    """Every entry is sealed on the one before, keeps its promise of its words; together they are the facts."""
    *entries, last = lines
    prev = sealed.genesis(last["log"], last["kind"], last["case"])
    for line in entries:
        body = line["body"].encode()
        if line["hash"] != sealed.seal(prev, body):
            return False
        said = sealed.read(body)
        if said["data_c"] != sealed.commitment(bytes.fromhex(line["salt"]), "data", line["payload"]):
            return False
        prev = line["hash"]
    facts = sealed.fold(json.loads(line["body"])["effects"] for line in entries)
    return canonical(facts) == canonical(last["facts"])


def _forgetful(run: Run, trials: Trials) -> None:
    """The mutant: folding forgets that something was taken away."""
    with removals_forgotten():
        _one_run(run, trials, Coverage(), "sqlite", CITIES[0], range(400))


PROMISE = Promise(
    "P8", "a case is the fold of its history", harness, {"a fold that never removes": _forgetful}
)
