"""Prices drawn from volatilities and correlations, and what the draws come to."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import Any

import numpy as np
import pytest

import orebook
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.scenarios.draws import draws, own_tornado
from orebook.scenarios.outcome import Outcome, OutcomeTicket
from orebook.scenarios.risk import Spread, risk_of
from orebook.scenarios.session import Session
from tests.builders import make_problem

METALS = ("tin", "zinc", "lead")


def moving(pairs: list[tuple[str, str, float]] | None = None, **volatility: float) -> Problem:
    """A problem of three metals with an offer each."""
    rows: dict[str, Any] = {
        "minerals": [{"mineral": m, "daily_use_t": 1, "price_usd_per_t": 100} for m in METALS],
        "offers": [{"offer": f"o-{m}", "house": "traxys", "mineral": m} for m in METALS],
        "houses": [{"house": "traxys"}],
        "volatility": [{"mineral": m, "volatility_pct": v} for m, v in volatility.items()],
    }
    if pairs:
        rows["correlations"] = [{"mineral": a, "other": b, "correlation": c} for a, b, c in pairs]
    return make_problem(**rows)


def factors(problem: Problem, count: int, weeks: float = 52, seed: int = 0) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The drawn factors, a row a draw and a column a price that moves."""
    return np.array(
        [[float(c.rpartition("*")[2]) for c in s.changes] for s in draws(problem, count, seed, weeks)], float
    )


def test_draws_have_the_volatilities_and_correlations_asked_for() -> None:
    """Over many draws the log changes have the standard deviation of their weeks, and the correlation listed; median 1."""
    found = np.log(factors(moving([("zinc", "tin", 0.6)], tin=20, zinc=40), 20_000, weeks=13))
    assert found.std(axis=0) == pytest.approx([0.2 / 2, 0.4 / 2], rel=0.02)
    assert np.corrcoef(found.T)[0, 1] == pytest.approx(0.6, abs=0.02)
    assert np.median(found, axis=0) == pytest.approx([0, 0], abs=0.005)


def test_correlations_that_fit_no_prices_become_the_nearest_that_do() -> None:
    """Three pairs at -0.9 cannot be; each price still moves by its own volatility."""
    pairs = [("tin", "zinc", -0.9), ("zinc", "lead", -0.9), ("tin", "lead", -0.9)]
    found = np.log(factors(moving(pairs, tin=20, zinc=20, lead=20), 20_000))
    assert found.std(axis=0) == pytest.approx([0.2] * 3, rel=0.02)
    assert np.corrcoef(found.T)[0, 1] == pytest.approx(-0.5, abs=0.02)


def test_the_seed_says_the_draws_and_a_longer_list_begins_with_the_shorter() -> None:
    """Another seed draws others; what does not move is not among the changes."""
    problem = moving(tin=20, zinc=40)
    one, two = draws(problem, 5, 7, 4), draws(problem, 9, 7, 4)
    assert one == two[:5]
    assert draws(problem, 5, 8, 4) != one
    assert not any("lead" in c for s in one for c in s.changes)


def test_an_instance_without_volatilities_is_refused() -> None:
    """Nothing could move."""
    with pytest.raises(InputError, match="no volatility"):
        draws(moving(), 5, 0, 4)


def test_a_tornado_at_its_own_volatility_moves_a_price_by_a_week() -> None:
    """Down and up by a standard deviation of a week's log change."""
    down, up = own_tornado(moving(tin=26))
    sigma = 0.26 / sqrt(52)
    for scenario, sign in ((down, -1), (up, 1)):
        pct = float(scenario.changes[0].rpartition("=")[2].rstrip("%"))
        assert log(1 + pct / 100) == pytest.approx(sign * sigma, abs=1e-7)
    assert up.name == f"tin +{100 * (exp(sigma) - 1):.2g}%"


def test_a_spread_by_hand() -> None:
    """Of 1 to 20: 95 % are at most 19, and the worst 5 % is 20; at 90 %: 18, and (19 + 20) / 2."""
    spread = Spread.of([float(k) for k in range(20, 0, -1)], 0.95)
    assert (spread.mean, spread.low, spread.median, spread.high) == (10.5, 1, 10, 19)
    assert (spread.at_risk, spread.conditional) == pytest.approx((19, 20))
    assert Spread.of([float(k) for k in range(1, 21)], 0.9).conditional == pytest.approx(19.5)
    assert spread.error == pytest.approx(sqrt(35 / 20))


def test_week_one_is_counted_over_the_draws_that_have_a_plan() -> None:
    """An order of the base plan that is placed in none is listed too; later weeks are not."""

    def outcome(*orders: tuple[str, int, float], status: str = "optimal") -> Outcome:
        tickets = tuple(OutcomeTicket(offer=o, week=w, tonnes=t) for o, w, t in orders)
        return Outcome.model_validate(
            {"name": "x", "status": status, "total_usd": 1, "measures": {"cover": 0}, "tickets": tickets}
        )

    base = outcome(("a", 1, 5), ("d", 1, 1))
    found = [outcome(("a", 1, 5), ("b", 2, 1)), outcome(("a", 1, 7), ("c", 1, 2)), outcome(status="infeasible")]
    risk = risk_of(base, found, 0.95)
    assert (risk.draws, risk.without_plan) == (3, 1)
    told = [(c.offer, c.draws, c.part, c.least_t, c.most_t, c.in_base) for c in risk.week_one]
    assert told == [("a", 2, 1.0, 5, 7, True), ("c", 1, 0.5, 2, 2, False), ("d", 0, 0.0, 0, 0, True)]


def test_a_tidying_stage_that_lives_off_tolerances_leaves_the_plan_before_it() -> None:
    """In two draws of the small vault `changes` holds earlier stages by 2 g of tungsten that nobody ordered."""
    problem = orebook.read("instances/vault-small")
    session = Session.of(orebook.solve(problem, audit=False))
    listed = draws(problem, 23, 0, 4)
    for scenario in (listed[7], listed[22]):
        plan = session.whatif(*scenario.changes)
        assert plan.status == "optimal"
        assert plan.judgement.breaches == ()


def test_workers_change_no_figure() -> None:
    """One worker or two: the same risk."""
    plan = orebook.solve(orebook.read("instances/vault-small"), audit=False)
    one, two = (orebook.risk(plan, draws=6, seed=3, workers=n) for n in (1, 2))
    assert one == two
    assert one.cost_usd
    assert one.cost_usd.low < one.cost_usd.high


@pytest.mark.parametrize("pair", [("tin", "zinc"), ("zinc", "tin")])
def test_a_pair_may_be_named_either_way_round(pair: tuple[str, str]) -> None:
    """The correlation is the same whichever mineral stands first."""
    found = np.log(factors(moving([(*pair, 0.6)], tin=20, zinc=40), 20_000))
    assert np.corrcoef(found.T)[0, 1] == pytest.approx(0.6, abs=0.02)
