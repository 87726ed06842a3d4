"""Commissions that quotes name, where an instance has one a house."""

from __future__ import annotations

from orebook.exact import ZERO
from orebook.importing.figures import Figure, tidy
from orebook.importing.making import Making


def add_commissions(making: Making) -> None:
    """A house's commission: that of its own sheet, else the least of its quotes; what a quote has over it is freight."""
    for house, said in making.commissions.items():
        row = making.rows("houses").get((house,), {})
        least = row.get("commission_pct") or min((figure for _, figure in said), key=lambda figure: figure.number)
        making.tables.setdefault("houses", {}).setdefault((house,), {"house": _house(making, house)})[
            "commission_pct"
        ] = least
        for offer, figure in said:
            if figure.number != least.number:
                _add_to_freight(making, house, offer, figure, least)


def _house(making: Making, house: str) -> Figure:
    return next(cells["house"] for cells in making.rows("offers").values() if cells["house"].value == house)


def _add_to_freight(making: Making, house: str, offer: str, figure: Figure, least: Figure) -> None:
    """Freight is paid by the tonne and pays no duty, as a commission is; of a tier it is a hair too much."""
    cells = making.rows("offers")[offer,]
    price, more = cells.get("price_usd_per_t"), figure.number - least.number
    if price is None or more < 0:
        both = f"takes {tidy(least.value)} % by {least.cell}, and {tidy(figure.value)} % here"
        says = f'"{house}" {both}; a house has one commission: keep one'
        making.notes.fault("two_commissions", figure.cell, says, figure.typed)
        return
    extra = price.number * more / 100
    before = cells.get("freight_usd_per_t", figure.then(ZERO))
    why = f"+ {tidy(extra)} USD/t: {tidy(more)} % commission over the house's {tidy(least.value)} %"
    cells["freight_usd_per_t"] = before.then(before.number + extra, why).with_cells([figure])
    says = f'is {tidy(more)} % over the commission of "{house}", which is {tidy(least.value)} %: it is added to the freight'
    making.notes.warn("commission_as_freight", figure.cell, says, figure.typed)
