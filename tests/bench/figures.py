"""What kept runs come to: gaps, times to them, medians.

A stage's time to a gap is that of its first sign within it, where its judged plan is within it at its end. A run's is the time
until its first stage begins, and that of each stage: what a run that asks for no more would take.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, isfinite
from statistics import median

from orebook.solver.lp.gaps import gap_of, within
from tests.bench.kept import Result, StageCourse

HAIR = 1e-4
"""Part of a value by which a bound may lie over a judged plan before it counts as refuted."""


def judged_gap(stage: StageCourse) -> float:
    """Of the judged plan to the solver's own bound; infinite without either."""
    if stage.value is None or stage.bound is None:
        return inf
    return gap_of(stage.stage, stage.value, stage.bound)


def claimed_gap(stage: StageCourse) -> float:
    """What the solver itself says."""
    if stage.claimed is None or stage.bound is None:
        return inf
    return gap_of(stage.stage, stage.claimed, stage.bound)


def seconds_to(stage: StageCourse, gap: float) -> float:
    """Seconds from the stage's beginning; infinite where it never gets there."""
    if not within(judged_gap(stage), gap):
        return inf
    for second, incumbent, bound in stage.signs:
        if incumbent is not None and bound is not None and within(gap_of(stage.stage, incumbent, bound), gap):
            return second - stage.began
    return stage.seconds


def time_to(result: Result, gap: float) -> float:
    """Seconds of a run until every stage is within a gap; infinite where one never is."""
    stages = result.measured.stages
    if not stages:
        return inf
    return stages[0].began + sum(seconds_to(s, gap) for s in stages)


def proven(result: Result) -> bool:
    """Whether every stage's judged plan is within the gap asked for of the solver's own bound."""
    return isfinite(time_to(result, result.gap))


def stage_of(result: Result, name: str) -> StageCourse | None:
    """A stage of a run, where it came to it."""
    return next((s for s in result.measured.stages if s.stage == name), None)


def best_cover(results: Iterable[Result]) -> dict[tuple[str, int], float]:
    """(size, seed) -> the least judged measure of `cover` that any solver's plan has: the stage that all begin alike."""
    best: dict[tuple[str, int], float] = {}
    for r in results:
        cover = stage_of(r, "cover")
        if cover is not None and cover.value is not None:
            key = (r.size, r.seed)
            best[key] = min(best.get(key, inf), cover.value)
    return best


def first_within(result: Result, best: float, part: float = 0.01) -> float:
    """Seconds of the run until `cover` has an incumbent within a part of the best known value; infinite where it never has."""
    cover = stage_of(result, "cover")
    most = best + part * max(abs(best), 1e-3)
    if cover is None or cover.value is None or cover.value > most:
        return inf
    return next((t for t, incumbent, _ in cover.signs if incumbent is not None and incumbent <= most), inf)


def refuted(result: Result, best: float) -> bool:
    """Whether a judged plan lies under the bound of `cover` that the solver claims."""
    cover = stage_of(result, "cover")
    return cover is not None and cover.bound is not None and cover.bound > best + HAIR * max(1.0, best)


def around(result: Result) -> float | None:
    """Part of the wall time that is not spent inside HiGHS."""
    inside, wall = result.measured.inside, result.measured.wall
    return None if inside is None or not wall else (wall - inside) / wall


def middle(values: Iterable[float]) -> float:
    """The median; infinite where there is none, as where most are."""
    listed = sorted(values)
    if not listed:
        return inf
    low, high = listed[(len(listed) - 1) // 2], listed[len(listed) // 2]
    return inf if inf in (low, high) else median(listed)
