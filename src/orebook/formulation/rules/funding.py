"""Each week's cash is drawn from the sources of money, exactly and not ahead.

    week_funded[w]:     sum over f of draw[f,w] = cash[w]
    source_limit[f]:    drawn_usd[f] + sum over w of draw[f,w] <= limit_usd[f]
    source_start[f,w]:  draw[f,w] = 0                                                   w < from_week[f]
    source_share[f,w]:  drawn_usd[f] + draws of f up to w <= max_share[f] * (all drawn_usd + all draws up to w)

Data: funding.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add the rows of every source."""
    weeks, sources = range(1, problem.weeks + 1), problem.sources
    drawn = sum(f.drawn_usd for f in sources.values())

    limits = {f.name: f.limit_usd - f.drawn_usd for f in sources.values() if f.limit_usd is not None}
    parts = {
        (f, w): part
        for f in sources
        for w in weeks
        if (row := problem.at(w).sources.get(f)) and (part := row.max_share) is not None and part < 1
    }

    def share(m: Any, f: str, w: int) -> Any:
        part = parts[f, w]
        own = pe.quicksum((1 - part) * m.draw[f, v] for v in weeks if v <= w)
        others = pe.quicksum(part * m.draw[g, v] for g in sources if g != f for v in weeks if v <= w)
        return own - others <= part * drawn - sources[f].drawn_usd

    def limit(m: Any, f: str) -> Any:
        return pe.quicksum(m.draw[f, w] for w in weeks) <= limits[f]

    m.week_funded = pe.Constraint(weeks, rule=lambda m, w: pe.quicksum(m.draw[f, w] for f in sources) - m.cash[w] == 0)
    m.source_limit = pe.Constraint(list(limits), rule=limit)
    m.source_start = pe.Constraint(
        [(f, w) for f in sources for w in weeks if (row := problem.at(w).sources.get(f)) is None or w < row.from_week],
        rule=lambda m, f, w: m.draw[f, w] == 0,
    )
    m.source_share = pe.Constraint(list(parts), rule=share)
