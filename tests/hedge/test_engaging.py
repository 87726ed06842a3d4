"""Houses are engaged once for all futures: who has a ticket in one has its fee paid in each."""

from __future__ import annotations

from typing import Any

import pytest

import orebook
from orebook.errors import InputError
from orebook.hedge_verdict import HedgeVerdict, verify_hedge
from orebook.hedged import HedgedPlan
from orebook.problem import Problem
from tests.builders import make_problem


def verdict_of(hedged: HedgedPlan) -> HedgeVerdict:
    """Whether it holds."""
    documents = {name: plan.document for name, plan in hedged.plans.items()}
    return verify_hedge(hedged.problem, hedged.document, documents, hedged.model)


def two_houses(second: dict[str, Any], *changes: str, **tables: Any) -> Problem:
    """10 t of tin at the end of week 2: from `traxys` at 300 USD/t in week 2, whom it costs 20 to engage, or as `second` says.

    Two futures, as likely as each other; the changes of `new` are known in week 2.
    """
    lots = {"mineral": "tin", "lot_t": 1, "max_week_t": 10, "from_week": 2}
    return make_problem(
        offers=[{"offer": "a", "house": "traxys", "price_usd_per_t": 300, **lots}, {**lots, **second}],
        futures=[{"future": "new"}, {"future": "still"}],
        future_changes=[{"future": "new", "n": n, "change": change} for n, change in enumerate(changes, 1)],
        **{"houses": [{"house": "traxys", "engage_fee_usd": 20}, {"house": "other", "engage_fee_usd": 100}], **tables},
    )


@pytest.mark.parametrize("premium", [100, -700])
def test_a_house_that_one_future_needs_is_engaged_in_both(premium: int) -> None:
    """100 USD/t in `new`, 400 in `still`: its fee of 100 is worth it, and is paid in both, as that of `traxys` is.

    Whether or not there is an offer that pays who takes its goods: 1 t of cobalt for -600 USD.
    """
    paid = {"offer": "c", "house": "traxys", "mineral": "cobalt", "lot_t": 1, "max_week_t": 1, "from_week": 2}
    minerals = [{"mineral": m, "daily_use_t": u, "price_usd_per_t": 100} for m, u in (("tin", 1), ("cobalt", 0.1))]
    second = {"offer": "b", "house": "other", "price_usd_per_t": 400}
    problem = two_houses(second, "offers.b.price_usd_per_t=100", minerals=minerals)
    problem = problem.change(
        "offers+=" + ",".join(f"{k}:{v}" for k, v in paid.items()), f"offers.c.premium_usd_per_t={premium}"
    )
    hedged = orebook.hedge(problem, gap=0.0, audit=False)
    cobalt = 100 + premium
    assert {n: p.document.engaged for n, p in hedged.plans.items()} == dict.fromkeys(
        ("new", "still"), ("other", "traxys")
    )
    assert {n: p.costs.total_usd for n, p in hedged.plans.items()} == {"new": 1120.0 + cobalt, "still": 3120.0 + cobalt}
    assert {n: [t.offer for t in p.document.tickets] for n, p in hedged.plans.items()} == {
        "new": ["b", "c"],
        "still": ["a", "c"],
    }


def test_a_house_that_only_a_future_brings_is_engaged_there_alone_where_it_costs_nothing() -> None:
    """`new` is another house, of 90 USD/t and no fee, which the other future knows nothing of: 100 from `traxys` there."""
    brings = ("houses+=house:third", "offers+=offer:b,house:third,mineral:tin,lot_t:1,price_usd_per_t:90,from_week:2")
    hedged = orebook.hedge(two_houses({"offer": "c", "house": "traxys"}, *brings), gap=0.0, audit=False)
    assert {n: (p.document.engaged, p.costs.total_usd) for n, p in hedged.plans.items()} == {
        "new": (("third", "traxys"), 920.0),
        "still": (("traxys",), 1020.0),
    }
    assert verdict_of(hedged).ok


def test_a_house_that_only_a_future_brings_at_a_fee_is_refused() -> None:
    """The fee would be paid in week 1 in every future: the house has to be listed in the instance."""
    brings = ("houses+=house:third,engage_fee_usd:50",)
    with pytest.raises(InputError, match=r"new.*brings house third.*50 USD.*houses\.csv"):
        orebook.hedge(two_houses({"offer": "c", "house": "traxys"}, *brings))


def test_a_house_whose_offers_only_a_future_brings_is_engaged_in_both() -> None:
    """It is listed, so that its fee is paid in each: 1000 + 120 USD in `new`, 3000 + 120 in `still`."""
    brings = "offers+=offer:z,house:other,mineral:tin,lot_t:1,max_week_t:10,price_usd_per_t:100,from_week:2"
    hedged = orebook.hedge(
        two_houses({"offer": "b", "house": "traxys", "price_usd_per_t": 400}, brings), gap=0.0, audit=False
    )
    assert {n: (p.document.engaged, p.costs.total_usd) for n, p in hedged.plans.items()} == {
        "new": (("other", "traxys"), 1120.0),
        "still": (("other", "traxys"), 3120.0),
    }
    assert verdict_of(hedged).ok
