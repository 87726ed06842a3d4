"""Where goods leave by other ways than withdrawals, or stand for others: every way to handle them, all minerals at once.

There is one store. What is sold and converted is in whole lots; what is served is whole tonnes. How much of a mineral stands
for another is best at one of a few amounts: where one of the two targets, or its critical part, is met, the part that it may
have of the target is reached, or nothing is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

from orebook.decisions import Converted, Decisions, Out, Put, Sale, StandIn
from orebook.exact import Fraction
from orebook.problem import Problem
from tests.oracle.orders import Arrivals

ZERO = Fraction(0)
Levels = dict[tuple[str, int], Fraction]
"""(mineral, week) -> tonnes in store at its end."""


def leaves(problem: Problem) -> bool:
    """Whether anything may leave by another way than a withdrawal, age, or stand for another."""
    ages = any(m.shelf_weeks is not None for m in problem.minerals.values())
    return bool(problem.bids or problem.conversions or problem.substitutes or ages)


def whole_ways(problem: Problem, arrivals: Arrivals) -> Iterator[Decisions]:
    """Every way worth trying; those that take out what is not there left out."""
    (site,) = problem.sites
    most = sum((t for _, _, t in arrivals), ZERO)
    most += sum((Fraction(t) for t in problem.stock.values()), ZERO)
    most += sum((Fraction(o.tonnes) for o in problem.inbound), ZERO)
    bids = [_sales(problem, name, week, site, most) for name in problem.bids for week in range(1, problem.weeks + 1)]
    works = [
        _converted(problem, name, week, site, most)
        for name in problem.conversions
        for week in range(1, problem.weeks + 1)
    ]
    served = [[Out(j.name, site, Fraction(t)) for t in range(int(j.tonnes) + 1)] for j in problem.withdrawals.values()]
    for sales, conversions, outs in product(product(*bids), product(*works), product(*served)):
        decided = Decisions(
            puts=tuple(_puts(problem, arrivals, conversions, outs, site)),
            outs=tuple(x for x in outs if x.tonnes),
            sales=tuple(x for x in sales if x.tonnes),
            conversions=tuple(x for x in conversions if x.tonnes),
        )
        levels = _levels(problem, decided)
        if min(levels.values(), default=ZERO) >= 0:
            for stand_ins in product(*_stand_ins(problem, levels)):
                yield Decisions(
                    puts=decided.puts,
                    outs=decided.outs,
                    sales=decided.sales,
                    conversions=decided.conversions,
                    stand_ins=tuple(x for x in stand_ins if x.tonnes),
                )


def _sales(problem: Problem, name: str, week: int, site: str, most: Fraction) -> list[Sale]:
    bid = problem.bids[name]
    lot = Fraction(bid.lot_t or 1)
    limit = min([most, *(Fraction(x) for x in (bid.max_week_t, bid.max_t) if x is not None)])
    sizes = [n * lot for n in range(1, int(limit / lot) + 1) if n * lot >= bid.min_t]
    return [Sale(name, site, week, t) for t in (ZERO, *(sizes if bid.from_week <= week <= bid.to_week else []))]


def _converted(problem: Problem, name: str, week: int, site: str, most: Fraction) -> list[Converted]:
    row = problem.conversions[name]
    lot = Fraction(row.lot_t or 1)
    limit = most if row.capacity_t_per_week is None else min(most, Fraction(row.capacity_t_per_week))
    sizes = [n * lot for n in range(1, int(limit / lot) + 1)] if week + row.lead_weeks <= problem.weeks else []
    return [Converted(name, site, week, t) for t in (ZERO, *sizes)]


def _puts(
    problem: Problem, arrivals: Arrivals, conversions: tuple[Converted, ...], outs: tuple[Out, ...], site: str
) -> Iterator[Put]:
    comes: Levels = defaultdict(lambda: ZERO)
    for mineral, week, tonnes in arrivals:
        comes[mineral, week] += tonnes
    for taken in conversions:
        row = problem.conversions[taken.conversion]
        comes[row.into, taken.week + row.lead_weeks] += Fraction(row.yield_t) * taken.tonnes
    for out in outs:
        loan = problem.withdrawals[out.withdrawal]
        if loan.repay_week is not None and loan.repay_week <= problem.weeks:
            comes[loan.mineral, loan.repay_week] += out.tonnes * (100 + Fraction(loan.premium_pct)) / 100
    return (Put(mineral, site, week, tonnes) for (mineral, week), tonnes in comes.items() if tonnes)


def _levels(problem: Problem, decided: Decisions) -> Levels:
    moves: Levels = defaultdict(lambda: ZERO)
    for (mineral, _), tonnes in problem.stock.items():
        moves[mineral, 1] += Fraction(tonnes)
    for order in problem.inbound:
        moves[order.mineral, order.week] += Fraction(order.tonnes)
    for put in decided.puts:
        moves[put.mineral, put.week] += put.tonnes
    for out in decided.outs:
        moves[problem.withdrawals[out.withdrawal].mineral, problem.withdrawals[out.withdrawal].week] -= out.tonnes
    for sale in decided.sales:
        moves[problem.bids[sale.bid].mineral, sale.week] -= sale.tonnes
    for taken in decided.conversions:
        moves[problem.conversions[taken.conversion].source, taken.week] -= taken.tonnes
    levels: Levels = {}
    for mineral in problem.minerals:
        held = ZERO
        for week in range(1, problem.weeks + 1):
            held += moves.get((mineral, week), ZERO)
            levels[mineral, week] = held
    return levels


def _stand_ins(problem: Problem, levels: Levels) -> Iterator[list[StandIn]]:
    """For each target that another mineral may help: the amounts that may be best. What has lapsed is not looked at apart:
    amounts are measured from what is in store, less each tonne of what could have lapsed."""
    lapsed = range(int(max(levels.values(), default=ZERO)) + 1) if _ages(problem) else range(1)
    for target in problem.targets:
        for (mineral, by), row in problem.substitutes.items():
            if mineral != target.mineral:
                continue
            own = problem.minerals[by]
            use = Fraction(problem.minerals[mineral].use_t_per_day)
            factor, aim = Fraction(row.factor), Fraction(target.days) * use
            kept = [ZERO]
            for other in problem.targets:
                if (other.mineral, other.week) == (by, target.week):
                    for days in (other.days, min(other.days, own.critical_days), other.must_days or 0):
                        kept.append(Fraction(days) * Fraction(own.use_t_per_day))
            amounts = {aim / factor * (1 if row.max_share is None else Fraction(row.max_share))}
            for gone in lapsed:
                amounts |= {levels[by, target.week] - gone - k for k in kept}
                amounts.add((aim - levels[mineral, target.week] + gone) / factor)
            amounts |= set(_even(problem, levels, mineral, by, target.week, factor))
            yield [StandIn(mineral, by, target.week, t) for t in sorted({ZERO, *(t for t in amounts if t > 0)})]


def _even(problem: Problem, levels: Levels, mineral: str, by: str, week: int, factor: Fraction) -> Iterator[Fraction]:
    """Where both targets are short by the same part: what is fairest, of goods that do not age."""
    aims = {
        (t.mineral, t.week): Fraction(t.days) * Fraction(problem.minerals[t.mineral].use_t_per_day)
        for t in problem.targets
    }
    own, other = aims.get((mineral, week)), aims.get((by, week))
    if own and other:
        yield (levels[by, week] / other - levels[mineral, week] / own) / (1 / other + factor / own)


def _ages(problem: Problem) -> bool:
    return any(m.shelf_weeks is not None for m in problem.minerals.values())
