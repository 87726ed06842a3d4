"""A bid takes nothing, or between its least and its most, in whole lots; more than would lapse only if it says so.

    bid_lots[b,w]:    sum over s of sell[b,s,w] = lot_t[b] * sale_lots[b,w]
    bid_least[b,w]:   sum over s of sell[b,s,w] >= the least of a sale * sale[b,w]           min_t, or a lot, or 10 grams
    bid_most[b,w]:    sum over s of sell[b,s,w] <= the most of a sale [* sale[b,w]]
    bid_total[b]:     sum over s, w of sell[b,s,w] <= max_t[b]
    bid_surplus[i]:   sum over bids of i that take no surplus of sell <= what would lapse of i by the plan's end

A bid counts in no rule of houses, shares or the market. Data: bids.csv, minerals.csv, stock.csv.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.core as pe

from orebook.formulation.due import lapsing_of
from orebook.formulation.orders import Orders
from orebook.problem import Problem

SMALLEST_SALE_T = 1e-5
"""Of a bid with a fee and without a least sale: a coefficient that a solver can tell from none."""


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows of what may be sold."""
    sold: dict[tuple[str, int], list[Any]] = defaultdict(list)
    in_all: dict[str, list[Any]] = defaultdict(list)
    lapsing: dict[str, list[Any]] = defaultdict(list)
    for (b, _, w), tonnes in m.sell.items():
        sold[b, w].append(tonnes)
        in_all[b].append(tonnes)
        bid = problem.at(w).bids[b]
        if not bid.surplus:
            lapsing[bid.mineral].append(tonnes)
    total = {b: top for b in in_all if (top := problem.bids[b].max_t) is not None}
    limited = [(b, w) for b, w in sold if (b, w) in m.sale or problem.at(w).bids[b].max_week_t is not None]

    placed = dict(m.sale.items())

    def lots(m: Any, b: str, w: int) -> Any:
        return pe.quicksum(sold[b, w]) - problem.at(w).bids[b].lot_t * m.sale_lots[b, w] == 0

    def least(m: Any, b: str, w: int) -> Any:
        bid = problem.at(w).bids[b]
        return pe.quicksum(sold[b, w]) - max(bid.min_t, bid.lot_t or SMALLEST_SALE_T) * m.sale[b, w] >= 0

    def most(m: Any, b: str, w: int) -> Any:
        high = sum(tonnes.ub for tonnes in sold[b, w])
        week = problem.at(w).bids[b].max_week_t
        high = high if week is None else min(high, week)
        return pe.quicksum(sold[b, w]) - high * placed.get((b, w), 1.0) <= 0

    m.bid_lots = pe.Constraint(list(m.sale_lots), rule=lots)
    m.bid_least = pe.Constraint(list(m.sale), rule=least)
    m.bid_most = pe.Constraint(limited, rule=most)
    m.bid_total = pe.Constraint(list(total), rule=lambda _m, b: pe.quicksum(in_all[b]) <= total[b])
    lapses = lapsing_of(problem)
    m.bid_surplus = pe.Constraint(list(lapsing), rule=lambda _m, i: pe.quicksum(lapsing[i]) <= lapses.get(i, 0.0))
