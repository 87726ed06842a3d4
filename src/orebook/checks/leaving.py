"""Bids, conversions and substitutes that cannot be meant, and goods that may grow too old within the plan."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.checks.context import CheckContext
from orebook.exact import exact
from orebook.findings import Finding
from orebook.reading.book import Book
from orebook.reading.quoting import figure
from orebook.schema import tables as t
from orebook.schema.conversion_row import ConversionRow


def surplus_without_limit(book: Book) -> Iterator[Finding]:
    """A bid for surplus that takes any amount: there would be no end to buying for it."""
    sheet = book.sheet(t.BidRow)
    for entry, row in sheet.rows():
        if row.surplus and row.max_week_t is None and row.max_t is None:
            says = "a bid for surplus takes any amount; write max_week_t or max_t, or no"
            yield sheet.fault("surplus_without_limit", entry, "surplus", says)


def bid_below_zero(book: Book) -> Iterator[Finding]:
    """A bid that pays less than nothing in a week, by its premiums."""
    listed: dict[str, list[float]] = {}
    for _, mineral in book.sheet(t.MineralRow).rows():
        listed.setdefault(mineral.mineral, []).append(mineral.price_usd_per_t)
    for _, price in book.sheet(t.PriceRow).rows():
        listed.setdefault(price.mineral, []).append(price.price_usd_per_t)
    sheet = book.sheet(t.BidRow)
    for entry, row in sheet.rows():
        if row.price_usd_per_t is None and row.mineral in listed:
            least = min(listed[row.mineral])
            pays = exact(least) * (1 + exact(row.premium_pct) / 100) + exact(row.premium_usd_per_t)
            if pays < 0:
                column = "premium_usd_per_t" if row.premium_usd_per_t < 0 else "premium_pct"
                says = f"at a benchmark of {figure(least)} USD/t it pays {figure(float(pays))} USD/t; write a higher premium"
                yield sheet.fault("bid_below_zero", entry, column, says)


def same_mineral(book: Book) -> Iterator[Finding]:
    """A conversion of a mineral into itself, or a mineral that stands for itself."""
    for sheet, column, other in (
        (book.sheet(ConversionRow), "to", "from"),
        (book.sheet(t.SubstituteRow), "by", "mineral"),
    ):
        for entry, row in sheet.rows():
            if getattr(row, column) == getattr(row, other):
                says = f'"{getattr(row, column)}" is its {other} too; write another mineral'
                yield sheet.fault("same_mineral", entry, column, says)


def conversion_ring(book: Book) -> Iterator[Finding]:
    """Conversions by which a mineral could become itself again."""
    sheet = book.sheet(ConversionRow)
    made: dict[str, set[str]] = {}
    for entry, row in sheet.rows():
        source, into = row.source, row.into
        if source != into and source in _reached(made, into):
            says = f'"{into}" becomes "{source}" by the rows above; conversions form no ring: take one of them out'
            yield sheet.fault("conversion_ring", entry, "to", says)
            continue
        made.setdefault(source, set()).add(into)


def _reached(made: dict[str, set[str]], start: str) -> set[str]:
    """What a mineral may become, by any number of conversions."""
    found, open_ = set[str](), [start]
    while open_:
        for into in made.get(open_.pop(), ()):
            if into not in found:
                found.add(into)
                open_.append(into)
    return found


def bid_never_filled(case: CheckContext) -> Iterator[Finding]:
    """A bid whose least sale is over its most: nothing can be sold to it."""
    sheet = case.sheet(t.BidRow)
    for entry, row in sheet.rows():
        most = min((x for x in (row.max_week_t, row.max_t) if x is not None), default=None)
        if most is not None and row.min_t > most:
            says = f"{figure(row.min_t)} is over the most that it takes, {figure(most)}: nothing can be sold to it"
            yield sheet.warning("bid_never_filled", entry, "min_t", says)


def conversion_too_slow(case: CheckContext) -> Iterator[Finding]:
    """A conversion that takes as long as the plan: none is begun."""
    sheet, last = case.sheet(ConversionRow), case.problem.weeks
    for entry, row in sheet.rows():
        lead = case.problem.conversions[row.key()[0]].lead_weeks
        if lead >= last:
            says = f"{lead} weeks from week 1 are after the last week, {last}: none is begun"
            yield sheet.warning("conversion_too_slow", entry, "lead_weeks", says)


def lapses_within_plan(case: CheckContext) -> Iterator[Finding]:
    """What is ordered, comes back or is made early in the plan would be too old before its end, which no rule counts."""
    problem, sheet = case.problem, case.sheet(t.MineralRow)
    for entry, row in sheet.rows():
        if row.shelf_weeks is None:
            continue
        comes = [o.from_week + o.lead_weeks for o in problem.offers.values() if o.mineral == row.mineral]
        comes += [j.repay_week for j in problem.withdrawals.values() if j.mineral == row.mineral and j.repay_week]
        comes += [1 + c.lead_weeks for c in problem.conversions.values() if c.into == row.mineral]
        first = min(comes, default=problem.weeks + 1)
        if first + row.shelf_weeks <= problem.weeks:
            says = (
                f"what comes in in week {first} is {row.shelf_weeks} weeks old in week {first + row.shelf_weeks} of "
                f"{problem.weeks}: that it may lapse then is not counted"
            )
            yield sheet.warning("lapses_within_plan", entry, "shelf_weeks", says)
