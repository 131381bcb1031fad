"""The promises hold at a share of their counts, while a planted fault in each would be seen."""

from pathlib import Path

import pytest

from bench.golden import ROADS, histories
from bench.ground import Ground
from bench.p8_replay import GOLDEN
from bench.promise import Outcome, Promise, Run, Trials, tried
from bench.prove import PROMISES, each_once, main

SEED = 20240513
SCALE = 0.1


@pytest.fixture
def ground(sqlite_template: Path, postgresql_url: str, tmp_path: Path) -> Ground:
    """Both databases of this test process."""
    folder = sqlite_template.parent / tmp_path.name
    folder.mkdir()
    return Ground(folder, sqlite_template, postgresql_url)


@pytest.mark.parametrize("name", PROMISES)
def test_a_promise_holds_and_its_harness_sees_a_planted_fault(name: str, ground: Ground) -> None:
    found = tried(PROMISES[name], Run(SEED, SCALE, ground))
    assert (found.failures, found.control_caught) == (0, True), found.shown
    assert found.trials > 0


@pytest.mark.parametrize("version", ["A.1", "B.1", "C.1"])
def test_no_golden_history_was_lost(version: str) -> None:
    assert {name for name, _ in histories(GOLDEN)} >= {f"dossier-{version}-{road}" for road in ROADS}


def outcome_of(harness_fails: bool, mutant_fails: bool, ground: Ground) -> Outcome:
    """What comes of a promise whose harness and whose control fail or not."""

    def trial(fails: bool) -> Promise:
        def harness(_run: Run, trials: Trials) -> None:
            trials.held(not fails, "as planned")

        def mutant(_run: Run, trials: Trials) -> None:
            trials.held(not mutant_fails, "as planned")

        return Promise("P0", "nothing", harness, {"planned": mutant})

    return tried(trial(harness_fails), Run(SEED, 1, ground))


def test_a_promise_is_proven_only_without_failures_and_with_its_control_caught(
    sqlite_template: Path, tmp_path: Path
) -> None:
    ground = Ground(tmp_path, sqlite_template, None)
    verdicts = {
        (fails, caught): outcome_of(fails, caught, ground).proven
        for fails in (False, True)
        for caught in (False, True)
    }
    assert verdicts == {(False, True): True, (False, False): False, (True, True): False, (True, False): False}


def test_a_promise_named_twice_is_tried_once() -> None:
    assert each_once(["P4", "P3", "P4"]) == ["P4", "P3"]
    assert each_once([]) == list(PROMISES)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["P2"], "P2 is not tried here, only P1 P3 P4"),
        (["--scale", "0"], "--scale: must be a number above 0, at most 10"),
        (["P1", "--scale", "much"], "--scale: must be a number above 0, at most 10"),
    ],
)
def test_who_asks_wrongly_is_told_what_can_be_asked(
    asked: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refusal:
        main(asked)
    assert refusal.value.code == 2
    assert said in capsys.readouterr().err
