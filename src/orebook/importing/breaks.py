"""Price breaks, given as prices or discounts from a quantity on, as tiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from orebook.exact import Fraction, exact
from orebook.importing.figures import Cells, Figure, tidy
from orebook.importing.making import Making
from orebook.importing.mapping import Fix
from orebook.importing.rows import Read

_NUMBERED = re.compile(r"tier(\d+)_(from_t|price_usd_per_t|discount_pct)")
_FAR = 10
"""So many times the most that can be bought, a quantity is in another unit."""


@dataclass(frozen=True, slots=True)
class Break:
    """From where on a price holds, and the price or the discount."""

    starts: Figure
    figure: Figure
    is_price: bool


def breaks_of(rows: Sequence[Read]) -> list[Break]:
    """The price breaks of an offer: numbered columns of its row, columns by quantity, or a row each."""
    found = [*_numbered(rows[0].cells), *(Break(starts, price, True) for starts, price in rows[0].tiers)]
    for cells in (row.cells for row in rows if "tier_from_t" in row.cells):
        if "price_usd_per_t" in cells:
            found.append(Break(cells["tier_from_t"], cells["price_usd_per_t"], True))
    return sorted(found, key=lambda b: b.starts.number)


def _numbered(cells: Cells) -> Iterator[Break]:
    for n in sorted({int(found[1]) for field in cells if (found := _NUMBERED.fullmatch(field))}):
        starts, price, discount = (
            cells.get(f"tier{n}_{part}") for part in ("from_t", "price_usd_per_t", "discount_pct")
        )
        figure = price or discount
        if starts is not None and figure is not None:
            yield Break(starts, figure, price is not None)


def price_of_breaks(cells: Cells, breaks: Sequence[Break]) -> None:
    """Of prices by quantity alone: the price of the lowest one is the quote, and no order is under it."""
    prices = [b for b in breaks if b.is_price]
    if not prices:
        return
    cells["price_usd_per_t"] = prices[0].figure
    if prices[0].starts.number > 0:
        cells.setdefault("min_order_t", prices[0].starts.then(prices[0].starts.number, "the least that has a price"))


def refuse_far_breaks(making: Making, cells: Cells, breaks: Iterable[Break]) -> None:
    """A price break ten times over the most that can be bought is in another unit than its column."""
    limits = [cells[c] for c in ("max_month_t", "max_week_t", "max_t") if c in cells]
    for starts in (b.starts for b in breaks):
        over = next((limit for limit in limits if 0 < limit.number * _FAR <= starts.number), None)
        address = f"tiers.{cells['offer'].value}/{tidy(starts.value)}.from_t"
        if over is None or address in making.mapping.accept:
            continue
        most = f"the most that can be bought is {tidy(over.value)} t ({over.cell})"
        says = f"begins at {tidy(starts.value)} t, and {most}: is it in another unit? Say in the mapping how it is to be read"
        making.notes.fault("far_off", starts.cell, f'{says}, by a [[fix]]; or accept = ["{address}"]', starts.typed)
        making.reader.suggested.append(_fix(making, cells, starts))


def _fix(making: Making, cells: Cells, starts: Figure) -> Fix:
    """The figure read in the unit of the row's other quantities, or in kg."""
    sheet, head = making.reader.head_of(starts.cell)
    row = tuple(cells[c].typed for c in ("house", "mineral", "origin") if c in cells and "!" in cells[c].cell)
    unit = cells["quantity_unit"].typed if "quantity_unit" in cells else "kg"
    return Fix(sheet=sheet, head=head, row=row, was=starts.typed, read=f"{starts.typed} {unit}")


def add_tiers(making: Making, cells: Cells, breaks: Sequence[Break], at: str) -> None:
    """The tiers of an offer: the quote itself from 0 t on, then its breaks, as discounts that lose no cent."""
    price = cells.get("price_usd_per_t")
    later = [b for b in breaks if not (b.is_price and price is not None and b.figure.cell == price.cell)]
    if not later:
        return
    if later[0].starts.number > 0:
        none = (price or cells["offer"]).then(Fraction(0), "the quote itself")
        making.add("tiers", {"offer": cells["offer"], "from_t": none, "discount_pct": none}, at)
    for one in later:
        discount = _discount(making, one, price)
        if discount is not None:
            making.add("tiers", {"offer": cells["offer"], "from_t": one.starts, "discount_pct": discount}, at)


def _discount(making: Making, one: Break, price: Figure | None) -> Figure | None:
    """What a break takes off the quote, in %; a price of its own to so many digits that it comes out to the cent."""
    figure = one.figure
    if not one.is_price:
        return figure
    if price is None or price.number == 0:
        says = "a price from a quantity on, of an offer without a price of its own, is left out"
        making.notes.warn("not_carried_over", figure.cell, says, figure.typed)
        return None
    exactly = (1 - figure.number / price.number) * 100
    off = abs(price.number * (1 - exact(tidy(exactly)) / 100) - figure.number)
    told = "exactly" if off == 0 else f"to within {float(off):.1g} USD/t"
    says = f"{tidy(figure.value)} USD/t is so much under {tidy(price.value)}, {told}"
    return figure.then(exactly, says).with_cells([price])


def add_breaks(making: Making, rows: Iterable[Read]) -> None:
    """Price breaks of a sheet of their own, each of the offer that it names, or whose house, mineral and origin it names."""
    found: dict[str, list[Break]] = {}
    for read in rows:
        starts, price = read.cells.get("from_t"), read.cells.get("price_usd_per_t")
        figure = price or read.cells.get("discount_pct")
        if starts is None or figure is None:
            making.needs(read.cells, ("from_t", "discount_pct"), read.at, "tiers")
            continue
        for offer in _meant(making, read):
            found.setdefault(offer, []).append(Break(starts, figure, price is not None))
    for offer, breaks in found.items():
        cells = making.rows("offers")[offer,]
        add_tiers(making, cells, sorted(breaks, key=lambda b: b.starts.number), cells["offer"].cell)


def _meant(making: Making, read: Read) -> list[str]:
    """The offers that a break is of: the months of one count as one."""
    said = {c: str(read.cells[c].value) for c in ("offer", "house", "mineral", "origin") if c in read.cells}
    fits = [
        str(offer)
        for (offer,), cells in making.rows("offers").items()
        if all(c in cells and _is(str(cells[c].value), value, c) for c, value in said.items())
    ]
    quotes = {making.rows("offers")[offer,]["offer"].cell for offer in fits}
    if len(quotes) != 1:
        how = "none" if not fits else "several"
        named = ", ".join(f"{column} {value}" for column, value in said.items())
        says = f"{how} of the offers has {named or 'no name here'}; name the offer"
        making.notes.fault("unknown_offer", read.at, says)
        return []
    return fits


def _is(name: str, said: str, column: str) -> bool:
    return name == said or (column == "offer" and name.startswith(f"{said}-2"))
