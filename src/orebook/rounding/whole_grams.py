"""One mineral's tonnes in whole grams, so that the plan keeps what the solver's point keeps.

Loose tonnes are rounded down, so that no limit is passed, and up again where a target, a withdrawal or a commitment that the
point meets would be missed. What arrives is put away to the last part of a gram; what is taken out was there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from orebook.decisions import Converted, Order, Out, Put, Sale, StandIn
from orebook.exact import ZERO, Fraction, exact
from orebook.grams import GRAM, gram_above, gram_below
from orebook.problem import Problem
from orebook.rounding.amounts import MET_T, Amount, Rounding, Values
from orebook.rounding.levels import Key, Levels, Need
from orebook.rounding.puts_and_outs import outs_of, puts_of
from orebook.rounding.takers import in_grams, meets, takers_of

NOTHING: Mapping[int, Fraction] = MappingProxyType({})


@dataclass(frozen=True)
class MineralPlan:
    """A mineral's orders, puts, and all that is taken out of its stores."""

    orders: list[Order]
    puts: list[Put]
    taken: list[Out | Sale | Converted]


def rounded(
    problem: Problem,
    mineral: str,
    wanted: Sequence[Amount],
    values: Values,
    rounding: Rounding,
    made: Mapping[int, Fraction] = NOTHING,
    stand_ins: Sequence[StandIn] = (),
) -> MineralPlan:
    """A mineral's decisions; `wanted` are its amounts and `values` what the point has put and taken out.

    `made`: week -> tonnes that conversions bring. `stand_ins`: what stands for what.
    """
    takers = takers_of(problem, mineral, values)
    served = in_grams(takers)
    amounts = _in_grams(wanted, rounding)
    levels = Levels(problem, mineral, values, takers, made, stand_ins)
    if rounding in ("needed", "as_stored"):
        amounts = _raised(levels, wanted, amounts, served)
    served = _all_served(levels, wanted, amounts, served) if served else served
    ordered = [a for a in amounts if a.tonnes > 0]
    grams = rounding not in ("as_stored", "as_it_is")
    puts = puts_of(problem, mineral, ordered, levels.back(served), values, grams=grams)
    taken = outs_of(problem, mineral, puts, takers, served, values, grams=grams) if served else []
    return MineralPlan([Order(a.offer.name, a.week, a.tonnes, a.tier) for a in ordered], puts, taken)


def _in_grams(wanted: Sequence[Amount], rounding: Rounding) -> list[Amount]:
    if rounding == "as_it_is":
        return list(wanted)

    def in_grams(amount: Amount) -> Fraction:
        up = rounding == "up" or (rounding == "dearer" and not amount.pays)
        return gram_above(amount.tonnes) if up else gram_below(amount.tonnes)

    return [a if a.grams is None else a.within(in_grams(a)) for a in wanted]


def _all_served(
    levels: Levels, wanted: Sequence[Amount], amounts: Sequence[Amount], served: Mapping[Key, Fraction]
) -> dict[Key, Fraction]:
    """What is taken, and more of what is not served in full where rounding brought more: no store is the fuller for it."""
    served, spare = dict(served), list[Fraction]()
    for need in levels.needs(wanted, served):
        spare.append(sum((amounts[k].tonnes for k in need.among), ZERO) - need.tonnes)
    left = ZERO
    for week in range(1, levels.problem.weeks + 1):
        arrived = [sum((a.tonnes for a in listed if a.arrives <= week), ZERO) for listed in (amounts, wanted)]
        for taker in levels.takers:
            if taker.kind == "out" and taker.week == week and taker.all_of_it is not None:
                left += exact(taker.total) - served[taker.key]
                over, most = arrived[0] - arrived[1] + left, min(spare[week - 1 :])
                # where the point leaves nothing to spare, nothing is left: not the part of a gram that lots may end in
                over = most if most - over < MET_T else gram_below(min(over + GRAM / 1000, most))
                more = min(taker.all_of_it - served[taker.key], over)
                if more > 0:
                    served[taker.key], left = served[taker.key] + more, left - more
                    spare[week - 1 :] = [tonnes - more for tonnes in spare[week - 1 :]]
    return served


def _raised(
    levels: Levels, wanted: Sequence[Amount], amounts: list[Amount], served: Mapping[Key, Fraction]
) -> list[Amount]:
    """The amounts, more of those that lost most where a need that `wanted` meets is missed."""
    for need in (*levels.needs(wanted, served), *_commitments(wanted)):
        missing = need.tonnes - sum((amounts[k].tonnes for k in need.among), ZERO)
        loose = [k for k in need.among if amounts[k].grams is not None]
        for k in sorted(loose, key=lambda k: amounts[k].tonnes - wanted[k].tonnes):
            if missing <= 0:
                break
            more = amounts[k].within(amounts[k].tonnes + gram_above(missing))
            missing -= more.tonnes - amounts[k].tonnes
            amounts[k] = more
    return amounts


def _commitments(wanted: Sequence[Amount]) -> list[Need]:
    """What is committed to offers that is met."""
    needs = []
    for offer in {a.offer.name: a.offer for a in wanted if a.offer.commit_t > 0}.values():
        among = [k for k, a in enumerate(wanted) if a.offer.name == offer.name]
        if meets(sum((wanted[k].tonnes for k in among), ZERO), exact(offer.commit_t)):
            needs.append(Need(among, exact(offer.commit_t)))
    return needs
