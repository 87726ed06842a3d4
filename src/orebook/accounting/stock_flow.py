"""Where the tonnes are: what arrives, what is put away and taken out, and what is in store at the end of each week.

stock[i,s,w] = stock[i,s,w-1] + inbound[i,s,w] + put[i,s,w] - out[i,s,w]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from orebook.accounting.exact_problem import ExactProblem, ExactTarget
from orebook.accounting.priced_orders import PricedOrder
from orebook.accounting.returns import LoanReturn, returns_of
from orebook.decisions import Decisions
from orebook.exact import ZERO, Fraction, exact

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Flow:
    """Tonnes, all of them exact. A key that is missing from `arrivals`, `put` or `out` is 0."""

    arrivals: Mapping[tuple[str, int], Fraction]
    """(mineral, week) -> tonnes that orders and loans bring."""
    put: Mapping[tuple[str, str, int], Fraction]
    """(mineral, site, week) -> tonnes put away."""
    out: Mapping[tuple[str, str], Fraction]
    """(withdrawal, site) -> tonnes taken out."""
    stock: Mapping[tuple[str, str, int], Fraction]
    """(mineral, site, week) -> tonnes at the end of the week."""
    held: Mapping[tuple[str, int], Fraction]
    """(mineral, week) -> tonnes in all sites at the end of the week."""
    taken: Mapping[str, Fraction]
    """withdrawal -> tonnes taken out for it."""
    unmet: Mapping[str, Fraction]
    """withdrawal -> tonnes not served."""
    returns: tuple[LoanReturn, ...]
    """What loans bring back, also after the plan; in the plan it is among what arrives."""


@dataclass(frozen=True, slots=True)
class TargetReached:
    """A target and how far the plan gets: tonnes held at the end of its week, and short of it and its critical part."""

    aim: ExactTarget
    held_t: Fraction
    short_t: Fraction
    critical_short_t: Fraction


def total(items: Iterable[tuple[K, Fraction]]) -> dict[K, Fraction]:
    """Amounts added up by key."""
    sums: dict[K, Fraction] = {}
    for key, amount in items:
        sums[key] = sums[key] + amount if key in sums else amount
    return sums


def flow_of(case: ExactProblem, orders: tuple[PricedOrder, ...], decisions: Decisions) -> Flow:
    """The tonnes of a plan, week by week."""
    withdrawals = case.problem.withdrawals
    put = total(((p.mineral, p.site, p.week), p.tonnes) for p in decisions.puts)
    out = total(((o.withdrawal, o.site), o.tonnes) for o in decisions.outs)
    taken = total((j, tonnes) for (j, _), tonnes in out.items())
    stock = _stock(case, put, out)
    unmet = {j: max(ZERO, exact(w.tonnes) - taken.get(j, ZERO)) for j, w in withdrawals.items()}
    returns = returns_of(case.problem, {j: exact(w.tonnes) - unmet[j] for j, w in withdrawals.items()})
    ordered = (((o.offer.mineral, o.arrives), o.tonnes) for o in orders if o.arrives in case.weeks)
    back = (((r.mineral, r.week), r.tonnes) for r in returns if r.week in case.weeks)
    return Flow(
        arrivals=total(chain(ordered, back)),
        put=put,
        out=out,
        stock=stock,
        held=total(((mineral, week), tonnes) for (mineral, _, week), tonnes in stock.items()),
        taken=taken,
        unmet=unmet,
        returns=returns,
    )


def _stock(
    case: ExactProblem, put: Mapping[tuple[str, str, int], Fraction], out: Mapping[tuple[str, str], Fraction]
) -> dict[tuple[str, str, int], Fraction]:
    """What the start brings, moved by all that is put away and taken out up to each week."""
    moves: dict[tuple[str, str], dict[int, Fraction]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for (mineral, site, week), tonnes in put.items():
        moves[mineral, site][week] += tonnes
    for (name, site), tonnes in out.items():
        withdrawal = case.problem.withdrawals[name]
        moves[withdrawal.mineral, site][withdrawal.week] -= tonnes
    stock = dict(case.opening)
    for (mineral, site), by_week in moves.items():
        moved = ZERO
        for week in range(min(by_week), case.problem.weeks + 1):
            if site not in case.problem.at(week).sites:
                moved = ZERO  # what was in a store that closes is gone
            if week in by_week:
                moved += by_week[week]
            stock[mineral, site, week] += moved
    return stock


def reached(case: ExactProblem, flow: Flow) -> tuple[TargetReached, ...]:
    """Every target with the tonnes that the plan has, and lacks, at the end of its week."""
    return tuple(_reached(aim, flow.held[aim.target.mineral, aim.target.week]) for aim in case.aims)


def _reached(aim: ExactTarget, held: Fraction) -> TargetReached:
    return TargetReached(aim, held, max(ZERO, aim.target_t - held), max(ZERO, aim.critical_t - held))
