"""No more is converted in a week than can be, in whole lots, and none that would come back after the plan.

conv[c,w] <= capacity_t_per_week, a multiple of lot_t;  w + lead_weeks <= T
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.tolerance import beyond_gram
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows conversion_window[c,w], conversion_whole[c,w] and conversion_most[c,w], in t."""
    problem = ledger.case.problem
    taken: dict[tuple[str, int], Fraction] = defaultdict(lambda: ZERO)
    for part in ledger.conversions:
        taken[part.conversion, part.week] += part.tonnes
    for (name, week), amount in sorted(taken.items()):
        there = problem.at(week).conversions.get(name)
        row, key = there or problem.conversions[name], f"[{name},{week}]"
        said = f"{tonnes(amount)} are converted by {name} in week {week}"
        if there is None or week + row.lead_weeks > problem.weeks:
            why = (
                "which is not to be had then"
                if there is None
                else f"and would come back in week {week + row.lead_weeks}"
            )
            yield Breach("convert", f"conversion_window{key}", amount, ZERO, "t", f"{said}, {why}")
        if row.lot_t is not None:
            lot = exact(row.lot_t)
            if by := beyond_gram(abs(amount - round(amount / lot) * lot), amount):
                yield Breach(
                    "convert", f"conversion_whole{key}", by, amount, "t", f"{said}, no whole lots of {tonnes(lot)}"
                )
        if row.capacity_t_per_week is not None:
            most = exact(row.capacity_t_per_week)
            if by := beyond_gram(amount - most, most):
                yield Breach(
                    "convert", f"conversion_most{key}", by, most, "t", f"{said}, at most {tonnes(most)} can be"
                )
