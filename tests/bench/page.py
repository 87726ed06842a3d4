"""`RESULTS.md` from the kept files alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf

from tests.bench import figures as f
from tests.bench.cases import CASES, GROWTH, GROWTH_GAP, GROWTH_MOST, SOLVERS
from tests.bench.kept import Other, Result, StageCourse
from tests.bench.machine import crowd
from tests.bench.page_others import SECTIONS
from tests.bench.page_reach import reached
from tests.bench.words import percent, seconds, table

COURSES = [case.course for case in CASES]
GAPS = (0.005, 0.003, 0.001)

HOW = """`make bench` measures everything and writes this page; `python -m tests.bench run --size 30x3x2x13 --seeds 1-5
--solver ours --seconds 120` measures a part of it again, `python -m tests.bench page` writes the page from what is kept in
`results/`.
Sizes are minerals x houses x offers x weeks of `make_instance.py`. Everyone solves the stages `cover` and `cost`, one thread a
solve, with the same limit and gap asked for; all but `HiGHS, untightened`, which has the model as a modeller words it at
first, are given the same rows. Later stages begin from the plan of the one before. Values are the judge's, so are plans: one
that the judge refuses is none. Gaps are of those values to the solver's own bound; † marks a bound of `cover` that a judged
plan refutes. `to 0.5 %` is the time until both stages are there, `first` until `cover` is within 1 % of the best known
value; ∞ where it never is. `around` is the part of the wall time outside HiGHS."""


def page(
    results: Sequence[Result], others: dict[str, Other], plots: frozenset[str] = frozenset(), crowded: str = ""
) -> str:
    """The whole page; `plots` are the sizes that have one, `crowded` what is to be known of the machine first."""
    parts = ["# Bench", *([f"**{crowded}**"] if crowded else []), HOW, _circumstances([*results, *others.values()])]
    best = f.best_cover(results)
    parts += reached(results, best)
    for course in sorted({r.course for r in results}, key=_place):
        parts += _course(course, [r for r in results if r.course == course], best, plots)
    parts += _growth([r for r in results if r.course in GROWTH])
    for name, section in SECTIONS.items():
        if name in others:
            parts.append(section(others[name]))
    return "\n\n".join(parts) + "\n"


def _place(course: str) -> tuple[int, str]:
    return COURSES.index(course) if course in COURSES else len(COURSES), course


def _circumstances(kept: Sequence[Result | Other]) -> str:
    """Machines and versions, once each, with the days they were measured on."""
    dates: dict[str, list[str]] = {}
    for k in kept:
        versions = ", ".join(f"{name} {version}" for name, version in k.ran.versions.items())
        dates.setdefault(f"{k.ran.machine}, {k.ran.cores} cores; {versions}", []).append(k.ran.began)
    lines = [f"- {min(d)} to {max(d)} UTC: {text}" for text, d in dates.items()]
    loads = [k.ran.load for k in kept]
    return "\n".join([*lines, f"- load before a run: {min(loads)} to {max(loads)}"]) if kept else "Nothing is kept yet."


def _course(course: str, results: list[Result], best: dict[tuple[str, int], float], plots: frozenset[str]) -> list[str]:
    if not any(stage.value is not None for r in results for stage in r.measured.stages):
        return [f"## {course}", _without_plans(results)]
    gaps = ", ".join(sorted({f"{100 * r.gap:g} %" for r in results}))
    solvers = [s for s in SOLVERS if any(r.solver == s for r in results)]
    head = [
        "median",
        "seeds",
        "proven",
        "cover",
        "cost",
        "first",
        *(f"to {100 * g:g} %" for g in GAPS),
        "wall",
        "around",
        "MiB",
    ]
    rows = [_medians(s, [r for r in results if r.solver == s], best) for s in solvers]
    seeds = [_seed(r, best.get((r.size, r.seed), inf)) for s in solvers for r in results if r.solver == s]
    each = table(["solver", "seed", "cover", "gap", "cost, USD", "gap", "tickets", "ended"], seeds)
    parts = [f"## {course}", f"Asked: gap {gaps}.", table(head, rows)]
    if plot_name(course) in plots:
        parts.append(f"![Gap against time of {course}: orebook and each other solver](plots/{plot_name(course)}.svg)")
    return [*parts, f"<details><summary>Every run</summary>\n\n{each}\n\n</details>"]


def _without_plans(results: list[Result]) -> str:
    """In the place of a table that has nothing in it."""
    loads = [r.ran.load for r in results]
    crowded = crowd(min(loads), results[0].ran.cores)
    return (
        f"No solver came to a plan within {results[0].limit:g} s, so there is nothing to compare. {crowded}".rstrip()
        + "\n\n"
        + table(
            ["solver", "seed", "ended"],
            [[SOLVERS[r.solver], str(r.seed), _ended(r)] for r in results],
        )
    )


def plot_name(course: str) -> str:
    """The file of a course's plot, without its ending."""
    return course.replace(", ", "-").replace(" ", "")


def _medians(solver: str, results: list[Result], best: dict[tuple[str, int], float]) -> list[str]:
    def gap(name: str) -> float:
        stages = [f.stage_of(r, name) for r in results]
        return f.middle(inf if s is None else f.judged_gap(s) for s in stages)

    parts = [a for a in map(f.around, results) if a is not None]
    return [
        SOLVERS[solver],
        str(len(results)),
        str(sum(map(f.proven, results))),
        percent(gap("cover")),
        percent(gap("cost")),
        seconds(f.middle(f.first_within(r, best.get((r.size, r.seed), inf)) for r in results)),
        *(seconds(f.middle(f.time_to(r, g) for r in results)) for g in GAPS),
        seconds(f.middle(r.measured.wall for r in results)),
        percent(f.middle(parts)) if parts else "",
        f"{f.middle(r.measured.peak_mib for r in results):.0f}",
    ]


def _seed(result: Result, best: float) -> list[str]:
    cover, cost = (f.stage_of(result, name) for name in ("cover", "cost"))
    plan = result.measured.plan
    return [
        SOLVERS[result.solver],
        str(result.seed),
        f"{plan.measures['cover']:.6g}" if plan else "",
        _gap(cover) + ("†" if f.refuted(result, best) else ""),
        f"{plan.measures['cost']:,.0f}" if plan else "",
        _gap(cost),
        str(plan.tickets) if plan else "",
        _ended(result),
    ]


def _ended(result: Result) -> str:
    """`plan`, or why there is none."""
    ended = {s.ended for s in result.measured.stages if s.ended != "plan"}
    return "; ".join(filter(None, [result.measured.says, *sorted(ended)])).replace("|", "/") or "plan"


def _gap(stage: StageCourse | None) -> str:
    """The judged gap, and the solver's own where it says another."""
    if stage is None:
        return ""
    judged, claimed = percent(f.judged_gap(stage)), percent(f.claimed_gap(stage))
    return judged if judged == claimed else f"{judged} (claimed {claimed})"


def _growth(results: list[Result]) -> list[str]:
    rows = [
        [SOLVERS[solver], *_grown([_times(results, course, solver) for course in GROWTH])]
        for solver in SOLVERS
        if len({r.course for r in results if r.solver == solver}) > 1
    ]
    if not rows:
        return []
    says = (
        f"Median seconds to {100 * GROWTH_GAP:g} %, and in brackets how many times as fast as the minerals they grow; "
        f"to reach: at most {GROWTH_MOST}."
    )
    return ["## Growth with minerals", says, table(["solver", *GROWTH], rows)]


def _times(results: Iterable[Result], course: str, solver: str) -> list[float]:
    return [f.time_to(r, GROWTH_GAP) for r in results if r.course == course and r.solver == solver]


def _grown(times: list[list[float]]) -> list[str]:
    """A cell a course; nothing where it was not run."""
    minerals = [int(course.split("x")[0]) for course in GROWTH]
    first = f.middle(times[0])
    cells = []
    for k, (n, found) in enumerate(zip(minerals, times, strict=True)):
        time = f.middle(found)
        ratio = f" ({time / first / (n / minerals[0]):.2f})" if k and time < inf and 0 < first < inf else ""
        cells.append(f"{seconds(time)}{ratio}" if found else "")
    return cells
