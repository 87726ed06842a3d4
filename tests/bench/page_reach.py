"""The part of the page that sets what was reached against what is to be reached."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from tests.bench import figures as f
from tests.bench.cases import CASES, SOLVERS, Case
from tests.bench.kept import Result
from tests.bench.words import seconds, table

MIB = 1024


def reached(results: Sequence[Result], best: dict[tuple[str, int], float]) -> list[str]:
    """A row a figure, a column a solver: medians over the seeds, ∞ where most never get there."""
    solvers = [s for s in SOLVERS if any(r.solver == s for r in results)]
    rows = []
    for case in CASES:
        own = {s: [r for r in results if (r.course, r.solver) == (case.course, s)] for s in solvers}
        if case.reach and any(own.values()):
            rows += _rows(case, [own[s] for s in solvers], best)
    if not rows:
        return []
    return ["## Figures to reach", table(["size", "figure", "to reach", *(SOLVERS[s] for s in solvers)], rows)]


def _rows(case: Case, runs: list[list[Result]], best: dict[tuple[str, int], float]) -> list[list[str]]:
    rows = []
    if case.first is not None:
        times = [f.middle(f.first_within(r, best.get((r.size, r.seed), inf)) for r in own) for own in runs]
        rows.append([case.size, "first plan within 1 %", seconds(case.first), *map(_cell, times, runs)])
    for gap, most in case.reach:
        times = [f.middle(f.time_to(r, gap) for r in own) for own in runs]
        rows.append([case.size, f"{100 * gap:g} % in both stages", seconds(most), *map(_cell, times, runs)])
    if case.memory is not None:
        peaks = [max((r.measured.peak_mib for r in own), default=0) / MIB for own in runs]
        rows.append([case.size, "peak memory", f"{case.memory:g} GiB", *(f"{p:.1f} GiB" if p else "" for p in peaks)])
    return rows


def _cell(time: float, runs: list[Result]) -> str:
    """Seconds; nothing where nothing was measured."""
    return seconds(time) if runs else ""
