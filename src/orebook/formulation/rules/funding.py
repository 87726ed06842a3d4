"""Each week's cash is drawn from the sources of money or paid from what came in, exactly and not ahead.

    week_funded[w]:     sum over f of draw[f,w] = cash[w]
    source_limit[f]:    drawn_usd[f] + sum over w of draw[f,w] <= limit_usd[f]
    source_start[f,w]:  draw[f,w] = 0                                                   w < from_week[f]
    source_end[f,w]:    draw[f,w] = 0                                                   w > to_week[f]
    source_share[f,w]:  drawn_usd[f] + draws of f up to w <= max_share[f] * (all drawn_usd + all draws up to w)

From the first week on in which money may come in it pays, is paid back, or lies idle; what is paid back can be drawn again:

    week_funded[w]:     sum over f of draw[f,w] + receipts[w] + idle[w-1] = cash[w] + sum over f of repay[f,w] + idle[w]
    draws_needed[w]:    sum over f of draw[f,w] <= cash[w]         so that repays <= receipts[w] + idle[w-1], too
    source_limit[f,w]:  drawn_usd[f] + draws - repays of f up to w <= limit_usd[f]      and in the week before
    source_repaid[f,w]: drawn_usd[f] + draws - repays of f up to w >= 0

A week whose goods pay more than they cost has no plan where the rule is on, whether or not money comes in otherwise.
Data: funding.csv, withdrawals.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows of every source."""
    weeks, sources = range(1, problem.weeks + 1), problem.sources
    drawn = sum(f.drawn_usd for f in sources.values())

    parts = {
        (f, w): part
        for f in sources
        for w in weeks
        if (part := problem.source(f, w).max_share) is not None and part < 1
    }

    def share(m: Any, f: str, w: int) -> Any:
        part = parts[f, w]
        own = pe.quicksum((1 - part) * m.draw[f, v] for v in weeks if v <= w)
        others = pe.quicksum(part * m.draw[g, v] for g in sources if g != f for v in weeks if v <= w)
        return own - others <= part * drawn - sources[f].drawn_usd

    m.week_funded = pe.Constraint(weeks, rule=lambda m, w: _funded(m, problem, w))
    _balances(m, problem)
    m.source_start = pe.Constraint(
        [(f, w) for f in sources for w in weeks if w < problem.source(f, w).from_week],
        rule=lambda m, f, w: m.draw[f, w] == 0,
    )
    m.source_end = pe.Constraint(
        [(f, w) for f in sources for w in weeks if (last := problem.source(f, w).to_week) is not None and w > last],
        rule=lambda m, f, w: m.draw[f, w] == 0,
    )
    m.source_share = pe.Constraint(list(parts), rule=share)


def _funded(m: Any, problem: Problem, week: int) -> Any:
    draws = pe.quicksum(m.draw[f, week] for f in problem.sources)
    idle = dict(m.idle.items())
    if week not in idle:
        return draws - m.cash[week] == 0
    back = pe.quicksum(m.repay[f, week] for f in problem.sources)
    return draws + m.receipts[week] + idle.get(week - 1, 0.0) - m.cash[week] - back - idle[week] == 0


def _balances(m: Any, problem: Problem) -> None:
    """The limits of sources: at the end alone where balances never fall."""
    sources, last = problem.sources, problem.weeks
    limits = {f.name: f.limit_usd - f.drawn_usd for f in sources.values() if f.limit_usd is not None}

    def lent(m: Any, f: str, week: int) -> Any:
        draws = pe.quicksum(m.draw[f, w] for w in range(1, week + 1))
        return draws - pe.quicksum(m.repay[f, w] for w in range(1, week + 1) if (f, w) in m.repay)

    first = problem.money_returns_from
    if first is None:
        m.source_limit = pe.Constraint(list(limits), rule=lambda m, f: lent(m, f, last) <= limits[f])
        return
    m.draws_needed = pe.Constraint(
        range(first, last + 1), rule=lambda m, w: pe.quicksum(m.draw[f, w] for f in sources) - m.cash[w] <= 0
    )
    m.source_limit = pe.Constraint(
        [(f, w) for f in limits for w in range(max(1, first - 1), last + 1)],
        rule=lambda m, f, w: lent(m, f, w) <= limits[f],
    )
    m.source_repaid = pe.Constraint(
        [(f, w) for f in sources for w in range(first, last + 1)],
        rule=lambda m, f, w: lent(m, f, w) >= -sources[f].drawn_usd,
    )
