"""In the frozen weeks the prior plan's tickets stand: none added, dropped or altered.

q[o,w] = prior[o,w] for w <= frozen_weeks, offers that are gone left out
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.tolerance import beyond
from orebook.exact import ZERO, exact
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows frozen_order[o,w], in t."""
    problem = ledger.case.problem
    prior = {
        (offer, week): exact(amount)
        for (offer, week), amount in problem.prior.items()
        if offer in problem.terms(week).offers and week in ledger.case.weeks and problem.frozen(week)
    }
    plan = {(o.offer.name, o.week): o.tonnes for o in ledger.orders if problem.frozen(o.week)}
    for offer, week in sorted(prior.keys() | plan.keys()):
        stands, ordered = prior.get((offer, week), ZERO), plan.get((offer, week), ZERO)
        if by := beyond(abs(ordered - stands), stands):
            says = f"{offer} in frozen week {week}: {tonnes(ordered)} ordered, the prior plan has {tonnes(stands)}"
            yield Breach("frozen", f"frozen_order[{offer},{week}]", by, stands, "t", says)
