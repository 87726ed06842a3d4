"""Policy rows give way over all futures together: those that futures share once, and alike; futures that clash are named."""

from __future__ import annotations

import pytest

import orebook
from orebook.errors import InfeasibleError
from orebook.hedge_verdict import verify_hedge
from orebook.hedged import HedgedPlan
from orebook.problem import Problem
from tests.builders import make_problem
from tests.oracle.models import MODELS

LENIENT = MODELS["lenient"]
LOTS = {"house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 1}


def hedged(problem: Problem) -> HedgedPlan:
    """The hedged plan, which holds as it says."""
    found = orebook.hedge(problem, LENIENT, gap=0.0, audit=False)
    plans = {name: plan.document for name, plan in found.plans.items()}
    assert verify_hedge(problem, found.document, plans, LENIENT).ok
    return found


def given_up(found: HedgedPlan) -> dict[str, list[tuple[str, float]]]:
    """future -> its rows that gave way, and by how much."""
    return {name: [(g.row, g.by) for g in plan.document.given_up] for name, plan in found.plans.items()}


def test_a_row_of_weeks_that_are_shared_gives_way_alike_in_all() -> None:
    """A tonne must be there and can be ordered in week 1 alone; of a market of 1 t half may be bought in a week."""
    problem = make_problem(
        {"weeks": 2, "target_days": 2, "max_market_share": 0.5},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "must_days": 1, "market_t_per_week": 1}],
        offers=[{"offer": "a", **LOTS, "to_week": 1, "lead_weeks": 1}],
        futures=[{"future": "as it is"}, {"future": "dear", "known_week": 2}],
        future_changes=[{"future": "dear", "n": 1, "change": "minerals.tin.price_usd_per_t=+50%"}],
    )
    found = hedged(problem)
    row = ("market_week[tin,1]", 0.5)
    assert given_up(found) == {"as it is": [row], "dear": [row]}
    assert found.status == "optimal"
    assert [(t.week, t.tonnes) for t in found.now] == [(1, 1.0)]


def test_a_row_gives_way_only_in_the_future_that_needs_it() -> None:
    """At most half from china and a day that must be there: chile's offer is gone in week 2 where it is closed.

    As it is one tonne of each is half and half; to order china's today is to give up nothing there.
    """
    problem = make_problem(
        {"weeks": 2, "target_days": 2},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "must_days": 1}],
        stock=[{"mineral": "tin", "site": "depot", "tonnes": 1}],
        sites=[{"site": "depot"}],
        origins=[{"origin": "china"}, {"origin": "chile"}],
        offers=[
            {"offer": "china", **LOTS, "origin": "china", "from_week": 1, "to_week": 1, "commit_t": 1},
            {"offer": "chile", **LOTS, "origin": "chile", "from_week": 2},
        ],
        shares=[{"mineral": "tin", "by": "origin", "name": "china", "max_share": 0.5}],
        futures=[{"future": "as it is"}, {"future": "closed", "known_week": 2}],
        future_changes=[{"future": "closed", "n": 1, "change": "offers.chile.max_week_t=0"}],
    )
    found = hedged(problem)
    # all that is bought is China's: over a half by half of all, which is 100 % of the limit
    assert given_up(found) == {"as it is": [], "closed": [("share_max[tin,origin,china]", 0.5)]}
    assert {t.offer: t.tonnes for t in found.plans["as it is"].document.tickets} == {"china": 1.0, "chile": 1.0}


def test_futures_that_leave_each_other_no_plan_are_named() -> None:
    """A tonne of `a` has to be ordered in week 1 in one future, and none at all may be in another; a third does not mind."""
    problem = make_problem(
        {"weeks": 2, "target_days": 1},
        offers=[{"offer": "a", **LOTS, "to_week": 1}, {"offer": "b", **LOTS}],
        futures=[{"future": f, "known_week": 2} for f in ("bound", "dear", "barred")],
        future_changes=[
            {"future": "bound", "n": 1, "change": "offers.a.commit_t=1"},
            {"future": "dear", "n": 1, "change": "minerals.tin.price_usd_per_t=+50%"},
            {"future": "barred", "n": 1, "change": "offers.a.max_t=0"},
        ],
    )
    firm = LENIENT.without("commit").model_copy(update={"rules": {**LENIENT.rules, "commit": LENIENT.rules["offers"]}})
    with pytest.raises(InfeasibleError, match="barred and bound: each has a plan alone"):
        orebook.hedge(problem, firm, gap=0.0, audit=False)
