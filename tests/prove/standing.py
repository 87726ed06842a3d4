"""What every plan must be, whoever asked for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orebook.exact import Fraction, exact
from orebook.plan import Plan
from orebook.verdict import verify
from tests.prove.ledger import Found

GRAM = Fraction(1, 10**6)
DUST = Fraction(1, 10**9)
"""t: what the digits of a cell, added up, can leave."""


def standing(plan: Plan) -> Iterator[Found]:
    """What `verify` refuses, tickets that are not whole, and stock below nothing."""
    verdict = verify(plan.problem, plan.document, plan.model)
    if not verdict.ok:
        told = [b.says for b in verdict.breaches] + [f"{d.place}: {d.says}" for d in verdict.differences]
        yield Found("verify", "; ".join(told[:3]))
    yield from _whole(plan)
    yield from _stock(plan)


def _whole(plan: Plan) -> Iterator[Found]:
    for t in plan.document.tickets:
        lot = plan.problem.offers[t.offer].lot_t if t.offer in plan.problem.offers else None
        tonnes = exact(t.tonnes)
        if t.lots is not None and lot is not None:
            if float(t.lots * exact(lot)) != t.tonnes:
                yield Found("lots", f"{t.offer} week {t.week}: {t.tonnes!r} t, {t.lots} lots of {lot!r} t")
        elif (tonnes / GRAM).denominator != 1 and tonnes != exact(plan.problem.prior.get((t.offer, t.week), 0.0)):
            yield Found("grams", f"{t.offer} week {t.week}: {t.tonnes!r} t is not whole grams")
    moves = [(p.mineral, p.tonnes) for p in plan.document.puts] + [(o.withdrawal, o.tonnes) for o in plan.document.outs]
    for name, amount in moves:
        if amount < 0:
            yield Found("below nothing", f"{name}: {amount!r} t put or taken")


def _stock(plan: Plan) -> Iterator[Found]:
    """Stock by store and week as the plan's own figures make it, exactly."""
    moved: dict[tuple[str, str, int], Fraction] = defaultdict(Fraction)
    problem = plan.problem
    for (mineral, site), tonnes in problem.stock.items():
        moved[mineral, site, 1] += exact(tonnes)
    for order in problem.inbound:
        moved[order.mineral, order.site, order.week] += exact(order.tonnes)
    for put in plan.document.puts:
        moved[put.mineral, put.site, put.week] += exact(put.tonnes)
    for out in plan.document.outs:
        j = problem.withdrawals[out.withdrawal]
        moved[j.mineral, out.site, j.week] -= exact(out.tonnes)
    for mineral, site in sorted({(m, s) for m, s, _ in moved}):
        held = Fraction(0)
        for week in range(1, problem.weeks + 1):
            held += moved[mineral, site, week]
            if held < -DUST:
                kind = "below nothing" if held <= -GRAM / 2 else "part of a gram below nothing"
                yield Found(kind, f"{mineral} in {site}, week {week}: {float(held)!r} t")
                return
