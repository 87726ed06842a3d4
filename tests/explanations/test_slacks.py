"""What is left of limits: the same rows, and the same amounts over them, as the judge finds broken."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orebook.accounting.tolerance import CENT, DUST, PART
from orebook.decisions import Decisions
from orebook.explanations.engine.slacks import SLACKS, slacks
from orebook.judge import Judge, Judgement
from orebook.plan import Plan
from tests.builders import make_problem
from tests.explanations.solved import vault_small
from tests.judge.cases import WEEKLY, decide

SHAPES = (
    "order_lots",
    "order_tier",
    "order_window",
    "order_arrival",
    "tier_rejected",
    "week_funded",
    "draws_needed",
    "source_start",
    "site_class",
)
"""Rows that hold or do not, without an amount to spare."""


def _times(factor: int) -> tuple[Plan, Judgement]:
    """The plan of vault-small with every ticket and put that many times as large; frozen ones are then altered."""
    plan = vault_small().plan
    d = Decisions.of(plan.document)
    more = replace(
        d,
        orders=tuple(replace(o, tonnes=o.tonnes * factor, tier=None) for o in d.orders),
        puts=tuple(replace(p, tonnes=p.tonnes * factor) for p in d.puts),
    )
    judgement = Judge(plan.problem, plan.model).judge(more)
    made = Plan.assemble(
        plan.problem, plan.model, judgement, status="feasible", stages=(), given_up=(), repeatable=True
    )
    return made, judgement


@pytest.mark.parametrize("factor", [0, 2, 3])
def test_a_row_is_over_where_the_judge_says_so(factor: int) -> None:
    """Plans that break much (0: the musts; 3: stores, money, houses): the same rows of every rule, by as much.

    A share is over in tonnes here and as a share there; a ticket that stands has nothing to spare, altered or not.
    """
    plan, judgement = _times(factor)
    compared = 0
    for rule in SLACKS.keys() - {"frozen"}:
        over = {s.row: -s.left for s in slacks(plan, rule) or () if -s.left > max(PART * abs(s.limit), DUST)}
        broken = {b.row: b for b in judgement.breaches if b.rule == rule and not b.row.startswith(SHAPES)}
        assert set(over) == set(broken), rule
        for row, breach in broken.items():
            assert breach.unit == "share" or abs(over[row] - breach.by) <= CENT
            compared += 1
    assert compared


def test_what_is_left_by_hand() -> None:
    """6 t of tin from `a` at 100 USD, 4 from `b`; each limit as its row says."""
    lot = {"house": "traxys", "mineral": "tin", "lot_t": 1}
    problem = make_problem(
        {"budget_usd": 1250, "max_market_share": 0.5},
        minerals=[
            {
                "mineral": "tin",
                "daily_use_t": 1,
                "price_usd_per_t": 100,
                "must_days": 8,
                "max_days": 10,
                "market_t_per_week": 12,
                "min_houses": 2,
                "m3_per_t": 2,
            }
        ],
        houses=[{"house": "traxys", "weekly_capacity_t": 9}, {"house": "hartree", "max_spend_usd": 500}],
        offers=[{**lot, "offer": "a", "commit_t": 5}, {**lot, "offer": "b", "house": "hartree"}],
        sites=[{"site": "store", "capacity_m3": 24}],
        shares=[{"mineral": "tin", "by": "house", "name": "traxys", "max_share": 0.8}],
    )
    decisions = decide([("a", 1, 6), ("b", 2, 4)], [("tin", "store", 1, 6), ("tin", "store", 2, 4)])
    judgement = Judge(problem, WEEKLY).judge(decisions)
    plan = Plan.assemble(problem, WEEKLY, judgement, status="feasible", stages=(), given_up=(), repeatable=True)
    left = {s.row: (float(s.left), float(s.limit)) for rule in SLACKS for s in slacks(plan, rule) or ()}
    assert left == {
        "budget_total": (250, 1250),  # 10 t at 100 USD
        "house_week[traxys,1]": (3, 9),  # 9 - 6 t
        "house_spend[hartree]": (100, 500),  # 500 - 4 * 100 USD
        "commitment[a]": (1, 5),  # 6 - 5 t
        "must_cover[tin,2]": (2, 8),  # 10 - 8 days of 1 t
        "cover_ceiling[tin,1]": (4, 10),  # 10 - 6 t
        "cover_ceiling[tin,2]": (0, 10),
        "market_week[tin,1]": (0, 6),  # half of 12 t
        "market_week[tin,2]": (2, 6),
        "split_min_houses[tin]": (0, 2),  # both supply over a tenth
        "site_room[store,1]": (12, 24),  # 24 - 6 * 2 m3
        "site_room[store,2]": (4, 24),
        "share_max[tin,house,traxys]": (2.0, 8.0),  # 0.8 * 10 - 6 t
    }
    assert [s.tight for s in slacks(plan, "market") or ()] == [True, False]
    assert [s.left_pct for s in slacks(plan, "storage") or ()] == [50.0, pytest.approx(100 / 6)]


def test_shares_at_their_limit_are_kept() -> None:
    """9 t of `a` and 1 t of `b`: a tenth makes a house one of the two that are asked for; 9 t are 4 over half of all."""
    lot = {"house": "traxys", "mineral": "tin", "lot_t": 1}
    problem = make_problem(
        minerals=[
            {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "min_houses": 2, "split_min_share": 0.1}
        ],
        houses=[{"house": "traxys"}, {"house": "hartree"}],
        offers=[{**lot, "offer": "a"}, {**lot, "offer": "b", "house": "hartree"}],
        shares=[{"mineral": "tin", "by": "house", "name": "traxys", "min_share": 0.5}],
    )
    judgement = Judge(problem, WEEKLY).judge(
        decide([("a", 1, 9), ("b", 2, 1)], [("tin", "store", 1, 9), ("tin", "store", 2, 1)])
    )
    plan = Plan.assemble(problem, WEEKLY, judgement, status="feasible", stages=(), given_up=(), repeatable=True)
    left = {s.row: (float(s.left), float(s.limit)) for rule in ("split", "shares") for s in slacks(plan, rule) or ()}
    assert left == {"split_min_houses[tin]": (0, 2), "share_min[tin,house,traxys]": (4, 5)}
