"""The reserve on Monday 7 December 2026, ten months on: what is known by then is used, the rest is assumed.

The suspensions of China's October measures and of its ban on gallium, germanium and antimony ran out on 10 and 27 November.
What followed is not known to the sources, so that it stands in the futures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from instances.vault.make.facts import HERE, Fact, facts
from instances.vault.make.futures import BANNED
from instances.vault.make.numbers import sig
from instances.vault.make.reserve import HEAD, MARKS, START, Row
from instances.vault.make.state import FIRST_SITE

FOLDER = HERE.parent / "vault-2026-12"
NAME, MONDAY = "vault-2026-12", date(2026, 12, 7)
LAST_MONTH = "2026-05"
"""The last that the World Bank had published when the data were taken; its prices are assumed to have stood still since."""

OCTOBER = ("holmium", "erbium", "europium", "ytterbium")
"""Of the minerals of China's October measures those that the reserve holds; thulium has neither use nor price."""

HELD_DAYS, HELD_BULK_DAYS, HELD_CONTROLLED_DAYS = 25, 15, 10
"""Days of use in store, of what lies in heaps and of what China controls."""

SITE = FIRST_SITE | {"general": "new_orleans"}
"""Store by storage class; the first one of most metals has too little room by now."""

BUDGET_USD, EXIM_PART = 12e9, 0.84
RELEASED = ((1, 0.4), (6, 0.35), (10, 0.25))
"""Week, and the part of what is left of the budget that comes free in it."""

FUTURES: list[Row] = [
    {"future": "suspended again", "probability": 0.45, "note": "licences as before, nothing barred"},
    {"future": "ban", "probability": 0.2, "known_week": 2, "note": "gallium, germanium, antimony: no new orders"},
    {"future": "october measures", "probability": 0.15, "known_week": 2, "note": "four rare earths: no new orders"},
    {"future": "both", "probability": 0.1, "known_week": 3, "in_transit": "lost", "note": "nothing leaves China"},
    {"future": "licences slower", "probability": 0.1, "known_week": 3, "note": "two weeks more"},
]


def december_tables(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The vault's tables as they stand ten months on; those that have no rows are left out."""
    known = list(facts().values())
    prices = {f.name: f.prices.get(LAST_MONTH, f.price_usd_per_t) for f in known}
    stock = list(_stock(known))
    spent = sum(float(row["tonnes"] or 0) * prices[str(row["mineral"])] for row in stock)
    spent = sig(spent, 3)
    changed: dict[str, list[Row]] = {
        "minerals": [{**row, "price_usd_per_t": prices[str(row["mineral"])]} for row in tables["minerals"]],
        "prices": [],
        "prior": [],
        "inbound": [],
        "stock": stock,
        "funding": _funding(tables["funding"], spent),
        "releases": [{"week": week, "usd": part * (BUDGET_USD - spent)} for week, part in RELEASED],
        "futures": [
            {c: row.get(c) for c in ("future", "probability", "known_week", "in_transit", "note")} for row in FUTURES
        ],
        "hazards": [row for row in tables["hazards"] if row["hazard"] != "release slips"],
        "future_changes": list(_changes(tables["offers"])),
    }
    return {name: rows for name, own in tables.items() if (rows := changed.get(name, own))}


def december_head(tables: dict[str, list[Row]]) -> str:
    """instance.toml: the day, and what is left of the money."""
    left = sum(float(row["usd"] or 0) for row in tables["releases"])
    marks = ["instance.budget_usd", "minerals.price_usd_per_t", *(m for m in MARKS if m not in ("inbound", "prior"))]
    head = HEAD.replace('name = "vault"', f'name = "{NAME}"').replace("9 February 2026", "7 December 2026")
    head = head.replace(str(START), str(MONDAY)).replace("12_000_000_000", f"{left:_.0f}")
    return head.replace("; ".join(MARKS), "; ".join(marks))


def _stock(known: Iterable[Fact]) -> Iterator[Row]:
    for f in known:
        held = HELD_BULK_DAYS if f.storage_class == "bulk" else HELD_DAYS
        days = HELD_CONTROLLED_DAYS if f.controlled else held
        yield {"mineral": f.name, "site": SITE[f.storage_class], "tonnes": sig(days * f.use_t, 3)}


def _funding(sources: Sequence[Row], spent: float) -> list[Row]:
    """What was bought so far is owed to both lenders."""
    drawn = {"exim": EXIM_PART * spent, "private": spent - EXIM_PART * spent}
    return [{**row, "drawn_usd": drawn[str(row["source"])]} for row in sources]


def _changes(offers: Sequence[Row]) -> Iterator[Row]:
    """What each future changes, numbered in the order in which it is made."""
    chinese = [o for o in offers if o["origin"] == "china"]
    for future, minerals in (("ban", BANNED), ("october measures", OCTOBER)):
        stopped = [o for o in chinese if o["mineral"] in minerals]
        for n, offer in enumerate(stopped, 1):
            yield {"future": future, "n": n, "change": f"offers.{offer['offer']}.max_week_t=0"}
    yield {"future": "both", "n": 1, "change": "origin_barred(origin=china, week=3)"}
    yield {"future": "licences slower", "n": 1, "change": "licence_delay(origin=china, weeks=2)"}
