"""Which stock or store keeps tonnes from arriving in another week than they do, with everything else as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from orebook.accounting.weeks import StoreWeek
from orebook.exact import ZERO, Fraction
from orebook.explanations.subproblem.order_probe import OrderProbe
from orebook.grams import GRAM

Arrival = tuple[Fraction, int]
"""Tonnes, more or (negative) fewer, and the week in which they arrive."""


@dataclass(frozen=True)
class Kept:
    """What stops the tonnes: a row, and what there is to say of it in figures."""

    rule: str
    row: str
    figures: dict[str, float] = field(default_factory=dict)


def kept_by_stock(probe: OrderProbe, mineral: str, *arrivals: Arrival) -> Kept | None:
    """The first that stops these changes of arrivals; None where nothing does, whatever store takes them."""
    change = {week: sum((t for t, w in arrivals if w <= week), ZERO) for week in probe.case.weeks}
    found = (_short(probe, mineral, change), _over(probe, mineral, change), _stores(probe, mineral, change, arrivals))
    return next((kept for parts in found for kept in parts), None)


def _short(probe: OrderProbe, mineral: str, change: dict[int, Fraction]) -> Iterator[Kept]:
    """A target that would be missed by more, or a week in which there would be less than nothing."""
    for aim in probe.case.aims:
        week = aim.target.week
        held = probe.ledger.flow.held[aim.target.mineral, week]
        if aim.target.mineral == mineral and change[week] < -GRAM and held + change[week] < aim.target_t - GRAM:
            short = min(-change[week], aim.target_t - held - change[week]) / aim.use_t_per_day
            yield Kept("target", f"target[{mineral},{week}]", {"short_days": float(short)})
    for week in probe.case.weeks:
        if change[week] < 0 and probe.ledger.flow.held[mineral, week] + change[week] < -GRAM:
            yield Kept("flow", f"stock[{mineral},{week}]")


def _over(probe: OrderProbe, mineral: str, change: dict[int, Fraction]) -> Iterator[Kept]:
    if not probe.case.model.on("ceiling"):
        return
    for week in probe.case.weeks:
        most = probe.case.ceiling_t.get((mineral, week))
        held = probe.ledger.flow.held[mineral, week]
        if most is not None and change[week] > GRAM and held + change[week] > most * (1 + GRAM):
            yield Kept("ceiling", f"cover_ceiling[{mineral},{week}]")


def _stores(
    probe: OrderProbe, mineral: str, change: dict[int, Fraction], arrivals: tuple[Arrival, ...]
) -> Iterator[Kept]:
    """What the stores that accept the mineral could together still take in, and hold."""
    if not probe.case.model.on("storage"):
        return
    kind, sites = probe.plan.problem.minerals[mineral].storage_class, probe.plan.problem.sites
    m3 = probe.case.m3_per_t
    for week in probe.case.weeks:
        stores = [s for s in probe.ledger.stores if s.week == week]
        stores = [s for s in stores if (a := sites[s.site].accepts) is None or kind in a]
        comes = sum((t for t, w in arrivals if w == week), ZERO)
        price = probe.case.benchmark[mineral, week]
        for row, more, free in (
            ("site_inbound", comes, [_free(s.inbound_t_per_week, s.put_t) for s in stores]),
            ("site_room", change[week] * m3[mineral, week], [_free(s.capacity_m3, s.volume_m3) for s in stores]),
            ("site_value", change[week] * price, [_free(s.max_value_usd, s.value_usd) for s in stores]),
        ):
            if more > 0 and (widest := _too_little(stores, free, more)):
                yield Kept("storage", f"{row}[{widest.site},{week}]")


def _free(limit: Fraction | None, taken: Fraction) -> Fraction | None:
    return None if limit is None else max(ZERO, limit - taken)


def _too_little(stores: list[StoreWeek], free: list[Fraction | None], more: Fraction) -> StoreWeek | None:
    """The store with most left where all of them together have too little; None where there is enough."""
    left = [f for f in free if f is not None]
    if len(left) < len(free) or not left or sum(left, ZERO) * (1 + GRAM) + GRAM >= more:
        return None
    return max(zip(stores, left, strict=True), key=lambda pair: pair[1])[0]
