"""One mineral's tonnes in whole grams, so that the plan keeps what the solver's point keeps.

Loose tonnes are rounded down, so that no limit is passed, and up again where a target, a withdrawal or a commitment that the
point meets would be missed. What arrives is put away to the last part of a gram; what is taken out was there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from orebook.decisions import Order, Out, Put
from orebook.exact import Fraction, exact
from orebook.grams import GRAM, gram_above, gram_below, meant
from orebook.problem import Offer, Problem, Withdrawal

Rounding = Literal["needed", "up", "down", "as_it_is"]
"""Of loose tonnes: down and up where needed, all up, all down, or not at all."""

Values = Mapping[tuple[str, object], float]
"""(component, index) of a variable -> its value; a variable that is not there is 0."""

ZERO = Fraction(0)

MET = Fraction(1, 10**7)
"""Part of an amount by which a solver's point may be under what it is meant to meet;"""

MET_T = 2 * GRAM
"""and tonnes, where they are less than a thousandth of it."""


@dataclass(frozen=True)
class Amount:
    """What an offer is to supply in a week. `grams` are the least and most of loose tonnes; None where they are fixed."""

    offer: Offer
    week: int
    arrives: int
    tonnes: Fraction
    tier: Fraction | None = None
    grams: tuple[Fraction, Fraction] | None = None

    def within(self, tonnes: Fraction) -> Amount:
        """The amount with other tonnes, as near to those as it may have."""
        assert self.grams is not None
        low, high = self.grams
        return replace(self, tonnes=max(low, min(high, tonnes)))


def rounded(
    problem: Problem, mineral: str, wanted: Sequence[Amount], values: Values, rounding: Rounding
) -> tuple[list[Order], list[Put], list[Out]]:
    """A mineral's orders, puts and outs; `wanted` are its amounts and `values` what the point has put and taken out."""
    served = _served(problem, mineral, values)
    amounts = _in_grams(wanted, rounding)
    if rounding == "needed":
        amounts = _raised(problem, mineral, wanted, amounts, served)
    served = _all_served(problem, mineral, wanted, amounts, served, values)
    ordered = [a for a in amounts if a.tonnes > 0]
    puts = _puts(problem, mineral, ordered, values)
    outs = _outs(problem, mineral, puts, served, values)
    return [Order(a.offer.name, a.week, a.tonnes, a.tier) for a in ordered], puts, outs


def _in_grams(wanted: Sequence[Amount], rounding: Rounding) -> list[Amount]:
    if rounding == "as_it_is":
        return list(wanted)
    to_gram = gram_above if rounding == "up" else gram_below
    return [a if a.grams is None else a.within(to_gram(a.tonnes)) for a in wanted]


def _served(problem: Problem, mineral: str, values: Values) -> dict[str, Fraction]:
    """Withdrawal -> tonnes taken out for it: all of it where the point serves it, else whole grams."""
    served = {}
    for j in problem.withdrawals.values():
        if j.mineral == mineral:
            tonnes = meant(sum(values.get(("out", (j.name, s)), 0.0) for s in problem.sites))
            all_of_it = exact(j.tonnes)
            served[j.name] = all_of_it if _meets(tonnes, all_of_it) else max(ZERO, gram_below(tonnes))
    return served


def _all_served(
    problem: Problem,
    mineral: str,
    wanted: Sequence[Amount],
    amounts: Sequence[Amount],
    served: Mapping[str, Fraction],
    values: Values,
) -> dict[str, Fraction]:
    """What is served, and more of what is not served in full where rounding brought more: no store is the fuller for it."""
    served, spare = dict(served), list[Fraction]()
    for need in _levels(problem, mineral, wanted, served):
        spare.append(sum((amounts[k].tonnes for k in need.among), ZERO) - need.tonnes)
    point = {j: exact(sum(values.get(("out", (j, s)), 0.0) for s in problem.sites)) for j in served}
    left = ZERO
    for week in range(1, problem.weeks + 1):
        arrived = [sum((a.tonnes for a in listed if a.arrives <= week), ZERO) for listed in (amounts, wanted)]
        for j in problem.withdrawals.values():
            if (j.mineral, j.week) == (mineral, week):
                left += point[j.name] - served[j.name]
                over = min(arrived[0] - arrived[1] + left + GRAM / 1000, *spare[week - 1 :])
                more = min(exact(j.tonnes) - served[j.name], gram_below(over))
                if more > 0:
                    served[j.name], left = served[j.name] + more, left - more
                    spare[week - 1 :] = [tonnes - more for tonnes in spare[week - 1 :]]
    return served


def _meets(tonnes: Fraction, aim: Fraction) -> bool:
    """Whether a point is meant to reach an amount."""
    return tonnes >= aim - max(min(MET_T, aim / 1000), MET * aim)


@dataclass(frozen=True)
class _Need:
    """Some of the amounts are to come to this many tonnes at least."""

    among: Sequence[int]
    tonnes: Fraction


def _raised(
    problem: Problem, mineral: str, wanted: Sequence[Amount], amounts: list[Amount], served: Mapping[str, Fraction]
) -> list[Amount]:
    """The amounts, more of those that lost most where a need that `wanted` meets is missed."""
    for need in (*_levels(problem, mineral, wanted, served), *_commitments(wanted)):
        missing = need.tonnes - sum((amounts[k].tonnes for k in need.among), ZERO)
        loose = [k for k in need.among if amounts[k].grams is not None]
        for k in sorted(loose, key=lambda k: amounts[k].tonnes - wanted[k].tonnes):
            if missing <= 0:
                break
            more = amounts[k].within(amounts[k].tonnes + gram_above(missing))
            missing -= more.tonnes - amounts[k].tonnes
            amounts[k] = more
    return amounts


def _levels(problem: Problem, mineral: str, wanted: Sequence[Amount], served: Mapping[str, Fraction]) -> list[_Need]:
    """What must have arrived by the end of each week: what is taken out is there, and the aims that are met stay so."""
    needs, level, taken = [], ZERO, ZERO
    level += sum((exact(t) for (i, _), t in problem.stock.items() if i == mineral), ZERO)
    use = exact(problem.minerals[mineral].use_t_per_day)
    critical = exact(problem.minerals[mineral].critical_days)
    for week in range(1, problem.weeks + 1):
        level += sum((exact(o.tonnes) for o in problem.inbound if (o.mineral, o.week) == (mineral, week)), ZERO)
        of_week = [j for j in problem.withdrawals.values() if (j.mineral, j.week) == (mineral, week)]
        taken += sum((served[j.name] for j in of_week), ZERO)
        among = [k for k, a in enumerate(wanted) if a.arrives <= week]
        held = level - taken + sum((wanted[k].tonnes for k in among), ZERO)
        aims = [ZERO]
        for target in problem.targets:
            if (target.mineral, target.week) == (mineral, week):
                days = exact(target.days)
                aims += [d * use for d in (exact(target.must_days or 0), min(days, critical), days)]
        needs.append(_Need(among, max(aim for aim in aims if aim == 0 or _meets(held, aim)) - level + taken))
    return needs


def _commitments(wanted: Sequence[Amount]) -> list[_Need]:
    """What is committed to offers that is met."""
    needs = []
    for offer in {a.offer.name: a.offer for a in wanted if a.offer.commit_t > 0}.values():
        among = [k for k, a in enumerate(wanted) if a.offer.name == offer.name]
        if _meets(sum((wanted[k].tonnes for k in among), ZERO), exact(offer.commit_t)):
            needs.append(_Need(among, exact(offer.commit_t)))
    return needs


def _puts(problem: Problem, mineral: str, amounts: Sequence[Amount], values: Values) -> list[Put]:
    """Puts by site that add up to what arrives; what rounding leaves of a site it has the next time."""
    puts, left = list[Put](), dict.fromkeys(problem.sites, ZERO)
    for week in sorted({a.arrives for a in amounts if a.arrives <= problem.weeks}):
        arrives = sum((a.tonnes for a in amounts if a.arrives == week), ZERO)
        shares = {s: exact(values.get(("put", (mineral, s, week)), 0.0)) for s in problem.sites}
        by_size = dict(sorted(shares.items(), key=lambda share: share[1], reverse=True))
        dust = min(MET_T, arrives / 1000)  # what a tolerance lets through
        placed = adding_up({s: _nearest(t + left[s]) if t > dust else ZERO for s, t in by_size.items()}, arrives)
        for site, tonnes in placed.items():
            left[site] += shares[site] - tonnes
            puts += [Put(mineral, site, week, tonnes)] if tonnes > 0 else []
    return puts


def _nearest(tonnes: Fraction) -> Fraction:
    return max(ZERO, gram_below(tonnes + GRAM / 2))


def _outs(
    problem: Problem, mineral: str, puts: Sequence[Put], served: Mapping[str, Fraction], values: Values
) -> list[Out]:
    """What is taken out of each store, week by week; what one lacks another has."""
    held = {s: exact(problem.stock.get((mineral, s), 0.0)) for s in problem.sites}
    outs: list[Out] = []
    for week in range(1, problem.weeks + 1):
        for order in problem.inbound:
            if (order.mineral, order.week) == (mineral, week):
                held[order.site] += exact(order.tonnes)
        for put in puts:
            if put.week == week:
                held[put.site] += put.tonnes
        for j in problem.withdrawals.values():
            if (j.mineral, j.week) == (mineral, week):
                for site, tonnes in _taken(j, served[j.name], held, values).items():
                    held[site] -= tonnes
                    outs += [Out(j.name, site, tonnes)] if tonnes > 0 else []
    return outs


def _taken(j: Withdrawal, served: Fraction, held: Mapping[str, Fraction], values: Values) -> dict[str, Fraction]:
    """Site -> tonnes for a withdrawal, as near to the point's as what is held allows."""
    point = {s: _nearest(exact(values.get(("out", (j.name, s)), 0.0))) for s in held}
    taken = {s: min(t, held[s]) for s, t in adding_up(point, served).items()}
    missing = served - sum(taken.values(), ZERO)
    for site in sorted(held, key=lambda s: held[s] - taken[s], reverse=True):
        more = min(missing, held[site] - taken[site])
        if more > 0:
            taken[site], missing = taken[site] + more, missing - more
    return taken


def adding_up(shares: Mapping[str, Fraction], total: Fraction) -> dict[str, Fraction]:
    """Shares altered so that they add up, none below 0: the largest first."""
    result, rest = dict(shares), total - sum(shares.values(), ZERO)
    for key in sorted(result, key=lambda k: result[k], reverse=True):
        result[key], rest = max(ZERO, result[key] + rest), min(ZERO, result[key] + rest)
        if rest == 0:
            break
    return result
