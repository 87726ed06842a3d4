"""A small document with a row or two in the tables that changes are about, and changes made to it."""

from __future__ import annotations

from typing import Any

from orebook.changes import apply, parse
from orebook.schema.document import Document
from tests.builders import make_document


def document() -> Document:
    """Tin and zinc, two houses, an offer with dots in its name, tiers, floors with and without an origin."""
    return make_document(
        {"weeks": 4, "budget_usd": 1000},
        minerals=[
            {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "budget_usd": 500},
            {"mineral": "zinc", "price_usd_per_t": 40},
        ],
        use=[{"member": "cars", "mineral": "zinc", "daily_use_t": 2}],
        houses=[{"house": "traxys", "commission_pct": 2}, {"house": "hartree", "engaged": "yes"}],
        offers=[
            {"offer": "a", "house": "traxys", "mineral": "tin", "origin": "chile", "max_t": 30, "premium_usd_per_t": 5},
            {"offer": "a.max_t", "house": "traxys", "mineral": "zinc", "max_t": 20},
            {"offer": "b", "house": "hartree", "mineral": "zinc", "max_t": 10},
        ],
        tiers=[
            {"offer": "a", "from_t": 0, "discount_pct": 0},
            {"offer": "a", "from_t": 12.5, "discount_pct": 1},
            {"offer": "b", "from_t": 0, "discount_pct": 3},
        ],
        prices=[
            {"mineral": "tin", "week": 2, "price_usd_per_t": 120},
            {"mineral": "tin", "week": 3, "price_usd_per_t": 110},
            {"mineral": "zinc", "week": 2, "price_usd_per_t": 50},
        ],
        duties=[
            {"origin": "chile", "mineral": "*", "duty_pct": 5},
            {"origin": "chile", "mineral": "tin", "duty_pct": 7},
        ],
        floors=[
            {"mineral": "tin", "floor_usd_per_t": 90, "mechanism": "cfd"},
            {"mineral": "tin", "origin": "chile", "floor_usd_per_t": 95, "mechanism": "minimum"},
        ],
        shares=[
            {"mineral": "*", "by": "house", "name": "hartree", "max_share": 0.5},
            {"mineral": "tin", "by": "origin", "name": "hartree", "max_share": 0.8},
        ],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 3}],
        releases=[{"week": 1, "usd": 600}],
        prior=[{"offer": "b", "week": 1, "tonnes": 4}],
    )


def after(*changes: str) -> Document:
    """The document after these changes."""
    return apply(document(), [parse(text) for text in changes])


def column(changed: Document, table: str, name: str) -> list[Any]:
    """A column of a table, in the order of its rows."""
    return [getattr(row, name) for row in changed.rows(table)]
