"""A mineral's puts and outs by store: what arrives is put away to the last part of a gram, what is taken out was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from orebook.decisions import Converted, Out, Put, Sale
from orebook.exact import ZERO, Fraction, exact
from orebook.grams import GRAM, gram_below
from orebook.problem import Problem
from orebook.rounding.amounts import MET_T, Amount, Values
from orebook.rounding.takers import Kind, Taker

Key = tuple[Kind, str, int]


def puts_of(
    problem: Problem,
    mineral: str,
    amounts: Sequence[Amount],
    back: Mapping[int, Fraction],
    values: Values,
    *,
    grams: bool,
) -> list[Put]:
    """Puts by site that add up to what arrives; what rounding leaves of a site it has the next time.

    `back` are the tonnes that loans and conversions bring, by week.
    """
    puts, left = list[Put](), dict.fromkeys(problem.sites, ZERO)
    for week in sorted({*(a.arrives for a in amounts if a.arrives <= problem.weeks), *back}):
        arrives = sum((a.tonnes for a in amounts if a.arrives == week), back.get(week, ZERO))
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


def outs_of(
    problem: Problem,
    mineral: str,
    puts: Sequence[Put],
    takers: Sequence[Taker],
    served: Mapping[Key, Fraction],
    values: Values,
    *,
    grams: bool,
) -> list[Out | Sale | Converted]:
    """What is taken out of each store, week by week: what is left in each is what the point leaves, the largest apart."""
    held = {s: exact(problem.stock.get((mineral, s), 0.0)) for s in problem.sites}
    point, outs = dict(held), list[Out | Sale | Converted]()
    for week in range(1, problem.weeks + 1):
        for site in problem.sites.keys() - problem.at(week).sites.keys():
            held[site] = point[site] = ZERO
        came = [(o.site, exact(o.tonnes)) for o in problem.inbound if (o.mineral, o.week) == (mineral, week)]
        of_week = [taker for taker in takers if taker.week == week]
        for site, tonnes in (*came, *((p.site, p.tonnes) for p in puts if p.week == week)):
            held[site] += tonnes
        for site in point:
            point[site] += sum((tonnes for at, tonnes in came if at == site), ZERO)
            point[site] += exact(values.get(("put", (mineral, site, week)), 0.0))
            point[site] -= sum((exact(taker.point.get(site, 0.0)) for taker in of_week), ZERO)
        if of_week:
            left = sum(held.values(), ZERO) - sum((served[taker.key] for taker in of_week), ZERO)
            dust = MET_T if grams else ZERO
            kept = _like({s: t if t > dust else ZERO for s, t in point.items()}, max(ZERO, left), grams=grams)
            for out in _shared_out(of_week, served, _emptied(held, kept)):
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
    of_week: Sequence[Taker], served: Mapping[Key, Fraction], taken: dict[str, Fraction]
) -> list[Out | Sale | Converted]:
    """Who has what is taken out of each store: what the point gives them first, then what is left."""
    outs: dict[tuple[Key, str], Fraction] = {}
    by_key = {taker.key: taker for taker in of_week}
    for most in (True, False):
        for taker in of_week:
            missing = served[taker.key] - sum((t for (key, _), t in outs.items() if key == taker.key), ZERO)
            for site, there in taken.items():
                point = _nearest(exact(taker.point.get(site, 0.0)))
                tonnes = min(missing, there, point) if most else min(missing, there)
                if tonnes > 0:
                    outs[taker.key, site] = outs.get((taker.key, site), ZERO) + tonnes
                    taken[site], missing = there - tonnes, missing - tonnes
    return [by_key[key].taken(site, tonnes) for (key, site), tonnes in outs.items()]


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
