"""An instance whose first plan is found at once and whose cost takes long to prove: a knapsack in many dimensions."""

from __future__ import annotations

from pathlib import Path

MINERALS, OFFERS, WEEKS = 3, 20, 4


def write(folder: Path) -> Path:
    """Write it: all-or-nothing offers of odd sizes and prices, money in every house, week and store short."""
    folder.mkdir()
    minerals = [f"m{i},1,1000,{1 + 0.37 * i:.2f}" for i in range(MINERALS)]
    offers = [_offer(i, n) for i in range(MINERALS) for n in range(OFFERS)]
    releases = [f"{w},{200_000 + 17_000 * w}" for w in range(1, WEEKS + 1)]
    (folder / "instance.toml").write_text(f'name = "hard"\nweeks = {WEEKS}\ntarget_days = 1000\n')
    _table(folder, "minerals", "mineral,daily_use_t,price_usd_per_t,m3_per_t", minerals)
    _table(folder, "houses", "house,max_spend_usd", ["a,350000", "b,380000", "c,400000"])
    _table(folder, "sites", "site,capacity_m3,max_value_usd", ["depot,1000,700000"])
    _table(folder, "offers", "offer,house,mineral,price_usd_per_t,min_order_t,max_week_t,max_t", offers)
    _table(folder, "releases", "week,usd", releases)
    return folder


def _offer(i: int, n: int) -> str:
    tonnes = round(20 + (7919 * n + 104729 * i) % 1009 / 50, 2)
    price = 900 + (4793 * n + 15485 * i) % 397
    return f"m{i}-{n},{'abc'[n % 3]},m{i},{price},{tonnes},{tonnes},{tonnes}"


def _table(folder: Path, name: str, header: str, rows: list[str]) -> None:
    (folder / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n")
