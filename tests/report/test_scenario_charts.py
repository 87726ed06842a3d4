"""The charts and the page of a study: they hold the figures that the outcomes have."""

from __future__ import annotations

import pytest

from orebook.report.bullets import Bullets
from orebook.report.curve import Curve
from orebook.report.drawing import svg
from orebook.report.heat import Heat
from orebook.report.studies.scenario_charts import curves, heats, histograms, swings
from orebook.report.studies.scenario_page import page
from orebook.report.studies.scenario_tables import outcome_table
from orebook.scenarios.outcome import Outcome


def outcome(name: str, short: float, usd: float | None = 2e6, bound: float | None = None) -> Outcome:
    """An outcome that is so short and costs so much; without a cost it has no plan."""
    if usd is None:
        return Outcome(name=name, status="infeasible", why="none")
    stage = {"stage": "cover", "value": short, "bound": bound or short, "gap": 0, "final": short}
    return Outcome.model_validate(
        {"name": name, "status": "optimal", "total_usd": usd, "measures": {"cover": short}, "stages": [stage]}
    )


BASE = outcome("base", 5)


def test_a_sweep_is_a_curve_over_its_values() -> None:
    """Days short from bound to plan; a value without a plan is left out; the base plan is at no change."""
    short, cost = curves("a.b", [outcome("b -10%", 4, bound=3), outcome("b +0%", 5), outcome("b +10%", 0, None)])
    assert isinstance(short, Curve)
    assert [(p.x, p.low, p.high) for p in short.points] == [(-10, 3, 4), (0, 5, 5)]
    assert (short.here, short.x_unit) == (0, "a.b, relative in %")
    assert "this plan" in short.names
    assert 'class="here"' in svg(short, 720)
    assert isinstance(cost, Curve)
    assert [p.high for p in cost.points] == [2, 2]


def test_a_sweep_of_values_as_they_stand_does_not_guess_where_the_base_plan_is() -> None:
    """There is no upright, and no word of it."""
    short, _ = curves("a.b", [outcome("b 90", 4), outcome("b 100", 5)])
    assert isinstance(short, Curve)
    assert short.here is None
    assert "this plan" not in short.names
    assert 'class="here"' not in svg(short, 720)


def test_two_sweeps_are_a_map() -> None:
    """Rows of the first, columns of the second; where there is no plan the cell says so."""
    listed = [outcome("a 1 / b 5", 1), outcome("a 1 / b 6", 2), outcome("a 2 / b 5", 3), outcome("a 2 / b 6", 0, None)]
    short, _ = heats("x.a", "y.b", listed, 2)
    assert isinstance(short, Heat)
    assert (short.rows, short.columns, short.cells) == (("1", "2"), ("5", "6"), ((1, 2), (3, None)))
    drawing = svg(short, 720)
    assert drawing.count("<rect") == 3
    assert "2, 6: no plan" in drawing
    assert "2, 5: 3 weighted days" in drawing


def test_a_tornado_is_bars_the_widest_first() -> None:
    """Between a price's two ways; one that moves nothing has no bar."""
    listed = [outcome("tin -5%", 4), outcome("tin +5%", 6), outcome("zinc -5%", 5), outcome("zinc +5%", 9)]
    listed += [outcome("lead -5%", 5), outcome("lead +5%", 5)]
    short, _ = swings(listed)
    assert isinstance(short, Bullets)
    assert [(b.label, b.after) for b in short.bars] == [("zinc", 4), ("tin", 2)]


@pytest.mark.parametrize("values", [[1.0], [3.0, 3.0, 3.0], [0.0, 0.4, 9.9, 10.0], [52.5, 53.0, 92.5]])
def test_a_histogram_counts_every_draw_once(values: list[float]) -> None:
    """Bars of equal width from the least to the most."""
    *_, short = histograms([outcome(f"draw {k}", x) for k, x in enumerate(values)])
    assert isinstance(short, Bullets)
    assert sum(b.after for b in short.bars) == len(values)
    ends = [tuple(map(float, b.label.split(" to "))) for b in short.bars]
    for value in (min(values), max(values)):
        assert any(low <= value <= high for low, high in ends)


def test_the_page_is_whole_and_escapes_names() -> None:
    """A scenario called like a tag is text."""
    listed = [outcome("<b>", 1)]
    text = page("What if", "One.", [], [], outcome_table(BASE, listed))
    assert "&lt;b&gt;" in text
    assert "<b>" not in text
    assert text.rstrip().endswith("</html>")
