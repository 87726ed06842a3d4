"""The world of a future: a problem until a week, the same after changes from that week on.

What belongs to a week is read from `Problem.at(week)`, an order's terms from `Problem.terms(week)`; what belongs to the
whole plan stands on the problem itself. Orders placed before the week that arrive in it or later are under way then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, TypeVar

from orebook.problem import Future, House, Problem, World
from orebook.schema.tables import InTransit

K = TypeVar("K", bound=Any)
V = TypeVar("V")


def futures_of(problem: Problem) -> tuple[Future, ...]:
    """A problem's futures; where it has none the one that is certain: the problem as it stands."""
    return problem.futures or (Future("as it stands", 1.0, problem.weeks + 1, "lost", None, ()),)


def world_in(problem: Problem, future: Future) -> Problem:
    """The problem as it is in a future. Raises InputError for changes that cannot be made."""
    if not future.changes:
        return problem
    return problem.change(*future.changes, known=future.known_week, in_transit=future.in_transit)


def world_of(
    before: Problem, after: Problem, known_week: int, in_transit: InTransit, changes: tuple[str, ...] = ()
) -> Problem:
    """The problem that is `before` in the weeks before `known_week` and `after` from it on.

    `after` is `before` with `changes` made, as they were written.
    """
    before = _with_news(before, after)
    weeks = range(1, before.weeks + 1)
    early = [w for w in weeks if w < known_week]

    def by_week(rows_before: Any, rows_after: Any) -> tuple[Any, ...]:
        rows = [r for r in rows_before if r.week < known_week] + [r for r in rows_after if r.week >= known_week]
        return tuple(sorted(rows, key=lambda r: (r.mineral, r.week)))

    drawn = by_week(before.withdrawals.values(), after.withdrawals.values())
    benchmark = {k: (before if k[1] < known_week else after).benchmark[k] for k in after.benchmark}
    released = None
    if after.released is not None:
        earlier = before.released or {}
        released = _sorted(
            {w: usd for w, usd in earlier.items() if w < known_week}
            | {w: usd for w, usd in after.released.items() if w >= known_week}
        )
    return replace(
        after,
        offers=_also(after.offers, before.offers, lambda o: replace(o, max_t=None, commit_t=0.0)),
        houses=_sorted({**_also(after.houses, before.houses, _unlimited), **_engaged_as_before(before, after)}),
        sites=_also(after.sites, before.sites, _same),
        sources=_also(after.sources, before.sources, _same) if early else after.sources,
        stock=before.stock,
        stock_by_age=before.stock_by_age,
        bids=_also(after.bids, before.bids, lambda bid: replace(bid, max_t=None)),
        conversions=_also(after.conversions, before.conversions, _same),
        substitutes=_also(after.substitutes, before.substitutes, _same),
        inbound=by_week(before.inbound, after.inbound),
        released=released,
        targets=by_week(before.targets, after.targets),
        withdrawals=_sorted({j.name: j for j in drawn}),
        prior=before.prior,
        frozen_weeks=before.frozen_weeks,
        benchmark=_sorted(benchmark),
        changes=changes,
        digest=_digest(before.digest, after.digest, str(known_week), in_transit),
        world=World(before, after, known_week, in_transit),
    )


def _with_news(before: Problem, after: Problem) -> Problem:
    """The problem before the news, with the minerals that only the news has: nobody sells them yet."""
    new = after.minerals.keys() - before.minerals.keys()
    if not new:
        return before
    minerals = {**before.minerals, **{i: after.minerals[i] for i in new}}
    benchmark = {**before.benchmark, **{k: usd for k, usd in after.benchmark.items() if k[0] in new}}
    world = before.world
    if world is not None:
        world = replace(world, before=_with_news(world.before, after), after=_with_news(world.after, after))
    return replace(before, minerals=_sorted(minerals), benchmark=_sorted(benchmark), world=world)


def _also(after: Mapping[K, V], before: Mapping[K, V], kept: Any) -> Mapping[K, V]:
    """Rows by name: those after the news, and those that it took away, as `kept` leaves them."""
    gone = {name: kept(row) for name, row in before.items() if name not in after}
    return _sorted({**after, **gone}) if gone else after


def _engaged_as_before(before: Problem, after: Problem) -> dict[str, House]:
    """Houses that stay: what engaging one costs is settled in week 1."""
    return {
        h.name: replace(after.houses[h.name], engage_fee_usd=h.engage_fee_usd, engaged=h.engaged)
        for h in before.houses.values()
        if h.name in after.houses
    }


def _unlimited(house: House) -> House:
    return replace(house, capacity_t=None, max_spend_usd=None)


def _same(row: V) -> V:
    return row


def _sorted(items: Mapping[K, V]) -> Mapping[K, V]:
    return MappingProxyType({k: items[k] for k in sorted(items)})


def _digest(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()
