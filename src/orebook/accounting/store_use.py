"""What fills each store, week by week, against the limits that hold that week."""

from __future__ import annotations

from orebook.accounting.exact_problem import ExactProblem
from orebook.accounting.stock_flow import Flow, total
from orebook.accounting.weeks import StoreWeek
from orebook.exact import ZERO, Fraction, exact


def stores_of(case: ExactProblem, flow: Flow) -> tuple[StoreWeek, ...]:
    """A row a site and week, by site."""
    put = total(((site, week), tonnes) for (_, site, week), tonnes in flow.put.items())
    held: dict[tuple[str, int], list[tuple[str, Fraction]]] = {}
    for (mineral, site, week), tonnes in flow.stock.items():
        if tonnes:
            held.setdefault((site, week), []).append((mineral, tonnes))
    return tuple(
        _store_week(case, site, week, held.get((site, week), []), put.get((site, week), ZERO))
        for site in case.problem.sites
        for week in case.weeks
    )


def _store_week(case: ExactProblem, site: str, week: int, held: list[tuple[str, Fraction]], put: Fraction) -> StoreWeek:
    row = case.problem.at(week).sites.get(site)
    typed = 0.0 if row is None else row.inbound_t_per_week
    frozen = sum((t for (_, s, w), t in case.frozen_puts.items() if (s, w) == (site, week)), ZERO)
    return StoreWeek(
        site=site,
        week=week,
        tonnes=sum((tonnes for _, tonnes in held), ZERO),
        volume_m3=sum((case.m3_per_t[mineral, week] * tonnes for mineral, tonnes in held), ZERO),
        capacity_m3=case.room_m3[site, week],
        put_t=put,
        inbound_t_per_week=None if typed is None else max(exact(typed), frozen),
        value_usd=sum((case.benchmark[mineral, week] * tonnes for mineral, tonnes in held), ZERO),
        max_value_usd=case.worth_usd[site, week],
    )
