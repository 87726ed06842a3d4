"""The least of a limit that a plan needs: what a limit must become for the tickets that a plan without it has."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from orebook.plan import Plan

ROOM = 1e-6
"""Part of a limit that a plan may be over it: a need within it is none."""


@dataclass(frozen=True)
class Need:
    """Changes that loosen limits no further than a plan needs, and by how much."""

    changes: tuple[str, ...]
    figures: dict[str, float] = field(default_factory=dict)


def needs_of(base: Plan, cause: str, without: Plan) -> Need | None:
    """What of a cause's limits must give for `without`, a plan made without them; None where a cause is no amount."""
    if cause == "budget":
        return _budget(base, without)
    if cause == "store":
        return _stores(base, without)
    return None


def _budget(base: Plan, without: Plan) -> Need | None:
    """More budget, and as much more from the source with the largest limit, where the sources had no more to give."""
    problem = base.problem
    weeks = without.judgement.cash
    held = weeks if problem.money_returns_from is not None else weeks[-1:]  # the weeks in which the budget holds
    cash = float(max(week.net_to_date_usd for week in held))
    changes, more = [], 0.0
    if problem.budget_usd is not None and cash > problem.budget_usd * (1 + ROOM):
        more = math.ceil(cash - problem.budget_usd)
        changes.append(f"instance.budget_usd=+{more}")
    limits = {s.name: s.limit_usd - s.drawn_usd for s in problem.sources.values() if s.limit_usd is not None}
    short = cash - sum(limits.values())
    if len(limits) == len(problem.sources) and short > ROOM * cash:
        more = max(more, math.ceil(short))
        changes.append(f"funding.{max(limits, key=lambda s: limits[s])}.limit_usd=+{math.ceil(short)}")
    return Need(tuple(changes), {"budget_usd": float(more)}) if changes else None


def _stores(base: Plan, without: Plan) -> Need | None:
    """More room, intake or value, site by site, where the plan goes over what the site has."""
    changes = tuple(_store_changes(base, without))
    return Need(changes) if changes else None


def _store_changes(base: Plan, without: Plan) -> Iterator[str]:
    limits = {(s.site, s.week): s for s in base.judgement.stores}
    for site in base.problem.sites.values():
        for column, used in (
            ("capacity_m3", "volume_m3"),
            ("inbound_t_per_week", "put_t"),
            ("max_value_usd", "value_usd"),
        ):
            weeks = [(s, limits[s.site, s.week]) for s in without.judgement.stores if s.site == site.name]
            over = max(
                (getattr(s, used) - own for s, was in weeks if (own := getattr(was, column)) is not None), default=0
            )
            if over > 0 and float(over) > ROOM * float(getattr(site, column)):
                yield f"sites.{site.name}.{column}=+{math.ceil(over)}"
