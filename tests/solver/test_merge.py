"""A stage never loses what it has: the higher bound and the better plan are kept, whoever found them."""

from __future__ import annotations

import numpy as np

from orebook.solver.lp.certificate import Certificate
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.solver import Solver
from orebook.solver.options import Options
from orebook.solver.run.stage import StageRun
from tests.solver.matrices import INF, matrix

SEVEN, NINE = np.array([7.0]), np.array([9.0])


def _run() -> StageRun:
    """A stage of one column that costs 1 each, its bound known to be 5."""
    program = matrix([(1.0, 0.0, 20.0, True)], [(4.5, (1,), INF)])
    run = StageRun("cost", Solver(program), Options(gap=0.0, time_limit_s=60), 60, lambda _s, _p: None)
    run._raise_bound(5.0, Certificate(np.ones(1)))
    run._raise_bound(4.0, Certificate(np.zeros(1)))
    return run


def test_the_higher_bound_and_the_better_plan_are_kept() -> None:
    """Bounds 5 and 3 or 6, plans 7 and 9."""
    for bound, found, start, kept, value in ((3.0, NINE, SEVEN, 5.0, 7.0), (6.0, SEVEN, NINE, 6.0, 7.0)):
        merged = _run()._merge(Outcome("stopped", bound, 0.0, "count", _x=found), start, cut_short=False)
        assert (merged.bound, float(merged.x[0]), merged.ending) == (kept, value, "stopped")
        assert merged.certificate is not None
        assert merged.certificate.multipliers[0] == 1


def test_a_solver_without_a_plan_loses_none() -> None:
    """The plan that was there stands."""
    merged = _run()._merge(Outcome("empty-handed", -np.inf, 0.0, "time"), SEVEN, cut_short=False)
    assert (merged.bound, float(merged.x[0]), merged.stopped_by) == (5.0, 7.0, "time")


def test_bound_and_plan_that_meet_are_a_proof() -> None:
    """Though the solver itself was stopped."""
    merged = _run()._merge(Outcome("stopped", 7.0, 0.0, "count", _x=NINE), SEVEN, cut_short=False)
    assert merged.ending == "proven"
