"""An instance as one document: `{"instance": {...}, "minerals": [...], ...}`, equal to its folder of files."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from orebook.schema import tables as t
from orebook.schema.base import Frozen, Row
from orebook.schema.conversion_row import ConversionRow
from orebook.schema.head import Head


class Document(Frozen):
    """Every table of an instance, rows in file order; a table left out is None (which is not the same as empty)."""

    instance: Head
    minerals: tuple[t.MineralRow, ...]
    houses: tuple[t.HouseRow, ...]
    offers: tuple[t.OfferRow, ...]
    use: tuple[t.UseRow, ...] | None = None
    tiers: tuple[t.TierRow, ...] | None = None
    prices: tuple[t.PriceRow, ...] | None = None
    origins: tuple[t.OriginRow, ...] | None = None
    duties: tuple[t.DutyRow, ...] | None = None
    floors: tuple[t.FloorRow, ...] | None = None
    shares: tuple[t.ShareRow, ...] | None = None
    sites: tuple[t.SiteRow, ...] | None = None
    stock: tuple[t.StockRow, ...] | None = None
    inbound: tuple[t.InboundRow, ...] | None = None
    releases: tuple[t.ReleaseRow, ...] | None = None
    funding: tuple[t.FundingRow, ...] | None = None
    targets: tuple[t.TargetRow, ...] | None = None
    withdrawals: tuple[t.WithdrawalRow, ...] | None = None
    members: tuple[t.MemberRow, ...] | None = None
    entitlements: tuple[t.EntitlementRow, ...] | None = None
    owed: tuple[t.OwedRow, ...] | None = None
    bids: tuple[t.BidRow, ...] | None = None
    conversions: tuple[ConversionRow, ...] | None = None
    substitutes: tuple[t.SubstituteRow, ...] | None = None
    prior: tuple[t.PriorRow, ...] | None = None
    volatility: tuple[t.VolatilityRow, ...] | None = None
    correlations: tuple[t.CorrelationRow, ...] | None = None
    futures: tuple[t.FutureRow, ...] | None = None
    future_changes: tuple[t.FutureChangeRow, ...] | None = None
    hazards: tuple[t.HazardRow, ...] | None = None

    def rows(self, table: str) -> tuple[Any, ...]:
        """The rows of a table; none where the table is missing."""
        return getattr(self, table) or ()


TABLES: dict[str, type[Row]] = {
    "minerals": t.MineralRow,
    "use": t.UseRow,
    "houses": t.HouseRow,
    "offers": t.OfferRow,
    "tiers": t.TierRow,
    "prices": t.PriceRow,
    "origins": t.OriginRow,
    "duties": t.DutyRow,
    "floors": t.FloorRow,
    "shares": t.ShareRow,
    "sites": t.SiteRow,
    "stock": t.StockRow,
    "inbound": t.InboundRow,
    "releases": t.ReleaseRow,
    "funding": t.FundingRow,
    "targets": t.TargetRow,
    "withdrawals": t.WithdrawalRow,
    "members": t.MemberRow,
    "entitlements": t.EntitlementRow,
    "owed": t.OwedRow,
    "bids": t.BidRow,
    "conversions": ConversionRow,
    "substitutes": t.SubstituteRow,
    "prior": t.PriorRow,
    "volatility": t.VolatilityRow,
    "correlations": t.CorrelationRow,
    "futures": t.FutureRow,
    "future_changes": t.FutureChangeRow,
    "hazards": t.HazardRow,
}
"""Every table by the stem of its file, and the model of its rows."""

PLANLESS = frozenset({"volatility", "correlations", "futures", "future_changes", "hazards"})
"""Tables that say how prices may move and what may come: what-ifs and hedged plans are made of them, and no plan of `solve`."""

LATER_COLUMNS = frozenset(
    {
        ("funding", "to_week"),
        ("funding", "undrawn_pct"),
        ("funding", "draw_fee_pct"),
        ("floors", "payer"),
        ("floors", "upside_pct"),
        ("withdrawals", "pays_usd_per_t"),
        ("withdrawals", "kind"),
        ("withdrawals", "repay_week"),
        ("withdrawals", "premium_pct"),
        ("offers", "pay_after_weeks"),
        ("minerals", "shelf_weeks"),
        ("minerals", "use_draws"),
        ("stock", "age_weeks"),
    }
)
"""(table, column) that came after the first digests were taken: blank, they leave a digest as it was."""

LATER_TABLES = frozenset({"members", "entitlements", "owed", "bids", "conversions", "substitutes"})
"""Tables of which the same holds: missing or without rows, they leave a digest as it was."""

SCHEMA = "orebook/instance/1"
"""The version of these tables, as a workbook is stamped with it."""

REQUIRED_TABLES = ("minerals", "houses", "offers")


def digest(document: Document) -> str:
    """A hash of an instance's content: the same for any order of rows, and for a number however it was typed.

    What changes no plan is left out: the marks of what is assumed, and the tables of `PLANLESS`.
    """
    rows = {
        table: None
        if getattr(document, table) is None
        else sorted(json.dumps(_content(table, row), sort_keys=True) for row in document.rows(table))
        for table in TABLES
        if table not in PLANLESS and not (table in LATER_TABLES and not document.rows(table))
    }
    later = set() if document.instance.use_draws else {"use_draws"}
    head = document.instance.model_dump(mode="json", exclude={"assumed", *later})
    text = json.dumps({"instance": head, **rows}, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _content(table: str, row: Row) -> dict[str, Any]:
    """The cells of a row; those of `LATER_COLUMNS` that are blank left out."""
    fields = type(row).model_fields
    blank = {c for c in fields if (table, c) in LATER_COLUMNS and getattr(row, c) == fields[c].default}
    return row.model_dump(mode="json", exclude=blank)


def assumed_inputs(marks: str | None) -> tuple[str, ...]:
    """The inputs marked as assumed, in order: tables (`prior`) and their columns (`minerals.must_days`)."""
    return tuple(name for part in (marks or "").split(";") if (name := part.strip()))
