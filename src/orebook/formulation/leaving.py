"""What leaves the stores: drawn by members, sold to bids, taken to be converted.

sell[b,s,w], convert[c,s,w]           t         taken out of a store for a bid, or for a conversion
sale[b,w]                             0 or 1    where a fee or a least sale makes it matter whether there is one
sale_lots[b,w], conversion_lots[c,w]  integer   of those in lots

Bids and conversions belong to their week; nothing is sold, or converted, under a model that has no such rule.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyomo.core as pe

from orebook.formulation.lots import most_lots, tonnes_of
from orebook.problem import Bid, Conversion, Problem
from orebook.schema.model import Model

Leaving = Mapping[tuple[str, str, int], list[Any]]
"""(mineral, site, week) -> the tonnes taken out then, a term each."""
Stocks = Mapping[tuple[str, str, int], tuple[float, float]]
"""(mineral, site, week) -> the least and most in store."""


def open_bids(problem: Problem, model: Model) -> Iterator[tuple[Bid, int]]:
    """Every bid in every week in which it is open."""
    for week in range(1, problem.weeks + 1) if model.on("bids") else ():
        for bid in problem.at(week).bids.values():
            if bid.from_week <= week <= bid.to_week:
                yield bid, week


def open_conversions(problem: Problem, model: Model) -> Iterator[tuple[Conversion, int]]:
    """Every conversion in every week from which it comes back within the plan."""
    for week in range(1, problem.weeks + 1) if model.on("convert") else ():
        for conversion in problem.at(week).conversions.values():
            if week + conversion.lead_weeks <= problem.weeks:
                yield conversion, week


def most_sold(problem: Problem, bid: Bid, lapsing: Mapping[str, float]) -> float:
    """Tonnes of a sale at the most; `lapsing` is what would lapse of each mineral."""
    whole = problem.bids[bid.name]
    limits = [x for x in (bid.max_week_t, whole.max_t) if x is not None]
    if not bid.surplus:
        limits.append(lapsing.get(bid.mineral, 0.0))
    most = min(limits, default=math.inf)
    return most if bid.lot_t is None or math.isinf(most) else tonnes_of(most_lots(most, bid.lot_t), bid.lot_t)


def add(m: Any, problem: Problem, model: Model, stocks: Stocks, lapsing: Mapping[str, float]) -> None:
    """Declare what is sold and converted, no more than a store could hold."""
    sold: dict[tuple[str, str, int], tuple[float, float]] = {}
    lots: dict[tuple[str, int], tuple[int, int]] = {}
    on_off: list[tuple[str, int]] = []
    for bid, week in open_bids(problem, model):
        places = [s for s in problem.sites if (bid.mineral, s, week) in stocks]
        most = min(most_sold(problem, bid, lapsing), sum(stocks[bid.mineral, s, week][1] for s in places))
        if most <= 0 or most < bid.min_t:
            continue
        sold.update({(bid.name, s, week): (0.0, min(most, stocks[bid.mineral, s, week][1])) for s in places})
        if bid.lot_t is not None:
            lots[bid.name, week] = (0, most_lots(most, bid.lot_t))
        if bid.fee_usd > 0 or bid.min_t > 0:
            on_off.append((bid.name, week))
    m.sell = pe.Var(list(sold), domain=pe.NonNegativeReals, bounds=sold)
    m.sale_lots = pe.Var(list(lots), domain=pe.NonNegativeIntegers, bounds=lots)
    m.sale = pe.Var(on_off, domain=pe.Binary)
    _conversions(m, problem, model, stocks)


def _conversions(m: Any, problem: Problem, model: Model, stocks: Stocks) -> None:
    taken: dict[tuple[str, str, int], tuple[float, float]] = {}
    lots: dict[tuple[str, int], tuple[int, int]] = {}
    for conversion, week in open_conversions(problem, model):
        places = [s for s in problem.sites if (conversion.source, s, week) in stocks]
        most = most_converted(conversion, week, problem, stocks)
        if most <= 0:
            continue
        high = {s: stocks[conversion.source, s, week][1] for s in places}
        taken.update({(conversion.name, s, week): (0.0, min(most, high[s])) for s in places})
        if conversion.lot_t is not None:
            lots[conversion.name, week] = (0, most_lots(most, conversion.lot_t))
    m.convert = pe.Var(list(taken), domain=pe.NonNegativeReals, bounds=taken)
    m.conversion_lots = pe.Var(list(lots), domain=pe.NonNegativeIntegers, bounds=lots)


def most_converted(conversion: Conversion, week: int, problem: Problem, stocks: Stocks) -> float:
    """Tonnes that a conversion takes in a week at the most."""
    there = sum(stocks.get((conversion.source, s, week), (0.0, 0.0))[1] for s in problem.sites)
    most = min(there, math.inf if conversion.capacity_t_per_week is None else conversion.capacity_t_per_week)
    return most if conversion.lot_t is None else tonnes_of(most_lots(most, conversion.lot_t), conversion.lot_t)


def leaving(m: Any, problem: Problem) -> Leaving:
    """What is taken out of each store, week by week."""
    terms: dict[tuple[str, str, int], list[Any]] = defaultdict(list)
    for j, s in m.out:
        terms[problem.withdrawals[j].mineral, s, problem.withdrawals[j].week].append(m.out[j, s])
    for b, s, w in m.sell:
        terms[problem.bids[b].mineral, s, w].append(m.sell[b, s, w])
    for c, s, w in m.convert:
        terms[problem.at(w).conversions[c].source, s, w].append(m.convert[c, s, w])
    return terms


def conversion_order(problem: Problem) -> list[str]:
    """Every mineral, those that others are made of before those: conversions form no ring."""
    made_of: dict[str, set[str]] = defaultdict(set)
    for week in range(1, problem.weeks + 1):
        for c in problem.at(week).conversions.values():
            made_of[c.into].add(c.source)
    found: dict[str, None] = {}

    def visit(mineral: str, above: frozenset[str]) -> None:
        for source in sorted(made_of[mineral] - above):
            visit(source, above | {mineral})
        found.setdefault(mineral)

    for mineral in problem.minerals:
        visit(mineral, frozenset({mineral}))
    return list(found)
