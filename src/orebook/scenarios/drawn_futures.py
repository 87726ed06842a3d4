"""Futures drawn at random, of which a few are kept that stand for all: price walks, and hazards as they strike.

Selection is inside each set of hazards that struck, so that a bar is never averaged away. Where there are more such sets than
futures are to be kept, the likeliest sets are, and a draw of another joins the set that is most like its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from orebook import arguments
from orebook.errors import InputError
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.scenarios.forward_selection import kept
from orebook.scenarios.future_tables import with_futures
from orebook.scenarios.hazard_draws import Struck, hazards_of, strikes
from orebook.scenarios.price_walks import price_walks, refuse_one_week
from orebook.scenarios.sample import Sample
from orebook.scenarios.volatility import Floats

MAX_DRAWS = 3000
"""Every draw is held against every other of its group."""


@dataclass(frozen=True, slots=True)
class DrawnFutures:
    """Drawn futures of which a few are kept.

    `problem`: the one they were drawn for, with those that are kept as its `futures`.
    `all_draws`, `kept`: by figure, its number, mean, deviation and mean of the worst tenth over all draws, and over those.
    `joined`: the part of the draws (0..1) whose hazards no kept future has.
    `foreseen`: whether a hazard of them is known from week 2 on, as the prices of its future are.
    """

    problem: Problem
    all_draws: dict[str, Sample]
    kept: dict[str, Sample]
    joined: float
    foreseen: bool


def drawn_futures(
    problem: Problem, draws: int = 500, keep: int = 12, seed: int = 1, *, prices: bool = True
) -> DrawnFutures:
    """Draw so many futures and keep a few; without `prices` hazards alone, each known from the week of the first on.

    Raises InputError for numbers out of bounds, a plan of one week, nothing to draw from, and a hazard that cannot be made.
    """
    arguments.refuse(
        arguments.count("draws", draws, 1, MAX_DRAWS),
        arguments.count("keep", keep, 1, MAX_DRAWS),
        arguments.count("seed", seed, 0),
    )
    refuse_nothing(problem, prices=prices)
    names, factors = price_walks(problem, draws, seed) if prices else ([], np.ones((draws, problem.weeks - 1, 0)))
    struck = strikes(problem, draws, seed)
    groups = [frozenset(name for name, _ in each) for each in struck]
    likeliest = [group for group, _ in sorted(Counter(groups).items(), key=lambda g: (-g[1], sorted(g[0])))][:keep]
    joined = [_nearest(group, likeliest) for group in groups]
    own = [a == b for a, b in zip(groups, joined, strict=True)]
    points = np.hstack([_price_points(problem, names, factors), _strike_points(problem, struck)])
    chosen = _chosen(points, joined, own, keep)
    places, counts = [k for k, _ in chosen], np.array([n for _, n in chosen], float)
    figures = {
        f"price of a day's use in week {problem.weeks}, 1 as it stands": _index(problem, names, factors),
        "hazards that strike": np.array([len(each) for each in struck], float),
    }
    shown = {what: values for what, values in figures.items() if prices or what == "hazards that strike"}
    return DrawnFutures(
        problem=with_futures(problem, names, factors, struck, chosen, draws),
        all_draws={what: Sample.of(values, np.full(draws, 1 / draws)) for what, values in shown.items()},
        kept={what: Sample.of(values[places], counts / draws) for what, values in shown.items()},
        joined=1 - sum(own) / draws,
        foreseen=prices and any(struck[k] for k in places),
    )


def _nearest(group: frozenset[str], kept_groups: Sequence[frozenset[str]]) -> frozenset[str]:
    """The set of hazards that differs least from this one, the likeliest of equals; itself where it is kept."""
    return min(kept_groups, key=lambda other: len(other ^ group))


def refuse_nothing(problem: Problem, *, prices: bool) -> None:
    """Raises InputError where nothing can be drawn: a plan of one week, or neither prices nor a hazard."""
    refuse_one_week(problem)
    if not prices and not hazards_of(problem):
        says = "has no hazard that can strike, and prices are not drawn; list hazard, change and chance"
        raise InputError([fault("hazards.csv", None, "no_hazard", says)])


def _chosen(points: Floats, groups: Sequence[frozenset[str]], own: Sequence[bool], keep: int) -> list[tuple[int, int]]:
    """Kept draws and for how many they stand; draws that joined a group are counted there and never kept themselves."""
    mine = [k for k, ones in enumerate(own) if ones]
    counts = {mine[place]: number for place, number in kept(points[mine], [groups[k] for k in mine], keep)}
    for k, group in enumerate(groups):
        if not own[k]:
            like = [place for place in counts if groups[place] == group]
            apart = ((points[like] - points[k]) ** 2).sum(axis=1)
            counts[like[int(apart.argmin())]] += 1
    return sorted(counts.items())


def _weights(problem: Problem, names: Sequence[str]) -> Floats:
    """The part of each mineral in what a day's use of all these costs in the last week; equal parts where none is used."""
    value = np.array([problem.minerals[m].use_t_per_day * problem.benchmark[m, problem.weeks] for m in names])
    return value / value.sum() if value.sum() > 0 else np.full(len(names), 1 / max(1, len(names)))


def _index(problem: Problem, names: Sequence[str], factors: Floats) -> Floats:
    """What a day's use costs in the last week, as a multiple of what it costs as things stand."""
    found: Floats = factors[:, -1, :] @ _weights(problem, names)
    return found


def _price_points(problem: Problem, names: Sequence[str], factors: Floats) -> Floats:
    """The draws as points: log prices by week, weighed by what is used of each, spread by 1 in all."""
    points: Floats = (np.log(factors) * _weights(problem, names)).reshape(len(factors), -1)
    spread = sqrt(float(((points - points.mean(axis=0)) ** 2).sum(axis=1).mean())) if points.size else 0.0
    return points / spread if spread else points


def _strike_points(problem: Problem, struck: Sequence[Struck]) -> Floats:
    """The draws as points: the week in which each hazard strikes, as a part of the plan."""
    names = [row.hazard for row in hazards_of(problem)]
    weeks = [dict(each) for each in struck]
    return np.array([[each.get(name, 0) / problem.weeks for name in names] for each in weeks]).reshape(len(struck), -1)
