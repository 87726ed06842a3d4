"""Gap against time as SVG, a file a size and limit: a row a stage, a column each other solver, with `orebook` beside it.

Colours hold on a light and on a dark page: the counterfactuals is clear, text and lines are of a middling grey.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np

from orebook.solver.lp.gaps import gap_of
from tests.bench.cases import SOLVERS
from tests.bench.figures import judged_gap, middle
from tests.bench.kept import Result, StageCourse

PLOTS = Path(__file__).with_name("plots")
GREY, OURS, THEIRS = "#808080", "#3b82f6", "#e0731d"
LEAST, MOST = 1e-5, 10.0
"""Gaps outside are drawn at the edge,"""

SOON = 0.1
"""and so is what comes in less than so many seconds."""

STEPS = 60


def plot(results: Sequence[Result], path: Path) -> bool:
    """The plot of the results of one size in one limit; nothing is written where none has a plan."""
    peers = [s for s in SOLVERS if s != "ours" and any(r.solver == s for r in results)]
    rows = [row for peer in peers for row in _rows([r for r in results if r.solver in ("ours", peer)], SOLVERS[peer])]
    if not rows:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    _chart(rows, [SOLVERS[p] for p in peers]).save(str(path), format="svg")
    return True


def _rows(results: Sequence[Result], peer: str) -> Iterator[dict[str, Any]]:
    """Points of every run, and of the median of a solver's runs, at seconds of the stage."""
    for solver in ("ours", *(s for s in SOLVERS if s != "ours")):
        for name in ("cover", "cost"):
            stages = [(r.seed, s) for r in results if r.solver == solver for s in r.measured.stages if s.stage == name]
            common = {"beside": peer, "stage": name, "solver": "orebook" if solver == "ours" else "the other"}
            for seed, stage in stages:
                for second, gap in _steps(stage):
                    yield {**common, "run": f"{solver} {seed}", "second": second, "gap": gap, "median": False}
            runs = sum(r.solver == solver for r in results)
            for second, gap in _median([stage for _, stage in stages], runs):
                yield {**common, "run": solver, "second": second, "gap": gap, "median": True}


def _steps(stage: StageCourse) -> Iterator[tuple[float, float]]:
    """(seconds of the stage, gap) at each sign with a plan, and at the end, where the judge has spoken."""
    for second, incumbent, bound in stage.signs:
        if incumbent is not None and bound is not None:
            yield max(SOON, second - stage.began), _shown(gap_of(stage.stage, incumbent, bound))
    if np.isfinite(judged_gap(stage)):
        yield max(SOON, stage.seconds), _shown(judged_gap(stage))


def _median(stages: list[StageCourse], runs: int) -> Iterator[tuple[float, float]]:
    """The median gap at points of time that are even on a logarithmic scale; runs without a plan count as the worst."""
    courses: list[list[tuple[float, float]]] = [list(_steps(s)) for s in stages]
    courses += [[]] * (runs - len(courses))
    ends = [course[-1][0] for course in courses if course]
    if not ends:
        return
    for second in np.geomspace(min(course[0][0] for course in courses if course), max(ends), STEPS):
        gap = middle(next((g for t, g in reversed(course) if t <= second * (1 + 1e-9)), np.inf) for course in courses)
        if np.isfinite(gap):
            yield float(second), gap


def _shown(gap: float) -> float:
    return min(MOST, max(LEAST, gap))


def _chart(rows: list[dict[str, Any]], peers: list[str]) -> Any:
    colour = alt.Color("solver:N", title=None, scale=alt.Scale(domain=["orebook", "the other"], range=[OURS, THEIRS]))
    x = alt.X(
        "second:Q",
        title="seconds of the stage",
        scale=alt.Scale(type="log"),
        axis=alt.Axis(format="~g", values=[0.1, 1, 10, 100, 1000]),
    )
    y = alt.Y(
        "gap:Q",
        title="gap",
        scale=alt.Scale(type="log", domain=[LEAST, MOST]),
        axis=alt.Axis(format="~%", values=[1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10]),
    )
    base = alt.Chart().encode(x=x, y=y, color=colour, detail="run:N")
    thin = base.mark_line(interpolate="step-after", strokeWidth=1, opacity=0.6, aria=False).transform_filter(
        "!datum.median"
    )
    bold = base.mark_line(interpolate="step-after", strokeWidth=2.6, aria=False).transform_filter("datum.median")
    chart = alt.layer(thin, bold, data=alt.InlineData(values=rows)).properties(width=200, height=150)
    head = alt.Header(title=None, labelColor=GREY)
    faceted = chart.facet(
        column=alt.Column("beside:N", sort=peers, header=head),
        row=alt.Row("stage:N", sort=["cover", "cost"], header=head),
    )
    return (
        faceted.configure(background="transparent", font="sans-serif")
        .configure_axis(
            labelColor=GREY, titleColor=GREY, gridColor=GREY, gridOpacity=0.25, domainColor=GREY, tickColor=GREY
        )
        .configure_legend(labelColor=GREY, orient="bottom")
        .configure_view(stroke=GREY, strokeOpacity=0.5)
    )
