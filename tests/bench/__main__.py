"""Measure, keep, and write the page: `make bench` and `make bench-small`, or a part at a time.

python -m tests.bench run --size 30x3x2x13 --seeds 1-5 --solver ours --seconds 120
python -m tests.bench other whatifs
python -m tests.bench page
python -m tests.bench all [--missing]
python -m tests.bench small
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from tests.bench.cases import ALL, CASES, SEEDS, SMALL, Case, whole
from tests.bench.kept import RESULTS, Result, keep, others, results
from tests.bench.machine import crowd
from tests.bench.measured import PartError, size
from tests.bench.others import FULL, LESS, MEASURES, Sizes, measure
from tests.bench.page import page, plot_name
from tests.bench.plots import PLOTS, plot
from tests.bench.runs import runs

PAGE = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """What the command line asks for."""
    asked = _parser().parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        if asked.do == "run":
            _run(_case(asked), scratch, RESULTS, missing=asked.missing)
        elif asked.do == "other":
            _others(asked.names, FULL, scratch, RESULTS)
        elif asked.do == "page":
            write_page()
        elif asked.do == "all":
            for case in CASES:
                _run(case, scratch, RESULTS, missing=asked.missing)
            _others(list(MEASURES), FULL, scratch, RESULTS)
            write_page()
        else:
            _small(scratch)


def _small(scratch: Path) -> None:
    """A little of everything, on standard output; where the machine does too much else, that is said first and last."""
    folder, crowded = scratch / "results", crowd(max(os.getloadavg()[:2]), os.cpu_count() or 1)
    if crowded:
        _say(crowded)
    for case in SMALL:
        _run(case, scratch, folder)
    for name in MEASURES:
        try:
            _others([name], LESS, scratch, folder)
        except PartError as error:
            _say(f"{name} was not measured: {error}")
    sys.stdout.write(page(results(folder), others(folder), crowded=crowded))
    if crowded:
        _say(crowded)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    do = parser.add_subparsers(dest="do", required=True)
    run = do.add_parser("run", help="solvers on instances of one size")
    run.add_argument(
        "--size", required=True, type=size, help="minerals x houses x offers x weeks, or an instance that ships"
    )
    run.add_argument("--seeds", type=whole, help="1-5, 3 or 1,4; the case's own where left out")
    run.add_argument(
        "--solver", action="append", choices=ALL, help="as often as it takes; the case's own where left out"
    )
    run.add_argument("--seconds", type=float, help="for all stages; the case's own where left out")
    run.add_argument("--gap", type=float, help="asked for in every stage; the case's own where left out")
    other = do.add_parser("other", help="what is measured otherwise")
    other.add_argument("names", nargs="+", choices=list(MEASURES))
    do.add_parser("page", help="RESULTS.md and the plots, from what is kept")
    everything = do.add_parser("all", help="everything, then the page; hours")
    for part in (run, everything):
        part.add_argument("--missing", action="store_true", help="only what is not kept yet")
    do.add_parser("small", help="a little of everything, under five minutes; nothing is kept")
    return parser


def _case(asked: argparse.Namespace) -> Case:
    sized = sorted((c for c in CASES if c.size == asked.size), key=lambda c: c.seconds != asked.seconds)
    own = next(iter(sized), Case(asked.size, 60.0, seeds=SEEDS))
    return replace(
        own,
        seconds=asked.seconds or own.seconds,
        gap=own.gap if asked.gap is None else asked.gap,
        seeds=asked.seeds or own.seeds,
        solvers=tuple(asked.solver or own.solvers),
    )


def _run(case: Case, scratch: Path, folder: Path, *, missing: bool = False) -> None:
    there = {(r.course, r.solver, r.seed) for r in results(folder)} if missing else set()
    for seed in case.seeds:
        left = tuple(s for s in case.solvers if (case.course, s, seed) not in there)
        for result in runs(replace(case, seeds=(seed,), solvers=left), scratch):
            keep(result, folder)
            _say(f"{case.size} {result.solver} {seed}: {result.measured.wall:.1f} s {result.measured.says}")


def _others(names: list[str], sizes: Sizes, scratch: Path, folder: Path) -> None:
    for name in names:
        keep(measure(name, sizes, scratch), folder)
        _say(name)


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")


def write_page() -> None:
    """RESULTS.md and its plots, from the kept files alone."""
    kept = results()
    by_course: dict[str, list[Result]] = {}
    for r in kept:
        by_course.setdefault(plot_name(r.course), []).append(r)
    drawn = frozenset(name for name, runs in by_course.items() if plot(runs, PLOTS / f"{name}.svg"))
    for old in PLOTS.glob("*.svg"):
        if old.stem not in drawn:
            old.unlink()
    PAGE.write_text(page(kept, others(), drawn), encoding="utf-8")


if __name__ == "__main__":
    main()
