"""What is published (data/) with what is assumed of each mineral and origin (assumed/), one record each."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from instances.vault.make.numbers import TROY_OUNCES_PER_T, sig

HERE = Path(__file__).parent.parent
TARGET_DAYS = 60
MOST_LOTS = 1000
"""Sixty days of a mineral are at most this many order lots; exchange lots are bundled until they are."""
FIRST = "2026-01-01"
"""Months before it are history: they are in data/history.csv, for `orebook roll`."""
PACKING = {"general": 0.4, "dry": 0.3, "secure": 0.3, "hazard": 0.3, "bulk": 0.55, "nuclear": 0.3}
"""Assumed: the part of a store's volume that is solid mineral, by storage class (pallets, drums, heaps)."""
TONNES = {"metric tons": 1.0, "kilograms": 0.001, "thousand metric tons": 1000.0}


@dataclass(frozen=True, slots=True)
class Fact:
    """A mineral: `use_t` a day, `price_usd_per_t` of week 1, `prices` of the months 2026-02 to 05 where published.

    `origins` are shares of US imports (USGS), the domestic part and assumed further ones included; they need not
    add up to 1.
    """

    name: str
    use_t: float
    price_usd_per_t: float
    prices: dict[str, float]
    origins: dict[str, float]
    lot_t: float
    m3_per_t: float
    storage_class: str
    criticality: int
    market_weeks: int
    controlled: bool
    members: dict[str, int]

    @property
    def target_t(self) -> float:
        """Sixty days of use."""
        return TARGET_DAYS * self.use_t


@dataclass(frozen=True, slots=True)
class Place:
    """A country of origin."""

    name: str
    group: str
    lead_weeks: int
    region: str
    extra_lead_weeks: str
    barred: str


def read(name: str) -> list[dict[str, str]]:
    """The rows of a file in data/ or assumed/."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _split(cell: str) -> dict[str, float]:
    pairs = (part.split(":") for part in cell.split(";") if part)
    return {name.strip().lower().replace(" ", "_"): float(share) for name, share in pairs}


def _use_a_day(row: dict[str, str], published: dict[str, str]) -> float:
    """Mean use of 2023 to 2025 where USGS publishes all three, else the year (or bound) that minerals.csv has."""
    years = [
        float(r["value"].replace(",", "")) * TONNES[r["unit"].replace("dry ", "")]
        for r in read("data/usgs_consumption_2023_2025.csv")
        if row["use_commodity"] and (r["commodity"], r["detail"]) == (row["use_commodity"], row["use_detail"])
    ]
    if row["use_commodity"] and len(years) != 3:
        raise ValueError(f"{row['mineral']}: {len(years)} years of use, not 3")
    a_year = sum(years) / 3 if years else float(published["annual_us_consumption_t"])
    return sig(a_year / 365, 4)


def _monthly(series: str) -> dict[str, float]:
    """Month -> USD/t of a World Bank series, from the year of the plan on."""
    return {day[:7]: price for day, price in history(series).items() if day >= FIRST}


def history(series: str) -> dict[str, float]:
    """First day of the month -> USD/t of a World Bank series, since 2000."""
    rows = [r for r in read("data/prices_monthly_worldbank.csv") if r["series"] == series]
    factor = {"$/mt": 1.0, "$/troy oz": TROY_OUNCES_PER_T}
    return {r["date"]: sig(float(r["price"]) * factor[r["unit"]], 5) for r in rows}


def _origins(row: dict[str, str], published: dict[str, str]) -> dict[str, float]:
    shares = _split(published["main_origins"])
    shares.pop("other", None)
    reliance = published["net_import_reliance_pct"]
    if reliance and float(reliance) < 90:
        shares["united_states"] = round(1 - float(reliance) / 100, 2)
    return {**shares, **_split(row["more_origins"])}


def _order_lot(lot_t: float, target_t: float) -> float:
    bundle, steps = 1, (2, 2.5, 2)
    step = 0
    while target_t / (lot_t * bundle) > MOST_LOTS:
        bundle = int(bundle * steps[step % 3])
        step += 1
    return round(lot_t * bundle, 6)


def facts() -> dict[str, Fact]:
    """Every mineral of the instance by name."""
    published = {r["mineral"]: r for r in read("data/minerals.csv")}
    found = {}
    for row in read("assumed/minerals.csv"):
        name, known = row["mineral"], published[row["mineral"]]
        use = _use_a_day(row, known)
        prices = _monthly(row["worldbank"]) if row["worldbank"] else {}
        found[name] = Fact(
            name=name,
            use_t=use,
            price_usd_per_t=prices.get("2026-02") or sig(float(known["price_usd_per_t"]), 5),
            prices=prices,
            origins=_origins(row, known),
            lot_t=_order_lot(float(known["lot_t"]), TARGET_DAYS * use),
            m3_per_t=sig(1 / (float(known["density_t_per_m3"]) * PACKING[row["storage_class"]]), 3),
            storage_class=row["storage_class"],
            criticality=int(row["criticality"]),
            market_weeks=int(row["market_weeks"]),
            controlled=row["controlled"] == "yes",
            members={member: int(tenths) for member, tenths in _split(row["members"]).items()},
        )
    return found


def places() -> dict[str, Place]:
    """Every country of origin by name."""
    return {
        r["origin"]: Place(
            r["origin"], r["group"], int(r["lead_weeks"]), r["region"], r["extra_lead_weeks"], r["barred"]
        )
        for r in read("assumed/origins.csv")
    }
