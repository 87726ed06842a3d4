"""What every plan must be, whoever asked for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from orebook.decisions import Decisions, Draw, Order, Out, Put
from orebook.exact import ZERO, Fraction, exact
from orebook.judge import Judge
from orebook.plan import Plan
from orebook.rounding.money import with_money
from orebook.rounding.puts_and_outs import adding_up
from orebook.schema.plan import StageResult, Ticket
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
        elif (
            tonnes != exact(plan.problem.prior.get((t.offer, t.week), 0.0)) and not _whole_grams(t) and _in_grams(plan)
        ):
            yield Found("grams", f"{t.offer} week {t.week}: {t.tonnes!r} t is not whole grams")
    moves = [(p.mineral, p.tonnes) for p in plan.document.puts] + [(o.withdrawal, o.tonnes) for o in plan.document.outs]
    for name, amount in moves:
        if amount < 0:
            yield Found("below nothing", f"{name}: {amount!r} t put or taken")


def _whole_grams(ticket: Ticket) -> bool:
    return bool((exact(ticket.tonnes) / GRAM).denominator == 1)


def _in_grams(plan: Plan) -> bool:
    """Whether the plan stands too with its loose tonnes in whole grams, each down or up.

    It may not, where a week's cash has to be 0 USD, or a cost is kept to a millionth of a dollar.
    """
    document = plan.document
    loose = [k for k, t in enumerate(document.tickets) if not _whole_grams(t)]
    judge, given_up = Judge(plan.problem, plan.model), {(g.rule, g.row) for g in document.given_up}
    for ups in product((0, 1), repeat=len(loose)):
        orders = {k: Order(t.offer, t.week, exact(t.tonnes), _tier(t.tier)) for k, t in enumerate(document.tickets)}
        for k, up in zip(loose, ups, strict=True):
            orders[k] = replace(orders[k], tonnes=(orders[k].tonnes // GRAM + up) * GRAM)
        judged = judge.judge(_settled(plan, judge, tuple(orders.values())))
        broken = {(b.rule, b.row) for b in judged.breaches} - given_up
        if not broken and all(judged.measures[s.stage] <= _kept(plan, s) for s in document.stages):
            return True
    return False


def _settled(plan: Plan, judge: Judge, orders: tuple[Order, ...]) -> Decisions:
    """The plan with other orders: the largest put and the largest draw of a week are what is left."""
    problem, document = plan.problem, plan.document
    arrives: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for order in orders:
        offer = problem.offers[order.offer]
        arrives[offer.mineral, problem.arrives(offer, order.week)] += order.tonnes
    puts = []
    for (mineral, week), tonnes in arrives.items():
        placed = {p.site: exact(p.tonnes) for p in document.puts if (p.mineral, p.week) == (mineral, week)}
        puts += [Put(mineral, s, week, t) for s, t in adding_up(placed, tonnes).items() if t > 0] if placed else []
    outs = tuple(Out(o.withdrawal, o.site, exact(o.tonnes)) for o in document.outs)
    bare, draws = Decisions(orders, tuple(puts), outs), list[Draw]()
    if problem.money_returns_from is not None:
        moved = [("draw", d.source, d.week, d.usd) for d in document.draws]
        moved += [("repay", r.source, r.week, r.usd) for r in document.repays]
        values: dict[tuple[str, object], float] = {(kind, (source, week)): usd for kind, source, week, usd in moved}
        values |= {("idle", i.week): i.usd for i in document.idle}
        return with_money(problem, bare, judge.cash(bare), values, funded=plan.model.on("funding"))
    for week, usd in ((w.week, w.cash_usd) for w in judge.cash(bare)) if plan.model.on("funding") else ():
        drawn = {d.source: exact(d.usd) for d in document.draws if d.week == week} or dict.fromkeys(
            problem.sources, ZERO
        )
        draws += [Draw(s, week, x) for s, x in adding_up(drawn, usd).items() if x > 0]
    return replace(bare, draws=tuple(draws))


def _tier(tier: float | None) -> Fraction | None:
    return None if tier is None else exact(tier)


def _kept(plan: Plan, said: StageResult) -> Fraction:
    """The most of a stage's measure that the plan may come to."""
    slack = next(exact(s.slack) for s in plan.model.stages if s.stage == said.stage)
    value = exact(said.value)
    return value + slack * abs(value) + max(GRAM, GRAM * abs(value))


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
