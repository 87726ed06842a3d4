"""Which grids there are, in the order and groups in which a planner looks for them."""

from __future__ import annotations

from orebook.schema.document import TABLES

PRICES = "prices"
"""The grid of prices has a row a mineral and a column a week; all others are tables as they are."""
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Prices", (PRICES,)),
    ("Offers", ("offers", "tiers")),
    ("Limits", ("minerals", "houses", "sites", "shares", "targets", "funding", "releases")),
    ("Rules of trade", ("origins", "duties", "floors")),
    ("Reserve", ("use", "stock", "inbound", "withdrawals", "members", "entitlements", "owed", "prior")),
    ("Stock that moves on", ("bids", "conversions", "substitutes")),
    ("Risk", ("volatility", "correlations", "futures", "future_changes", "hazards")),
)


def grid_names() -> tuple[str, ...]:
    """Every grid; each table is in one."""
    names = tuple(name for _, group in GROUPS for name in group)
    assert {*names} == {*TABLES}
    return names
