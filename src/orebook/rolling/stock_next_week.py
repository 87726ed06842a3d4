"""What is in store a week later, by age, and what is being converted: goods are a week older, and the oldest left first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orebook.exact import ZERO, Fraction, exact
from orebook.judge import Judgement
from orebook.problem import Problem
from orebook.rolling.committed import store_for
from orebook.schema import tables as t


def stock(problem: Problem, judgement: Judgement) -> tuple[t.StockRow, ...]:
    """A row a mineral, store and age; minerals that do not age have none."""
    rows = []
    left = {mineral: _by_age(problem, judgement, mineral) for mineral in filter(problem.ages, problem.minerals)}
    for (mineral, site, week), tonnes in sorted(judgement.stock.items()):
        if week == 1 and tonnes > 0:
            for age, part in _taken(left[mineral], tonnes) if mineral in left else [(0, tonnes)]:
                rows.append(t.StockRow(mineral=mineral, site=site, tonnes=float(part), age_weeks=age))
    return tuple(rows)


def _by_age(problem: Problem, judgement: Judgement, mineral: str) -> list[tuple[int, Fraction]]:
    """(age at the start of the next week, tonnes) of what is left, the oldest first."""
    there: dict[int, Fraction] = defaultdict(lambda: ZERO)
    for (i, _, age), tonnes in problem.stock_by_age.items():
        if i == mineral:
            there[age + 1] += exact(tonnes)
    there[1] += sum((exact(o.tonnes) for o in problem.inbound if (o.mineral, o.week) == (mineral, 1)), ZERO)
    there[1] += sum((exact(p.tonnes) for p in judgement.puts if (p.mineral, p.week) == (mineral, 1)), ZERO)
    held = sum((tonnes for (i, _, w), tonnes in judgement.stock.items() if (i, w) == (mineral, 1)), ZERO)
    gone = sum(there.values(), ZERO) - held
    found = []
    for age in sorted(there, reverse=True):
        out = min(gone, there[age])
        gone -= out
        if there[age] > out:
            found.append((age, there[age] - out))
    return found


def _taken(ages: list[tuple[int, Fraction]], tonnes: Fraction) -> Iterator[tuple[int, Fraction]]:
    """So many tonnes off the ages, the oldest first; they are fewer by them."""
    while tonnes > 0 and ages:
        age, there = ages.pop(0)
        part = min(tonnes, there)
        if there > part:
            ages.insert(0, (age, there - part))
        tonnes -= part
        yield age, part


def in_conversion(problem: Problem, judgement: Judgement) -> Iterator[t.InboundRow]:
    """What was converted in week 1 and comes later, to the store that most of the mineral is put into then."""
    comes: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
    for part in judgement.conversions:
        if part.week == 1 < part.arrives:
            comes[problem.conversions[part.conversion].into, part.arrives] += exact(part.gives_t)
    for (mineral, week), tonnes in comes.items():
        puts = [p for p in judgement.puts if (p.mineral, p.week) == (mineral, week)]
        site = max(puts, key=lambda p: p.tonnes).site if puts else store_for(problem, mineral)
        yield t.InboundRow(mineral=mineral, site=site, week=week - 1, tonnes=float(tonnes))


def bids(problem: Problem, judgement: Judgement) -> tuple[t.BidRow, ...] | None:
    """Bids a week on, less what was sold to them; those whose last week has passed are gone."""
    rows = problem.document.bids
    if rows is None:
        return None
    sold: dict[str, Fraction] = defaultdict(lambda: ZERO)
    for sale in judgement.sales:
        if sale.week == 1:
            sold[sale.bid] += exact(sale.tonnes)
    return tuple(
        row.model_copy(
            update={
                "max_t": None if row.max_t is None else float(max(ZERO, exact(row.max_t) - sold[row.bid])),
                "from_week": max(1, row.from_week - 1),
                "to_week": row.to_week and row.to_week - 1,
            }
        )
        for row in rows
        if row.to_week != 1
    )
