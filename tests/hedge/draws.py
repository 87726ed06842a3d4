"""Tiny problems with two or three futures, drawn by number: offers in lots of a tonne, one store and one source of money.

So that trying every plan is quick and exact: what is put away, drawn and paid back follows from orders and withdrawals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from orebook.errors import InputError
from orebook.problem import Problem
from orebook.risk_measure import RiskMeasure
from orebook.schema.model import Model
from tests.builders import make_problem
from tests.oracle.models import MODELS
from tests.oracle.news import news_of

FATES = ("lost", "arrive", "refund")


@dataclass(frozen=True)
class DrawnHedge:
    """A problem with futures, the model it is hedged under, and what is minimised over futures."""

    problem: Problem
    model: Model
    risk: RiskMeasure
    told: str
    """The tables, to make it again by hand."""


def drawn_hedge(number: int) -> DrawnHedge:
    """The draw of a number, always the same."""
    rng = Random(number)
    head: dict[str, Any] = {"weeks": 3, "target_days": 3}
    if rng.random() < 0.35:
        head["budget_usd"] = rng.choice([250, 400])
    tables = _tables(rng)
    plain = make_problem(head, **tables)
    tables["futures"], tables["future_changes"] = _futures(plain, rng)
    problem = make_problem(head, **tables)
    model = rng.choice([m for name, m in MODELS.items() if name != "value" or "withdrawals" not in tables])
    risk = RiskMeasure(rng.choice([0.1, 0.4, 1.0]), rng.choice([0.0, 0.5]))
    return DrawnHedge(problem, model, risk, f"draw {number}: {model.name}, {risk}, {head}, {tables}")


def _tables(rng: Random) -> dict[str, Any]:
    """Two offers from two origins, one house or two, one mineral or two; each table of a limit in a part of the draws."""

    def some(**rows: Any) -> dict[str, Any]:
        return rows if rng.random() < 0.35 else {}

    two = rng.random() < 0.5
    minerals = [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "m3_per_t": 1}]
    minerals += [{"mineral": "cobalt", "daily_use_t": 1, "price_usd_per_t": 200, "criticality": 2}] if two else []
    minerals[0].update(some(critical_days=1), **some(must_days=1))
    offers = [_offer(rng, "a", "east", "tin", "china"), _offer(rng, "b", rng.choice(["east", "west"]), "tin", "chile")]
    if two:
        offers[1]["mineral"] = "cobalt"
    houses = [{"house": h, "engage_fee_usd": rng.choice([0, 0, 15, 40])} for h in ("east", "west")]
    return {
        "minerals": minerals,
        "offers": offers,
        "houses": houses,
        "origins": [{"origin": "china", "group": "east"}, {"origin": "chile"}],
        "sites": [
            {"site": "store", "rent_usd_per_m3_week": rng.choice([0, 2]), **some(capacity_m3=rng.choice([3, 5]))}
        ],
        "prices": [{"mineral": "tin", "week": 2, "price_usd_per_t": rng.choice([80, 130])}],
        **some(stock=[{"mineral": "tin", "site": "store", "tonnes": 1}]),
        **some(withdrawals=[{"withdrawal": "w", "mineral": "tin", "week": rng.choice([2, 3]), "tonnes": 1}]),
        **some(funding=[{"source": "loan", "rate_pct": 52, "limit_usd": rng.choice([350, 1000])}]),
        **some(shares=[{"mineral": "tin", "by": "origin", "name": "china", "max_share": 0.5}]),
        **some(tiers=[{"offer": "a", "from_t": 0, "discount_pct": 0}, {"offer": "a", "from_t": 2, "discount_pct": 20}]),
    }


def _offer(rng: Random, name: str, house: str, mineral: str, origin: str) -> dict[str, Any]:
    return {
        "offer": name,
        "house": house,
        "mineral": mineral,
        "origin": origin,
        "lot_t": 1,
        "max_week_t": 2 if name == "a" else 1,
        "lead_weeks": rng.choice([0, 1, 1, 2]),
        "pay_on_order_pct": rng.choice([0, 30, 100]),
        "order_fee_usd": rng.choice([0, 5]),
        "premium_usd_per_t": rng.choice([0, 10, 60]),
    }


def _futures(plain: Problem, rng: Random) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Two or three, one of them most often without changes; changes that can be made, each known in a week of its own."""
    futures: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    number = rng.choice([2, 2, 3])
    for k in range(number):
        future = {"future": f"f{k}", "in_transit": rng.choice(FATES), "probability": 1 / number}
        if number == 2:
            future["probability"] = (0.3, 0.7)[k]
        elif k == 2:
            future["probability"] = None
        if k or rng.random() < 0.3:
            known = rng.randint(2, plain.weeks + 1)
            news = next(_that_can_be_made(plain, rng, known))
            future["known_week"] = known
            changes += [{"future": f"f{k}", "n": n, "change": change} for n, change in enumerate(news, 1)]
        futures.append(future)
    return futures, changes


def _that_can_be_made(plain: Problem, rng: Random, known: int) -> Iterator[tuple[str, ...]]:
    while True:
        news = news_of(plain, rng)
        try:
            plain.change(*news, known=known)
        except InputError:
            continue
        yield news
