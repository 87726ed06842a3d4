"""The bench's page is what the kept files say, and says it of any such files."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.bench.__main__ import PAGE
from tests.bench.cases import whole
from tests.bench.inside import timed
from tests.bench.kept import Measured, Other, Ran, Result, Sign, StageCourse, keep, others, results
from tests.bench.machine import crowd
from tests.bench.others import Rows
from tests.bench.page import page
from tests.bench.plots import PLOTS, plot
from tests.docs.files import broken_links
from tests.solver.matrices import knapsack

from orebook.solver.lp import child_process
from orebook.solver.lp import solver as door
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.solver import Solver

RAN = Ran(command="run", began="2026-01-02 03:04", machine="a machine", cores=2, load=0.5, versions={"highspy": "1"})


def _kept(
    folder: Path,
    solver: str,
    seed: int,
    value: float | None,
    bound: float,
    signs: tuple[Sign, ...],
    size: str = "4x2x2x4",
    limit: float = 10,
    ran: Ran = RAN,
) -> None:
    cover = StageCourse(
        stage="cover",
        ended="plan" if value is not None else "Time limit reached",
        value=value,
        claimed=value,
        bound=bound,
        began=1.0,
        seconds=9.0,
        signs=signs,
    )
    measured = Measured(wall=10.0, inside=9.5 if solver == "ours" else None, stages=(cover,), peak_mib=100)
    keep(Result(size=size, seed=seed, solver=solver, limit=limit, gap=0.001, ran=ran, measured=measured), folder)


def _row(text: str, start: str) -> list[str]:
    line = next(line for line in text.splitlines() if line.startswith(f"| {start} |"))
    return [cell.strip() for cell in line.strip("|").split("|")][1:]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two runs of orebook, one of HiGHS without a plan, and one of SCIP whose bound a plan of orebook lies under."""
    _kept(
        tmp_path,
        "ours",
        1,
        100.0,
        99.95,
        ((2.0, None, 99.0), (3.0, 100.4, 99.0), (4.0, 100.0, 99.6), (6.0, 100.0, 99.95)),
    )
    _kept(tmp_path, "ours", 2, 100.0, 99.95, ((3.0, 150.0, 99.0), (5.0, 100.0, 99.6), (8.0, 100.0, 99.95)))
    _kept(tmp_path, "highs", 1, None, 99.0, ((2.0, None, 99.0),))
    _kept(tmp_path, "scip", 1, 102.0, 101.0, ((2.0, 102.0, 101.0),))
    return tmp_path


def test_page_has_the_medians(folder: Path) -> None:
    """Gaps, the first good plan and times to gaps are medians of the kept runs; what never comes is ∞."""
    text = page(results(folder), others(folder))
    # first within 1 % of 100: at 3 s and 5 s; 0.5 % and 0.4 %: 1 s until the stage begins + 3 or 4; 0.1 %: 1 + 5 or 7
    ours = ["2", "2", "0.05 %", "∞", "4.0 s", "4.5 s", "7.0 s", "7.0 s", "10.0 s", "5.00 %", "100"]
    assert _row(text, "orebook") == ours
    assert _row(text, "plain HiGHS") == ["1", "0", *"∞∞∞∞∞∞", "10.0 s", "", "100"]
    assert "a machine, 2 cores; highspy 1" in text


def test_page_sets_what_is_reached_against_what_is_to_be(tmp_path: Path) -> None:
    """The figures of a size and limit that has some: seconds for those who get there, nothing where nothing was measured."""
    _kept(tmp_path, "ours", 1, 100.0, 99.95, ((3.0, 100.0, 99.95),), size="30x3x2x13", limit=60)
    _kept(tmp_path, "ours", 1, 100.0, 99.0, ((9.0, 100.0, 99.0),), size="30x3x2x13")
    _kept(tmp_path, "highs", 1, 100.0, 99.0, ((3.0, 100.0, 99.0),), size="30x3x2x13", limit=60)
    _kept(tmp_path, "scip", 1, 100.0, 99.0, (), size="4x2x2x4")
    rows = [line for line in page(results(tmp_path), {}).splitlines() if line.startswith("| 30x3x2x13 |")]
    assert rows == [
        "| 30x3x2x13 | first plan within 1 % | 3.0 s | 3.0 s | 3.0 s |  |",
        "| 30x3x2x13 | 0.1 % in both stages | 20.0 s | 3.0 s | ∞ |  |",
    ]


def test_page_marks_a_refuted_bound(folder: Path) -> None:
    """SCIP claims that nothing lies under 101, where the judge has a plan of 100; its gap of 1 / 102 is marked."""
    rows = [line for line in page(results(folder), {}).splitlines() if line.startswith("| SCIP | 1 |")]
    assert ["0.98 %†" in row for row in rows] == [False, True]


def test_results_are_replaced(folder: Path) -> None:
    """The same run measured again takes the place of the one before."""
    _kept(folder, "ours", 2, 100.0, 90.0, ())
    again = [r for r in results(folder) if (r.solver, r.seed) == ("ours", 2)]
    assert [r.measured.stages[0].bound for r in again] == [90.0]
    assert len(results(folder)) == 4


def test_plot_is_drawn_where_there_are_plans(folder: Path) -> None:
    """An SVG of orebook beside each other solver; none where nothing was found."""
    assert plot(results(folder), folder / "plot.svg")
    drawn = (folder / "plot.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    assert all(name in drawn for name in ("plain HiGHS", "SCIP", "cover", "orebook"))
    assert not plot([r for r in results(folder) if r.solver == "highs"], folder / "none.svg")
    assert not (folder / "none.svg").exists()


def test_other_measurements_have_their_parts(tmp_path: Path) -> None:
    """The command's stages are listed under its wall time."""
    figures: Rows = ({"instance": "vault", "wall": 12.34}, {"stage": "cover", "gap": 0.00125, "seconds": 5.0})
    keep(Other(name="command", ran=RAN, figures=figures), tmp_path)
    text = page([], others(tmp_path))
    assert "`orebook solve instances/vault --no-audit`: 12.3 s" in text
    assert _row(text, "cover") == ["0.12 %", "5.0"]


def test_a_busy_machine_is_said_in_the_place_of_an_empty_table(tmp_path: Path) -> None:
    """A load of 9 on 2 cores, and no plan: both are said, and there is no table of ∞; a load of 1 is nothing to speak of."""
    assert crowd(1.0, 2) == ""
    for solver in ("ours", "highs"):
        _kept(tmp_path, solver, 1, None, 0.0, (), ran=RAN.model_copy(update={"load": 9.0}))
    text = page(results(tmp_path), {}, crowded=crowd(9.0, 2))
    assert text.startswith("# Bench\n\n**The machine was too busy: a load of 9.0 on 2 cores")
    assert "No solver came to a plan within 10 s" in text
    assert _row(text, "plain HiGHS") == ["1", "Time limit reached"]
    assert "to 0.5 % |" not in text


def test_what_is_inside_the_solver_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seconds of a solve that its process takes are counted, and none before it began."""
    monkeypatch.setattr(door, "answered", child_process.answered)
    inside = timed()
    assert inside.seconds == 0
    knap = knapsack(items=10)
    Solver(knap).solve(knap.cost["cost"], 0.0, Limits(0.0, 0.0, 60.0))
    assert inside.seconds > 0


def test_seeds_are_read_as_written() -> None:
    """A range, a list, and one."""
    assert (whole("1-3"), whole("1,4"), whole("2")) == ((1, 2, 3), (1, 4), (2,))


def test_the_page_is_fresh() -> None:
    """RESULTS.md is what `python -m tests.bench page` makes of the kept files, and its plots are there."""
    drawn = frozenset(p.stem for p in PLOTS.glob("*.svg"))
    assert PAGE.read_text(encoding="utf-8") == page(results(), others(), drawn)
    assert broken_links(PAGE) == []
