"""Where the tonnes are: what arrives, what is put away and taken out, and what is in store at the end of each week.

stock[i,s,w] = stock[i,s,w-1] + inbound[i,s,w] + put[i,s,w] - what is taken out of i in s, w
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from orebook.accounting.ageing import waste_of
from orebook.accounting.exact_problem import ExactProblem, ExactTarget
from orebook.accounting.leaving import MadeGoods, Taken, left_to_date, made_of, taken_out
from orebook.accounting.priced_orders import PricedOrder
from orebook.accounting.returns import LoanReturn, returns_of
from orebook.decisions import Decisions, StandIn
from orebook.exact import ZERO, Fraction, exact

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Flow:
    """Tonnes, all of them exact. A key that is missing from `arrivals`, `put` or `out` is 0."""

    arrivals: Mapping[tuple[str, int], Fraction]
    """(mineral, week) -> tonnes that orders, loans and conversions bring."""
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
    made: tuple[MadeGoods, ...]
    """What conversions bring; in the plan it is among what arrives."""
    waste: Mapping[tuple[str, int], Fraction]
    """(mineral, week) -> tonnes that have lapsed by its end and are still in store, of minerals that age."""

    def usable(self, mineral: str, week: int) -> Fraction:
        """Tonnes in all sites at the end of a week that have not lapsed."""
        return self.held[mineral, week] - self.waste.get((mineral, week), ZERO)


@dataclass(frozen=True, slots=True)
class TargetReached:
    """A target and how far the plan gets at the end of its week: tonnes held, of which `waste_t` have lapsed and `own_t` count
    for the target, what stands in for the mineral, and what is short of the target and of its critical part."""

    aim: ExactTarget
    held_t: Fraction
    own_t: Fraction
    waste_t: Fraction | None
    stand_ins: tuple[StandIn, ...]
    gives_away: bool
    """Whether it may stand for others, or others for it: then `own_t` says more than `held_t`."""
    short_t: Fraction
    critical_short_t: Fraction

    @property
    def must_t(self) -> Fraction:
        """Tonnes that count for cover that must be there: what lapsed too, and nothing that stands for others."""
        return self.own_t + (self.waste_t or ZERO)


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
    taken_away = taken_out(case.problem, decisions)
    stock = _stock(case, put, taken_away)
    unmet = {j: max(ZERO, exact(w.tonnes) - taken.get(j, ZERO)) for j, w in withdrawals.items()}
    returns = returns_of(case.problem, {j: exact(w.tonnes) - unmet[j] for j, w in withdrawals.items()})
    ordered = (((o.offer.mineral, o.arrives), o.tonnes) for o in orders if o.arrives in case.weeks)
    back = (((r.mineral, r.week), r.tonnes) for r in returns if r.week in case.weeks)
    made = made_of(case.problem, decisions)
    comes = (((x.mineral, x.arrives), x.tonnes) for x in made if x.arrives in case.weeks)
    return Flow(
        arrivals=total(chain(ordered, back, comes)),
        put=put,
        out=out,
        stock=stock,
        held=total(((mineral, week), tonnes) for (mineral, _, week), tonnes in stock.items()),
        taken=taken,
        unmet=unmet,
        returns=returns,
        made=made,
        waste=waste_of(case.due, left_to_date(case.problem, taken_away, stock)),
    )


def _stock(
    case: ExactProblem, put: Mapping[tuple[str, str, int], Fraction], taken: Taken
) -> dict[tuple[str, str, int], Fraction]:
    """What the start brings, moved by all that is put away and taken out up to each week."""
    moves: dict[tuple[str, str], dict[int, Fraction]] = defaultdict(lambda: defaultdict(lambda: ZERO))
    for (mineral, site, week), tonnes in put.items():
        moves[mineral, site][week] += tonnes
    for (mineral, site, week), tonnes in taken.items():
        moves[mineral, site][week] -= tonnes
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


def reached(case: ExactProblem, flow: Flow, stand_ins: Iterable[StandIn]) -> tuple[TargetReached, ...]:
    """Every target with the tonnes that the plan has, and lacks, at the end of its week."""
    given: dict[tuple[str, int], list[StandIn]] = defaultdict(list)
    had: dict[tuple[str, int], list[StandIn]] = defaultdict(list)
    for stand_in in stand_ins:
        given[stand_in.by, stand_in.week].append(stand_in)
        had[stand_in.mineral, stand_in.week].append(stand_in)
    found = []
    for aim in case.aims:
        mineral, week = key = aim.target.mineral, aim.target.week
        substitutes = case.problem.at(week).substitutes
        own = flow.usable(mineral, week) - sum((x.tonnes for x in given[key]), ZERO)
        helped = own + sum((exact(substitutes[mineral, x.by].factor) * x.tonnes for x in had[key]), ZERO)
        found.append(
            TargetReached(
                aim=aim,
                held_t=flow.held[key],
                own_t=own,
                waste_t=flow.waste.get(key),
                stand_ins=tuple(had[key]),
                gives_away=any(mineral in pair for pair in substitutes),
                short_t=max(ZERO, aim.target_t - helped),
                critical_short_t=max(ZERO, aim.critical_t - own),
            )
        )
    return tuple(found)
