"""What a tight problem may have besides, each seldom: money paid back, starts over limits, prior plans that cannot stand."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from orebook.schema.document import Document

Content = dict[str, Any]


def wilder(document: Document, r: Random) -> Document:
    """The document with one to four things that are rare, and readable all the same."""
    content: Content = document.model_dump(mode="json", exclude_none=True)
    for edit in r.sample(EDITS, r.randint(1, 4)):
        edit(content, r)
    return Document.model_validate(content)


def _paid_to_buy(content: Content, r: Random) -> None:
    """An offer that pays for what it is bid: as a discount on the benchmark that is larger than it."""
    offer = r.choice(content["offers"])
    price = next(m["price_usd_per_t"] for m in content["minerals"] if m["mineral"] == offer["mineral"])
    offer.pop("price_usd_per_t", None)
    offer["premium_usd_per_t"] = -price * r.choice([1.01, 1.5])


def _third_digits(content: Content, r: Random) -> None:
    """Uses, stocks and targets as a formula leaves them."""
    for row in content["minerals"]:
        row["daily_use_t"] *= r.choice([1, 1 / 3, 12 / 365])
    for row in content.get("stock", []):
        row["tonnes"] /= 3


def _no_use(content: Content, r: Random) -> None:
    content["minerals"][-1]["daily_use_t"] = 0


def _over_the_start(content: Content, r: Random) -> None:
    """What is in store, and what comes, is over rooms, values and ceilings."""
    for row in content.get("stock", []):
        row["tonnes"] *= r.choice([1, 4, 10])
    for row in content["minerals"]:
        row["max_days"] = r.choice([20, 60])


def _small_lots(content: Content, r: Random) -> None:
    """One offer in thousands of lots."""
    offer = r.choice(content["offers"])
    use = next(m["daily_use_t"] for m in content["minerals"] if m["mineral"] == offer["mineral"])
    offer["lot_t"] = max(float(f"{60 * use / r.choice([1e3, 1e4, 1e5]):.1g}"), 1e-6)


def _prior_as_it_was(content: Content, r: Random) -> None:
    """Prior tickets of any size, frozen, of offers that are shut, barred, too small or gone."""
    weeks = content["instance"]["weeks"]
    rows = []
    for offer in content["offers"]:
        size = offer.get("lot_t") or offer.get("max_week_t") or 10.0
        if r.random() < 0.5:
            tonnes = float(f"{size * r.choice([0.3, 1, 1.7, 5]):.6g}")
            rows.append({"offer": offer["offer"], "week": r.randint(1, weeks), "tonnes": tonnes})
    rows.append({"offer": "gone", "week": 1, "tonnes": 5.0})
    content["prior"] = rows
    content["instance"]["frozen_weeks"] = r.choice([0, 1, weeks])


def _musts(content: Content, r: Random) -> None:
    """Cover that must be there, in part, and commitments."""
    for row in content["minerals"]:
        row["must_days"] = r.choice([0, 1, 5, 20])
    for offer in content["offers"]:
        if r.random() < 0.2:
            offer["commit_t"] = offer.get("lot_t") or offer.get("min_order_t") or 0


def _early_targets(content: Content, r: Random) -> None:
    weeks = content["instance"]["weeks"]
    content["targets"] = [
        {"mineral": m["mineral"], "week": w, "days": r.choice([0, 5, 30, 60])}
        for m in content["minerals"]
        for w in range(1, weeks + 1)
    ]


def _dear_houses(content: Content, r: Random) -> None:
    """Few houses, each dear to engage, small by the week and in all."""
    content["instance"]["max_houses"] = r.choice([1, 2])
    tonnes = [60 * m["daily_use_t"] for m in content["minerals"] if m["daily_use_t"] > 0] or [1.0]
    for house in content["houses"]:
        house["engage_fee_usd"] = r.choice([1e7, 1e9, 5e9])
        house["engaged"] = False
        if r.random() < 0.5:
            house["weekly_capacity_t"] = float(f"{r.choice(tonnes) * r.uniform(0.2, 1):.3g}")
        if r.random() < 0.5:
            house["capacity_t"] = float(f"{r.choice(tonnes) * r.uniform(0.4, 2):.3g}")


EDITS: list[Callable[[Content, Random], None]] = [
    _paid_to_buy,
    _third_digits,
    _no_use,
    _over_the_start,
    _small_lots,
    _prior_as_it_was,
    _musts,
    _early_targets,
    _dear_houses,
]
