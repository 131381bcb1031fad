"""P4: of many who act at once on one version one wins, the others are told who, when, where it stands now."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Barrier

from bench.mutants import versions_overlooked
from bench.promise import Promise, Run, Trials
from bench.small_world import World, a_world, fitting
from db import cases, history
from states.decide import Actor
from states.dossier import Dossier
from workflow.command import Command, checked
from workflow.outcome import Done
from workflow.problems import ChangedMeanwhile
from workflow.step import perform

DOSSIERS = 2_000
CROWD = 16
RIVALS = {
    "submit": (("amend", "an"), ("submit", "bao"), ("withdraw", "bao")),
    "judge": (("judge", "kien"), ("judge", "loan"), ("withdraw", "bao"), ("hold", "nam"), ("extend", "nam")),
    "forward": (("judge", "loan"), ("forward", "nam"), ("request_completion", "loan"), ("hold", "nam")),
    "resubmit": (("resubmit", "bao"), ("take_back", "kien"), ("amend", "an"), ("hold", "nam")),
    "put_on_agenda": (
        ("put_on_agenda", "phuong"),
        ("return_for_review", "nam"),
        ("hold", "nam"),
        ("extend", "sang"),
    ),
    "confirm_result": (("confirm_result", "sang"), ("confirm_result", "quan"), ("record_result", "phuong")),
    "award": (("award", "tuan"), ("decline", "tuan"), ("return_for_review", "tuan"), ("hold", "nam")),
}
"""Acts that each are allowed on a dossier for which the act named is next."""
WEIGHTS = (4, 4, 4, 4, 1, 1, 1)
"""Less often what takes long to prepare."""


@dataclass(frozen=True, slots=True)
class Told:
    """How one of the crowd was answered."""

    by: str
    answer: object


def harness(run: Run, trials: Trials) -> None:
    """On both databases, one crowd for each dossier."""
    for kind in run.ground.kinds:
        with run.ground.fresh(kind) as database, ThreadPoolExecutor(CROWD) as threads:
            world = a_world(database, run.ground.folder, seed=f"{run.seed}/{kind}")
            chance = run.random("races", kind)
            for number in range(run.times(DOSSIERS)):
                place = chance.choices(list(RIVALS), WEIGHTS)[0]
                crowd = _crowd(world, place, chance.sample(range(1000), CROWD))
                _race(world, trials, threads, crowd, f"{kind} {number} before {place}")
    trials.notes.append(f"crowds of {CROWD}")


def _crowd(world: World, place: str, numbers: list[int]) -> list[tuple[Command, Actor]]:
    """As many people as there are numbers, each with an act that is allowed now."""
    ref = world.ready_for(place)
    case = world.case(ref)
    rivals = RIVALS[place]
    return [_sent(world, ref, *rivals[n % len(rivals)], f"{ref}-{n}", case) for n in numbers]


def _sent(world: World, ref: str, act: str, who: str, key: str, case: Dossier) -> tuple[Command, Actor]:
    return checked(act, key=key, ref=ref, version=case.version, **fitting(act, case)), world.people[who]


def _race(
    world: World, trials: Trials, threads: ThreadPoolExecutor, crowd: list[tuple[Command, Actor]], name: str
) -> None:
    start = Barrier(len(crowd))
    world.now += timedelta(minutes=1)

    def act(sent: tuple[Command, Actor]) -> Told:
        start.wait()
        return Told(sent[1].name, _answer(world, *sent))

    told = list(threads.map(act, crowd))
    winners = [t for t in told if isinstance(t.answer, Done)]
    lost = [t.answer for t in told if not isinstance(t.answer, Done)]
    alone = len(winners) == 1 and _fits(world, crowd[0][0], winners[0], lost)
    trials.held(alone, f"{name}: {len(winners)} winners; {set(map(repr, lost))}")


def _fits(world: World, command: Command, winner: Told, lost: list[object]) -> bool:
    """One entry was added, by the winner; everyone else was told exactly that."""
    with world.engine.database.reading() as conn:
        record = cases.load(conn, command.ref)
        assert record is not None  # the crowd came for it
        entries = [entry for entry, _, _ in history.of_case(conn, record.id)]
    expected = (winner.by, entries[-1].at, record.station, (command.version or 0) + 1)
    return len(entries) == record.version == expected[-1] and all(
        isinstance(answer, ChangedMeanwhile)
        and (answer.by, datetime.fromisoformat(answer.at), answer.station, answer.version) == expected
        for answer in lost
    )


def _answer(world: World, command: Command, actor: Actor) -> object:
    try:
        return perform(world.engine, command, actor)
    except Exception as error:  # noqa: BLE001 - whatever else is raised is a failed trial, judged by the caller
        return error


def _blind(run: Run, trials: Trials) -> None:
    """The mutant: the version a person saw is not compared."""
    with versions_overlooked():
        harness(replace(run, scale=min(run.scale, 5 / DOSSIERS)), trials)


PROMISE = Promise("P4", "of many at once one wins, the others are told", harness, {"last one wins": _blind})
