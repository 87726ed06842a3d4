"""Where a run may begin: the tickets that are still there, held or taken as a start."""

from __future__ import annotations

import orebook
from orebook.decisions import Decisions, Order
from orebook.exact import Fraction
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.lp.solver import Solver
from orebook.solver.run.built_model import BuiltModel
from tests.builders import make_problem


def _start(tonnes: int, *held: str) -> WarmStart:
    return WarmStart(Decisions((Order("a", 1, Fraction(tonnes)),)), frozenset(held))


def test_the_prior_plan_is_begun_from_as_far_as_it_is_there() -> None:
    """Weeks 1 and 2 of 2 are; week 3 and an offer that is gone are not."""
    rows = (("a", 1), ("a", 2), ("a", 3), ("gone", 1))
    problem = make_problem(prior=[{"offer": o, "week": w, "tonnes": 3} for o, w in rows])
    start = WarmStart.prior(problem)
    assert start is not None
    assert [(o.offer, o.week) for o in start.decisions.orders] == [("a", 1), ("a", 2)]
    assert WarmStart.prior(make_problem()) is None


def test_a_held_mineral_has_its_tickets_and_no_other() -> None:
    """Closed is what has no ticket, of the held mineral alone."""
    offer = make_problem().offers["a"]
    assert [_start(3, "tin").closed(offer, week) for week in (1, 2)] == [False, True]
    assert [_start(3).closed(offer, week) for week in (1, 2)] == [False, False]


def test_a_start_has_these_tickets_and_no_more() -> None:
    """12 t of which 10 are wanted, in lots of 1 t; more than an offer has in a week, 25 of 20 t, are as many as it has."""
    problem = make_problem()
    built = BuiltModel.of(problem, orebook.read_model("weekly"))
    for tonnes, begun in ((12, 12), (25, 20), (3, 3)):
        point = _start(tonnes).as_point(built.formulation, Solver(built.matrix), "cost", 20.0)
        assert point is not None
        lots = [k for k, v in enumerate(built.matrix.columns) if v.parent_component().local_name == "lots"]
        assert float(point[lots].sum()) == begun
