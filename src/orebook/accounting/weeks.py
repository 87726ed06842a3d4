"""What a week comes to, in money and in each store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orebook.exact import Fraction


@dataclass(frozen=True, slots=True)
class CashWeek:
    """Money of a week in USD: what is paid, for what, what is free up to it, and what is drawn from whom.

    What comes in is apart: `cash_usd` and what is added up of it are before receipts.
    """

    week: int
    orders_usd: Fraction
    engage_usd: Fraction
    due_usd: Fraction
    sale_fees_usd: Fraction
    conversion_fees_usd: Fraction
    cash_usd: Fraction
    cash_to_date_usd: Fraction
    released_to_date_usd: Fraction | None
    draws_usd: Mapping[str, Fraction]
    repays_usd: Mapping[str, Fraction]
    receipts_usd: Fraction
    receipts_to_date_usd: Fraction
    idle_usd: Fraction
    """What came in and is neither spent nor paid back by the end of the week."""

    @property
    def net_to_date_usd(self) -> Fraction:
        """What the plan has paid up to the week beyond what has come in: what budgets are of."""
        return self.cash_to_date_usd - self.receipts_to_date_usd


@dataclass(frozen=True, slots=True)
class StoreWeek:
    """A store at the end of a week; limits as they hold that week (None: no limit)."""

    site: str
    week: int
    tonnes: Fraction
    volume_m3: Fraction
    capacity_m3: Fraction | None
    put_t: Fraction
    inbound_t_per_week: Fraction | None
    value_usd: Fraction
    max_value_usd: Fraction | None
