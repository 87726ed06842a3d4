"""volatility.csv and correlations.csv: how the minerals' prices have moved."""

from __future__ import annotations

from itertools import combinations
from math import sqrt

from instances.vault.make.facts import read
from instances.vault.make.numbers import sig
from instances.vault.make.reserve import Row

MONTHLY = sqrt(1.5)
"""What a monthly average hides: it understates volatility by about this factor (data of data/README.md)."""
WEAK = 0.2
"""A correlation of less than this, of some 160 months, is left out as no different from none."""


def volatility_rows() -> list[Row]:
    """A row a mineral for which assumed/series.csv names a series."""
    figures = {r["series"]: r for r in read("data/volatility_summary.csv")}
    rows: list[Row] = []
    for row in read("assumed/series.csv"):
        found = figures[row["volatility_series"]]
        factor = MONTHLY if found["freq"] == "monthly" else 1.0
        yearly = sig(100 * factor * float(found["annualised_vol"]), 3)
        rows.append({"mineral": row["mineral"], "volatility_pct": yearly, "series": row["volatility_series"]})
    return rows


def correlation_rows() -> list[Row]:
    """A row a pair of minerals whose series are in the correlation table and not the same."""
    table = {r["series"]: r for r in read("data/correlation_monthly_2012_2025.csv")}
    series = {r["mineral"]: r["correlation_series"] for r in read("assumed/series.csv") if r["correlation_series"]}
    rows: list[Row] = []
    for one, other in combinations(sorted(series), 2):
        found = float(table[series[one]][series[other]]) if series[one] != series[other] else 0.0
        if abs(found) >= WEAK:
            rows.append({"mineral": one, "other": other, "correlation": found})
    return rows
