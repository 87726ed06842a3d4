"""Prices that are hardly meant: nothing to pay, or another unit than USD per tonne."""

from __future__ import annotations

from collections.abc import Iterator
from math import log
from typing import Any

from orebook.accounting.exact_prices import tier_prices
from orebook.checks.context import CheckContext
from orebook.findings import Finding
from orebook.problem import Offer, Problem
from orebook.reading.book import Entry, Sheet
from orebook.reading.quoting import figure
from orebook.schema.tables import BidRow, FloorRow, OfferRow, PriceRow

OTHER_UNIT = 300.0
"""From this factor on a price is taken to be in another unit; a kilogram is the least of them, at 1 000 a tonne."""
FAR_OFF = 5.0
"""From this factor on a price is far off its benchmark."""

UNITS_PER_TONNE = (("kg", 1000.0), ("lb", 2204.6226218), ("troy ounce", 32150.7466), ("gram", 1e6))
"""Units that metals are quoted in, and how many a tonne has."""

_POUND_IS_RARER = log(1.5)

Quoted = tuple[Sheet[Any], Entry[Any], str, float, float]


def costs_nothing(case: CheckContext) -> Iterator[Finding]:
    """An offer with a tier of which a tonne, all told, costs nothing or less."""
    sheet = case.sheet(OfferRow)
    for entry, row in sheet.rows():
        offer = case.problem.offers[row.offer]
        landed = {
            price.landed: week
            for week in _extremes(case.problem, offer)
            for price in tier_prices(case.problem, offer, week)
            if not price.rejected
        }
        least = min(landed, default=None)
        if least is not None and least <= 0:
            price = f'a tonne of "{row.offer}" costs {figure(float(least))} USD in week {landed[least]}'
            says = f"{price}; check its price, premium and tiers"
            yield sheet.warning("costs_nothing", entry, "offer", says)


def _extremes(problem: Problem, offer: Offer) -> set[int]:
    """Weeks of which one has the offer's lowest price: those of the lowest and the highest benchmark."""
    if offer.price_usd_per_t is not None:
        return {1}
    weeks = range(1, problem.weeks + 1)
    price = {week: problem.benchmark[offer.mineral, week] for week in weeks}
    return {min(price, key=lambda w: price[w]), max(price, key=lambda w: price[w])}


def off_by_a_unit(case: CheckContext) -> Iterator[Finding]:
    """A price some thousand times off the benchmark: USD per kg or lb where USD per tonne is meant."""
    for sheet, entry, column, price, benchmark in _quoted(case):
        ratio = price / benchmark
        if 1 / OTHER_UNIT < ratio < OTHER_UNIT:
            continue
        unit, in_a_tonne = _unit(max(ratio, 1 / ratio))
        if ratio < 1:
            says = f"looks like USD per {unit}; write USD per tonne, about {figure(price * in_a_tonne, 4)}"
        else:
            says = f"write both in USD per tonne; the benchmark looks like USD per {unit}"
        against = f"{_name(column, price)} is {_times(ratio)} the benchmark of {figure(benchmark)} USD/t"
        yield sheet.warning("off_by_a_unit", entry, column, f"{against}: {says}")


def far_off_benchmark(case: CheckContext) -> Iterator[Finding]:
    """A price several times off the benchmark, though not by a unit."""
    for sheet, entry, column, price, benchmark in _quoted(case):
        ratio = price / benchmark
        if FAR_OFF <= ratio < OTHER_UNIT or 1 / OTHER_UNIT < ratio <= 1 / FAR_OFF:
            says = f"{_name(column, price)} is {_times(ratio)} the benchmark of {figure(benchmark)} USD/t"
            yield sheet.warning("far_off_benchmark", entry, column, f"{says}; check both")


def price_and_premium(case: CheckContext) -> Iterator[Finding]:
    """An offer, or a bid, with a price and a premium too, which then says nothing."""
    for sheet in (case.sheet(OfferRow), case.sheet(BidRow)):
        for entry, row in sheet.rows():
            for column, premium in (("premium_pct", row.premium_pct), ("premium_usd_per_t", row.premium_usd_per_t)):
                if row.price_usd_per_t is not None and premium:
                    says = f"the {sheet.model.KEY[0]} names price_usd_per_t; leave one of the two blank"
                    yield sheet.warning("price_and_premium", entry, column, f"{figure(premium)} is passed over: {says}")


def _quoted(case: CheckContext) -> Iterator[Quoted]:
    """(table, row, column, its price in USD/t, the benchmark in USD/t) of each price, neither of them 0."""
    return (quoted for quoted in _all_quoted(case) if quoted[3] > 0 and quoted[4] > 0)


def _all_quoted(case: CheckContext) -> Iterator[Quoted]:
    floors, weekly = case.sheet(FloorRow), case.sheet(PriceRow)
    for sheet in (case.sheet(OfferRow), case.sheet(BidRow)):
        for entry, quote in sheet.rows():
            benchmark = case.problem.benchmark[quote.mineral, min(quote.from_week, case.problem.weeks)]
            if quote.price_usd_per_t is not None:
                yield sheet, entry, "price_usd_per_t", quote.price_usd_per_t, benchmark
            elif quote.premium_usd_per_t > 0:
                yield sheet, entry, "premium_usd_per_t", benchmark + quote.premium_usd_per_t, benchmark
    for line, floor in floors.rows():
        yield floors, line, "floor_usd_per_t", floor.floor_usd_per_t, case.problem.benchmark[floor.mineral, 1]
    for place, row in weekly.rows():
        yield weekly, place, "price_usd_per_t", row.price_usd_per_t, case.problem.minerals[row.mineral].price_usd_per_t


def _name(column: str, price: float) -> str:
    return f"a quote of {figure(price)}" if column.startswith("premium") else figure(price)


def _times(ratio: float) -> str:
    return f"{figure(ratio, 3)} times" if ratio >= 1 else f"1/{figure(1 / ratio, 3)} of"


def _unit(times: float) -> tuple[str, float]:
    """The unit that explains a price so many times off, with its number in a tonne; the pound only if it fits well."""

    def misfit(unit: tuple[str, float]) -> float:
        return abs(log(times / unit[1])) + (_POUND_IS_RARER if unit[0] == "lb" else 0)

    return min(UNITS_PER_TONNE, key=misfit)
