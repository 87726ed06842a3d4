"""All tables of the instance, and how they are written."""

from __future__ import annotations

import csv
from pathlib import Path

from instances.vault.make.december import december_head, december_tables
from instances.vault.make.facts import HERE, Fact, facts, history, places, read
from instances.vault.make.futures import change_rows, future_rows, hazard_rows
from instances.vault.make.minerals import mineral_rows, price_rows, use_rows
from instances.vault.make.numbers import cell
from instances.vault.make.offers import offers_and_tiers
from instances.vault.make.reserve import (
    DUTIES,
    FUNDING,
    HEAD,
    HOUSES,
    MEMBERS,
    RELEASES,
    RESTRICTED_MAX_SHARE,
    SHARES,
    SITES,
    TARGETS,
    Row,
    entitlement_rows,
)
from instances.vault.make.risk import correlation_rows, volatility_rows
from instances.vault.make.state import inbound_rows, prior_rows, stock_rows

FOLDER = HERE


def _floor_rows() -> list[Row]:
    """The two floors in force with a level: MP Materials (a difference payment of the Department of Defense's) and Lynas
    (a minimum sale price)."""
    floors = {
        r["deal"]: float(r["floor_usd_per_kg"]) * 1000
        for r in read("data/price_floors.csv")
        if r["status"] == "in force"
    }
    domestic = next(usd for deal, usd in floors.items() if "MP Materials" in deal)
    australian = next(usd for deal, usd in floors.items() if "Lynas" in deal)
    return [
        {
            "mineral": "ndpr",
            "origin": "united_states",
            "floor_usd_per_t": domestic,
            "mechanism": "cfd",
            "payer": "other",
        },
        {"mineral": "ndpr", "origin": "australia", "floor_usd_per_t": australian, "mechanism": "minimum"},
    ]


def _share_rows(minerals: list[Fact]) -> list[Row]:
    capped = [f.name for f in minerals if f.controlled]
    return SHARES + [
        {"mineral": m, "by": "group", "name": "restricted", "max_share": RESTRICTED_MAX_SHARE} for m in capped
    ]


def tables() -> dict[str, list[Row]]:
    """The rows of every table, in the order they are written."""
    known, countries = facts(), places()
    minerals = list(known.values())
    offers, tiers = offers_and_tiers(known, countries)
    use = use_rows(minerals)
    used = {str(o["origin"]) for o in offers}
    return {
        "minerals": mineral_rows(minerals),
        "use": use,
        "prices": price_rows(minerals),
        "houses": HOUSES,
        "offers": offers,
        "tiers": tiers,
        "origins": [
            {"origin": p.name, "group": p.group, "barred": p.barred, "extra_lead_weeks": p.extra_lead_weeks}
            for p in countries.values()
            if p.name in used
        ],
        "duties": DUTIES,
        "floors": _floor_rows(),
        "shares": _share_rows(minerals),
        "sites": SITES,
        "stock": stock_rows(minerals),
        "inbound": inbound_rows(minerals),
        "releases": RELEASES,
        "funding": FUNDING,
        "targets": TARGETS,
        "members": MEMBERS,
        "entitlements": entitlement_rows(use),
        "prior": prior_rows(minerals, offers),
        "volatility": volatility_rows(),
        "correlations": correlation_rows(),
        "futures": future_rows(),
        "future_changes": change_rows(offers),
        "hazards": hazard_rows(),
    }


def write_history(path: Path) -> None:
    """Write the months of every mineral that the World Bank has a series of, in USD a tonne."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["mineral", "date", "price_usd_per_t"])
        for row in read("assumed/minerals.csv"):
            if row["worldbank"]:
                out.writerows([row["mineral"], day, cell(price)] for day, price in history(row["worldbank"]).items())


def write(folder: Path) -> None:
    """Write instance.toml and a csv a table into `folder`."""
    _write(folder, HEAD, tables())


def write_december(folder: Path) -> None:
    """The same of the reserve ten months on."""
    ten_months_on = december_tables(tables())
    _write(folder, december_head(ten_months_on), ten_months_on)


def _write(folder: Path, head: str, rows_of: dict[str, list[Row]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "instance.toml").write_text(head, encoding="utf-8")
    for name, rows in rows_of.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(columns)
            out.writerows([cell(row.get(column)) for column in columns] for row in rows)
