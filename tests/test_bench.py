"""A tiny run of every bench prints lines that a program can read; how fast it was is nobody's business here."""

import json

import pytest

from bench import web
from bench.bench import BENCHES, main
from bench.measure import Line, Pairs

TINY = {"life": 1, "queries": 400, "web": 400, "verify": 100, "sweep": 200, "batch": 6}
TARGETED = {
    "life": {"create + 6 acts"},
    "queries": {"inbox, page 1", "badges of five queues", "one history", "awarded as of a day, counted"},
    "web": {"inbox of 50 rows, p95", "inbox of 50 rows, 5 commits/s, p95", "inbox of 50 rows, size"},
    "verify": {"whole history"},
    "batch": {"a dossier of 6 approved", "a dossier, our processor time"},
    "sweep": {"2 due of 200", "2 due, our processor time", "memory after, before", "nothing due of 200"},
}


def test_every_bench_is_tried_here() -> None:
    assert TINY.keys() == TARGETED.keys() == BENCHES.keys()


@pytest.mark.parametrize("bench", TINY)
def test_a_tiny_run_prints_a_line_for_every_case(
    bench: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "SECONDS", 0.2)
    assert main([bench, "--size", str(TINY[bench]), "--database", "sqlite", "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {line["case"] for line in lines} >= TARGETED[bench]
    for line in lines:
        assert line.keys() == set(Line.__slots__)
        assert (line["bench"], line["database"]) == (bench, "sqlite")
        assert min(line["ours"], line["runs"], line["env"]["cpus"]) > 0
        if line["floor"]:
            assert line["ratio"] == pytest.approx(line["ours"] / line["floor"], abs=0.02, rel=0.02)


def test_the_ratio_is_of_the_medians() -> None:
    pairs = Pairs(ours=[1.0, 8.0, 900.0], floor=[1.0, 4.0, 5.0])
    told = pairs.line("life", "a case", "sqlite", {})
    assert (told.ours, told.floor, told.ratio, told.runs) == (8.0, 4.0, 2.0, 3)
    assert "8.000 ms" in told.text()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["life", "--size", "0"], "must be a whole number, at least 1"),
        (["life", "--size", "few"], "must be a whole number, at least 1"),
        (["live"], "live is not measured here, only life queries"),
    ],
)
def test_who_asks_wrongly_is_told_what_can_be_asked(
    asked: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(asked)
    assert said in capsys.readouterr().err
