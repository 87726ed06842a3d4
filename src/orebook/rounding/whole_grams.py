"""One mineral's tonnes in whole grams, so that the plan keeps what the solver's point keeps.

Loose tonnes are rounded down, so that no limit is passed, and up again where a target, a withdrawal or a commitment that the
point meets would be missed. What arrives is put away to the last part of a gram; what is taken out was there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from orebook.decisions import Order, Out, Put
from orebook.exact import ZERO, Fraction, exact
from orebook.grams import GRAM, gram_above, gram_below, meant
from orebook.problem import Offer, Problem, Withdrawal

Rounding = Literal["needed", "up", "down", "dearer", "as_stored", "as_it_is"]
"""Of loose tonnes: down and up where needed, all up, all down, or not at all. `dearer`: up, but down where they cost less than
nothing, so that no week's cash falls. `as_stored`: as needed, and what is put away and
taken out is no whole grams, for stores that parts of a gram fill."""

Values = Mapping[tuple[str, object], float]
"""(component, index) of a variable -> its value; a variable that is not there is 0."""


MET = Fraction(1, 10**7)
"""Part of an amount by which a solver's point may be under what it is meant to meet;"""

MET_T = 2 * GRAM
"""and tonnes, where they are less than a thousandth of it."""


@dataclass(frozen=True)
class Amount:
    """What an offer is to supply in a week. `grams` are the least and most of loose tonnes; None where they are fixed.

    `pays`: they cost less than nothing.
    """

    offer: Offer
    week: int
    arrives: int
    tonnes: Fraction
    tier: Fraction | None = None
    grams: tuple[Fraction, Fraction] | None = None
    pays: bool = False

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
    if rounding in ("needed", "as_stored"):
        amounts = _raised(problem, mineral, wanted, amounts, served, values)
    served = _all_served(problem, mineral, wanted, amounts, served, values) if served else served
    ordered = [a for a in amounts if a.tonnes > 0]
    grams = rounding not in ("as_stored", "as_it_is")
    puts = _puts(problem, mineral, ordered, values, grams=grams)
    outs = _outs(problem, mineral, puts, served, values, grams=grams) if served else []
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
    for week in range(1, problem.weeks + 1):
        row = problem.at(week).minerals[mineral]
        use, critical = exact(row.use_t_per_day), exact(row.critical_days)
        level -= _gone(problem, mineral, week, values)
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


def _puts(problem: Problem, mineral: str, amounts: Sequence[Amount], values: Values, *, grams: bool) -> list[Put]:
    """Puts by site that add up to what arrives; what rounding leaves of a site it has the next time."""
    puts, left = list[Put](), dict.fromkeys(problem.sites, ZERO)
    for week in sorted({a.arrives for a in amounts if a.arrives <= problem.weeks}):
        arrives = sum((a.tonnes for a in amounts if a.arrives == week), ZERO)
        accepting = [s for s in problem.sites if ("put", (mineral, s, week)) in values]
        accepting = accepting or list(problem.at(week).sites)
        shares = {s: exact(values.get(("put", (mineral, s, week)), 0.0)) for s in accepting}
        dust = min(MET_T, arrives / 1000)  # what a tolerance lets through
        placed = _like({s: t + left[s] if t > dust else ZERO for s, t in shares.items()}, arrives, grams=grams)
        for site, tonnes in placed.items():
            left[site] += shares[site] - tonnes
            puts += [Put(mineral, site, week, tonnes)] if tonnes > 0 else []
    return puts


def _like(amounts: Mapping[str, Fraction], total: Fraction, *, grams: bool) -> dict[str, Fraction]:
    """Amounts, in whole grams if so asked, the largest first, that add up: it takes what the others leave."""
    by_size = sorted(amounts.items(), key=lambda item: item[1], reverse=True)
    rounded_down = {key: gram_below(amount + GRAM / 1000) if grams else amount for key, amount in by_size}
    return adding_up({key: max(ZERO, amount) for key, amount in rounded_down.items()}, total)


def _outs(
    problem: Problem,
    mineral: str,
    puts: Sequence[Put],
    served: Mapping[str, Fraction],
    values: Values,
    *,
    grams: bool,
) -> list[Out]:
    """What is taken out of each store, week by week: what is left in each is what the point leaves, the largest apart."""
    held = {s: exact(problem.stock.get((mineral, s), 0.0)) for s in problem.sites}
    point, outs = dict(held), list[Out]()
    for week in range(1, problem.weeks + 1):
        for site in problem.sites.keys() - problem.at(week).sites.keys():
            held[site] = point[site] = ZERO
        came = [(o.site, exact(o.tonnes)) for o in problem.inbound if (o.mineral, o.week) == (mineral, week)]
        of_week = [j for j in problem.withdrawals.values() if (j.mineral, j.week) == (mineral, week)]
        for site, tonnes in (*came, *((p.site, p.tonnes) for p in puts if p.week == week)):
            held[site] += tonnes
        for site in point:
            point[site] += sum((tonnes for at, tonnes in came if at == site), ZERO)
            point[site] += exact(values.get(("put", (mineral, site, week)), 0.0))
            point[site] -= sum((exact(values.get(("out", (j.name, site)), 0.0)) for j in of_week), ZERO)
        if of_week:
            left = sum(held.values(), ZERO) - sum((served[j.name] for j in of_week), ZERO)
            dust = MET_T if grams else ZERO
            kept = _like({s: t if t > dust else ZERO for s, t in point.items()}, max(ZERO, left), grams=grams)
            for out in _shared_out(of_week, served, _emptied(held, kept), values):
                held[out.site] -= out.tonnes
                outs.append(out)
    return outs


def _emptied(held: Mapping[str, Fraction], left: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Site -> tonnes to take out so that as much is left, as near as what is held allows."""
    taken = {s: max(ZERO, held[s] - left[s]) for s in held}
    over = sum(taken.values(), ZERO) - (sum(held.values(), ZERO) - sum(left.values(), ZERO))
    for site in sorted(taken, key=lambda s: taken[s], reverse=True):
        less = min(over, taken[site])
        taken[site], over = taken[site] - less, over - less
    return taken


def _shared_out(
    of_week: Sequence[Withdrawal], served: Mapping[str, Fraction], taken: dict[str, Fraction], values: Values
) -> list[Out]:
    """Who has what is taken out of each store: what the point gives them first, then what is left."""
    outs: dict[tuple[str, str], Fraction] = {}
    for most in (True, False):
        for j in of_week:
            missing = served[j.name] - sum((t for (name, _), t in outs.items() if name == j.name), ZERO)
            for site, there in taken.items():
                point = _nearest(exact(values.get(("out", (j.name, site)), 0.0)))
                tonnes = min(missing, there, point) if most else min(missing, there)
                if tonnes > 0:
                    outs[j.name, site] = outs.get((j.name, site), ZERO) + tonnes
                    taken[site], missing = there - tonnes, missing - tonnes
    return [Out(name, site, tonnes) for (name, site), tonnes in outs.items()]


def _nearest(tonnes: Fraction) -> Fraction:
    return max(ZERO, gram_below(tonnes + GRAM / 2))


def adding_up(shares: Mapping[str, Fraction], total: Fraction) -> dict[str, Fraction]:
    """Shares altered so that they add up, none below 0: the largest first."""
    result, rest = dict(shares), total - sum(shares.values(), ZERO)
    for key in sorted(result, key=lambda k: result[k], reverse=True):
        result[key], rest = max(ZERO, result[key] + rest), min(ZERO, result[key] + rest)
        if rest == 0:
            break
    return result
