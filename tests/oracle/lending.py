"""The cheapest way to pay each week's cash by draws and by what comes in, in fractions: the contract's rows, and no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from orebook.decisions import Draw, Repay
from orebook.exact import Fraction, exact
from orebook.problem import Problem
from tests.oracle.simplex import Name, Rows, least

ZERO, ONE = Fraction(0), Fraction(1)
Way = tuple[tuple[Draw, ...], tuple[Repay, ...]]


def cheapest(problem: Problem, cash: Sequence[Fraction], receipts: Sequence[Fraction]) -> Way | None:
    """Draws and repays of the least interest and fees; None where there are none."""
    weeks, sources, rows = range(1, problem.weeks + 1), problem.sources, Rows()
    cost: dict[Name, Fraction] = defaultdict(lambda: ZERO)
    for w in weeks:
        draws = {("draw", f, w): ONE for f in sources}
        repays = {("repay", f, w): ONE for f in sources}
        before: dict[Name, Fraction] = {("idle", "", w - 1): -ONE} if w > 1 else {}
        spent = {**{k: -x for k, x in draws.items()}, **repays, ("idle", "", w): ONE, **before}
        rows.equal.append((spent, receipts[w - 1] - cash[w - 1]))
        rows.most.append((draws, cash[w - 1]))
        rows.most.append(({**repays, **before}, receipts[w - 1]))
        _sources(problem, rows, cost, w)
    found = least(cost, rows)
    if found is None:
        return None
    named = [(kind, f, w) for kind in ("draw", "repay") for f in sources for w in weeks if found[kind, f, w]]
    return (
        tuple(Draw(f, w, found["draw", f, w]) for kind, f, w in named if kind == "draw"),
        tuple(Repay(f, w, found["repay", f, w]) for kind, f, w in named if kind == "repay"),
    )


def _sources(problem: Problem, rows: Rows, cost: dict[Name, Fraction], week: int) -> None:
    """What each source allows up to a week, and costs in it."""
    sources, up_to = problem.sources, range(1, week + 1)
    all_before = sum((exact(f.drawn_usd) for f in sources.values()), ZERO)
    for f in sources.values():
        lent = {("draw", f.name, v): ONE for v in up_to} | {("repay", f.name, v): -ONE for v in up_to}
        rows.most.append(({k: -x for k, x in lent.items()}, exact(f.drawn_usd)))
        if f.limit_usd is not None:
            rows.most.append((lent, exact(f.limit_usd) - exact(f.drawn_usd)))
        if week < f.from_week or (f.to_week is not None and week > f.to_week):
            rows.most.append(({("draw", f.name, week): ONE}, ZERO))
        if f.max_share is not None:
            part = exact(f.max_share)
            gross = {("draw", g, v): (ONE if g == f.name else ZERO) - part for g in sources for v in up_to}
            rows.most.append((gross, part * all_before - exact(f.drawn_usd)))
        charged = f.to_week is None or week <= f.to_week
        rate = (exact(f.rate_pct) - (exact(f.undrawn_pct) if charged else ZERO)) / 100 / 52
        for k, x in lent.items():
            cost[k] += rate * x
        cost["draw", f.name, week] += exact(f.draw_fee_pct) / 100
