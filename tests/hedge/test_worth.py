"""EVPI and VSS where the instance's own plan is none that the futures would want, or can carry."""

from __future__ import annotations

from pathlib import Path

import orebook
from orebook.schema.model import Stage
from tests.builders import make_problem
from tests.judge.cases import WEEKLY

NEWSVENDOR = Path(__file__).parents[2] / "instances" / "teaching" / "newsvendor"
TODAY = {"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 20, "to_week": 1}


def test_the_own_plan_is_held_against_the_hedged_one_though_no_future_wants_as_much() -> None:
    """Two demands, 10 and 30 t, and 50 t in the instance, for 55 USD/t today and 100 later.

    10 t are ordered by the hedged plan: 550 + 2000 / 2 = 1550 USD (30 t: 1650); its own plan orders 50: 2750.
    """
    rare = [f"futures.demand-{t:03}=none" for t in range(10, 101, 10) if t not in (10, 30)]
    problem = orebook.read(NEWSVENDOR).change(
        *rare, "futures.demand-010.probability=0.5", "futures.demand-030.probability=0.5"
    )
    hedged = orebook.hedge(problem, gap=0.0, audit=False)
    worth = hedged.document.worth
    assert worth is not None
    assert [(t.offer, t.tonnes) for t in hedged.now] == [("now", 10.0)]
    assert [(t.offer, t.tonnes) for t in worth.plain_tickets] == [("now", 50.0)]
    assert worth.plain is not None
    assert abs(worth.plain[1] - 2750) < 0.01
    assert worth.vss_usd is not None
    assert abs(worth.vss_usd - 1200) < 0.01


def test_an_own_plan_that_a_future_cannot_carry_has_no_worth() -> None:
    """10 t today at 100 USD/t, which the one future calls too many: no plan has them; it buys later at 300."""
    problem = make_problem(
        offers=[TODAY, {**TODAY, "offer": "b", "price_usd_per_t": 300, "to_week": 2}],
        futures=[{"future": "fewer"}],
        future_changes=[{"future": "fewer", "n": 1, "change": "offers.a.max_t=0"}],
    )
    worth = orebook.hedge(problem, gap=0.0, audit=False).document.worth
    assert worth is not None
    assert [(t.offer, t.tonnes) for t in worth.plain_tickets] == [("a", 10.0)]
    assert (worth.plain, worth.vss, worth.vss_usd) == (None, None, None)


def test_a_model_that_only_breaks_ties_tells_no_worth() -> None:
    """Nothing is ordered, and that is all there is to say."""
    model = WEEKLY.model_copy(update={"stages": (Stage(stage="tickets"),)})
    hedged = orebook.hedge(make_problem(), model, audit=False)
    assert (hedged.now, hedged.document.worth) == ((), None)
