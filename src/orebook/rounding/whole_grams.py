"""One mineral's tonnes in whole grams, so that the plan keeps what the solver's point keeps.

Loose tonnes are rounded down, so that no limit is passed, and up again where a target, a withdrawal or a commitment that the
point meets would be missed. What arrives is put away to the last part of a gram; what is taken out was there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from orebook.accounting.returns import returned_t
from orebook.decisions import Order, Out, Put
from orebook.exact import ZERO, Fraction, exact
from orebook.grams import GRAM, gram_above, gram_below, meant
from orebook.problem import Problem, Withdrawal
from orebook.rounding.amounts import MET, MET_T, Amount, Rounding, Values
from orebook.rounding.puts_and_outs import outs_of, puts_of


def rounded(
    problem: Problem, mineral: str, wanted: Sequence[Amount], values: Values, rounding: Rounding
) -> tuple[list[Order], list[Put], list[Out]]:
    """A mineral's orders, puts and outs; `wanted` are its amounts and `values` what the point has put and taken out."""
    served = _served(problem, mineral, values)
    amounts = _in_grams(wanted, rounding)
    if rounding in ("needed", "as_stored"):
        amounts = _raised(problem, mineral, wanted, amounts, served, values)
    served = _all_served(problem, mineral, wanted, amounts, served, values) if served else served
    ordered = [a for a in amounts if a.tonnes > 0]
    grams = rounding not in ("as_stored", "as_it_is")
    back = _back(problem, mineral, served)
    puts = puts_of(problem, mineral, ordered, back, values, grams=grams)
    outs = outs_of(problem, mineral, puts, served, values, grams=grams) if served else []
    return [Order(a.offer.name, a.week, a.tonnes, a.tier) for a in ordered], puts, outs


def _in_grams(wanted: Sequence[Amount], rounding: Rounding) -> list[Amount]:
    if rounding == "as_it_is":
        return list(wanted)

    def in_grams(amount: Amount) -> Fraction:
        up = rounding == "up" or (rounding == "dearer" and not amount.pays)
        return gram_above(amount.tonnes) if up else gram_below(amount.tonnes)

    return [a if a.grams is None else a.within(in_grams(a)) for a in wanted]


def _served(problem: Problem, mineral: str, values: Values) -> dict[str, Fraction]:
    """Withdrawal -> tonnes taken out for it: all of it where the point serves it, else whole grams.

    What those leave of a gram a later one has: so the plan serves as many grams as the point.
    """
    served, left = {}, ZERO
    for j in sorted(problem.withdrawals.values(), key=lambda j: j.week):
        if j.mineral == mineral:
            tonnes, all_of_it = meant(_point(problem, j, values)), exact(j.tonnes)
            served[j.name] = all_of_it
            if not _meets(tonnes, all_of_it):
                served[j.name] = min(all_of_it, gram_below(tonnes + left + GRAM / 1000))
                left += tonnes - served[j.name]
    return served


def _point(problem: Problem, j: Withdrawal, values: Values) -> float:
    """Tonnes that the point takes out for a withdrawal."""
    return sum(values.get(("out", (j.name, s)), 0.0) for s in problem.sites)


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
    for need in _levels(problem, mineral, wanted, served, values):
        spare.append(sum((amounts[k].tonnes for k in need.among), ZERO) - need.tonnes)
    point = {j: exact(_point(problem, problem.withdrawals[j], values)) for j in served}
    left = ZERO
    for week in range(1, problem.weeks + 1):
        arrived = [sum((a.tonnes for a in listed if a.arrives <= week), ZERO) for listed in (amounts, wanted)]
        for j in problem.withdrawals.values():
            if (j.mineral, j.week) == (mineral, week):
                left += point[j.name] - served[j.name]
                over, most = arrived[0] - arrived[1] + left, min(spare[week - 1 :])
                # where the point leaves nothing to spare, nothing is left: not the part of a gram that lots may end in
                over = most if most - over < MET_T else gram_below(min(over + GRAM / 1000, most))
                more = min(exact(j.tonnes) - served[j.name], over)
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
    problem: Problem,
    mineral: str,
    wanted: Sequence[Amount],
    amounts: list[Amount],
    served: Mapping[str, Fraction],
    values: Values,
) -> list[Amount]:
    """The amounts, more of those that lost most where a need that `wanted` meets is missed."""
    for need in (*_levels(problem, mineral, wanted, served, values), *_commitments(wanted)):
        missing = need.tonnes - sum((amounts[k].tonnes for k in need.among), ZERO)
        loose = [k for k in need.among if amounts[k].grams is not None]
        for k in sorted(loose, key=lambda k: amounts[k].tonnes - wanted[k].tonnes):
            if missing <= 0:
                break
            more = amounts[k].within(amounts[k].tonnes + gram_above(missing))
            missing -= more.tonnes - amounts[k].tonnes
            amounts[k] = more
    return amounts


def _levels(
    problem: Problem, mineral: str, wanted: Sequence[Amount], served: Mapping[str, Fraction], values: Values
) -> list[_Need]:
    """What must have arrived by the end of each week: what is taken out is there, and the aims that are met stay so."""
    needs, taken = [], ZERO
    level = sum((exact(t) for (i, _), t in problem.stock.items() if i == mineral), ZERO)
    back = _back(problem, mineral, served)
    for week in range(1, problem.weeks + 1):
        row = problem.at(week).minerals[mineral]
        use, critical = exact(row.use_t_per_day), exact(row.critical_days)
        level -= _gone(problem, mineral, week, values)
        level += sum((exact(o.tonnes) for o in problem.inbound if (o.mineral, o.week) == (mineral, week)), ZERO)
        level += back.get(week, ZERO)
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


def _back(problem: Problem, mineral: str, served: Mapping[str, Fraction]) -> dict[int, Fraction]:
    """Week of the plan -> tonnes that loans bring back then."""
    found: dict[int, Fraction] = {}
    for j in problem.withdrawals.values():
        if j.mineral == mineral and j.repay_week is not None and j.repay_week <= problem.weeks:
            tonnes = found.get(j.repay_week, ZERO) + returned_t(j, served.get(j.name, ZERO))
            found |= {j.repay_week: tonnes} if tonnes else {}
    return found


def _gone(problem: Problem, mineral: str, week: int, values: Values) -> Fraction:
    """Tonnes that the point leaves in stores that are closed, with what is in them, from the week on."""
    if problem.world is None or week != problem.world.known_week:
        return ZERO
    closing = problem.at(week - 1).sites.keys() - problem.at(week).sites.keys()
    drawn = [j for j in problem.withdrawals.values() if j.mineral == mineral and j.week < week]
    return sum(
        (
            exact(problem.stock.get((mineral, s), 0.0))
            + sum(
                (exact(o.tonnes) for o in problem.inbound if (o.mineral, o.site) == (mineral, s) and o.week < week),
                ZERO,
            )
            + sum((exact(values.get(("put", (mineral, s, w)), 0.0)) for w in range(1, week)), ZERO)
            - sum((exact(values.get(("out", (j.name, s)), 0.0)) for j in drawn), ZERO)
            for s in closing
        ),
        ZERO,
    )


def _commitments(wanted: Sequence[Amount]) -> list[_Need]:
    """What is committed to offers that is met."""
    needs = []
    for offer in {a.offer.name: a.offer for a in wanted if a.offer.commit_t > 0}.values():
        among = [k for k, a in enumerate(wanted) if a.offer.name == offer.name]
        if _meets(sum((wanted[k].tonnes for k in among), ZERO), exact(offer.commit_t)):
            needs.append(_Need(among, exact(offer.commit_t)))
    return needs
