"""Goods in store and under way, against what the stores and ceilings allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from orebook.accounting.start_limits import opening_stock
from orebook.checks.context import CheckContext
from orebook.exact import Fraction, exact
from orebook.findings import Finding
from orebook.reading.quoting import figure
from orebook.schema.tables import InboundRow, MineralRow, SiteRow, StockRow


def stock_over_store(case: CheckContext) -> Iterator[Finding]:
    """Stock and inbound orders that take more room, or are worth more, than their store allows."""
    volume: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    value: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for (mineral, site, week), tonnes in opening_stock(case.problem).items():
        if tonnes:
            volume[site, week] += tonnes * exact(case.problem.minerals[mineral].m3_per_t)
            value[site, week] += tonnes * exact(case.problem.benchmark[mineral, week])
    sheet = case.sheet(SiteRow)
    for entry, row in sheet.rows():
        for column, unit, limit, held in (
            ("capacity_m3", "m3", row.capacity_m3, volume),
            ("max_value_usd", "USD", row.max_value_usd, value),
        ):
            by_week = [held[row.site, w] for w in range(1, case.problem.weeks + 1)]
            says = _exceeded(limit, by_week, unit) if limit is not None else None
            if says:
                yield sheet.warning("stock_over_store", entry, column, says)


def stock_over_ceiling(case: CheckContext) -> Iterator[Finding]:
    """Stock and inbound orders that are more than max_days of cover."""
    held: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for (mineral, _, week), tonnes in opening_stock(case.problem).items():
        held[mineral, week] += tonnes
    sheet = case.sheet(MineralRow)
    for entry, row in sheet.rows():
        use = exact(case.problem.minerals[row.mineral].use_t_per_day)
        if row.max_days is None or not use:
            continue
        days = [held[row.mineral, week] / use for week in range(1, case.problem.weeks + 1)]
        if says := _exceeded(row.max_days, days, "days"):
            yield sheet.warning("stock_over_ceiling", entry, "max_days", says)


def _exceeded(limit: float, by_week: list[Fraction], unit: str) -> str | None:
    """The first week that passes the limit, in words; None where none does."""
    over = next(((week, held) for week, held in enumerate(by_week, start=1) if held > exact(limit)), None)
    if over is None:
        return None
    says = f"{figure(limit)} is less than stock and inbound bring to week {over[0]}"
    return f"{says}: {figure(float(over[1]), 6)} {unit}, which becomes the limit"


def room_without_size(case: CheckContext) -> Iterator[Finding]:
    """Stores with limited room, and no mineral that takes any."""
    sheet = case.sheet(SiteRow)
    limited = [entry for entry, row in sheet.rows() if row.capacity_m3 is not None]
    if limited and not any(mineral.m3_per_t for mineral in case.problem.minerals.values()):
        file = case.sheet(MineralRow).file
        says = f"limits nothing: no mineral in {file} has m3_per_t, so goods take no room; give each its m3_per_t"
        yield sheet.warning("room_without_size", limited[0], "capacity_m3", says)


def class_not_accepted(case: CheckContext) -> Iterator[Finding]:
    """Stock in, or an inbound order for, a store that does not accept the mineral's storage class."""
    for sheet in (case.sheet(StockRow), case.sheet(InboundRow)):
        for entry, row in sheet.rows():
            accepts = case.problem.sites[row.site].accepts
            needed = case.problem.minerals[row.mineral].storage_class
            if accepts is not None and needed not in accepts:
                says = f'"{row.site}" accepts {", ".join(sorted(accepts))}, and "{row.mineral}" is of class {needed}'
                yield sheet.warning("class_not_accepted", entry, "site", says)


def inbound_after_plan(case: CheckContext) -> Iterator[Finding]:
    """An inbound order that arrives after week T: its goods and what is due for it are left out."""
    sheet = case.sheet(InboundRow)
    for entry, row in sheet.rows():
        if row.week > case.problem.weeks:
            says = f"{row.week} is after the last week, {case.problem.weeks}: the order is left out"
            yield sheet.warning("inbound_after_plan", entry, "week", says)
