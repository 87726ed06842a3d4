"""The teaching cases with futures: their expected.json, and their formulas by hand for other probabilities and prices."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import orebook
from orebook.hedged import HedgedPlan
from orebook.problem import Problem
from orebook.schema.hedge import Worth

TEACHING = Path(__file__).parents[2] / "instances" / "teaching"
CASES = sorted(p.parent.name for p in TEACHING.glob("*/futures.csv"))
TONNES = 100
"""That must be there in `ban`."""
MEMBER_T = range(10, 101, 10)
"""What is drawn in `newsvendor`, each with the same probability."""


def now(hedged: HedgedPlan) -> list[tuple[str, int, float]]:
    """Offer, week and tonnes of the tickets of the weeks that are now."""
    return [(t.offer, t.week, t.tonnes) for t in hedged.now]


def cost(hedged: HedgedPlan) -> float:
    """R of the cost, in USD."""
    return next(s.value for s in hedged.document.stages if s.stage == "cost")


def worth(hedged: HedgedPlan) -> Worth:
    """What knowing and hedging are worth."""
    assert hedged.document.worth is not None
    return hedged.document.worth


def usd(amount: float) -> Any:
    """An amount to a cent."""
    return pytest.approx(amount, abs=0.01)


def ban(probability: float, in_transit: str) -> Problem:
    """`ban` with another probability of the ban, and another fate of goods under way."""
    return orebook.read(TEACHING / "ban").change(
        f"futures.ban.probability={probability}",
        f"futures.as-it-stands.probability={1 - probability}",
        f"futures.ban.in_transit={in_transit}",
    )


def test_all_cases_are_here() -> None:
    """None is left out of what follows."""
    assert CASES == ["ban", "goods-late", "goods-lost", "goods-refunded", "newsvendor", "worst-tenth"]


@pytest.mark.parametrize("case", CASES)
def test_the_hedged_plan_is_what_is_expected(case: str) -> None:
    """Tickets, R of the cost, and both worths as the section `hedge` of expected.json has them."""
    expected = json.loads((TEACHING / case / "expected.json").read_text(encoding="utf-8"))["hedge"]
    hedged = orebook.hedge(TEACHING / case, gap=0.0)
    assert hedged.status == "optimal"
    assert hedged.document.audited is True
    assert now(hedged) == [tuple(t) for t in expected["tickets"]]
    said = worth(hedged)
    assert (said.stage, cost(hedged)) == ("cost", usd(expected["cost"]))
    assert (said.evpi, said.evpi_usd) == (usd_pair(expected["evpi"]), usd(expected["evpi"]))
    assert (said.vss, said.vss_usd) == (usd_pair(expected["vss"]), usd(expected["vss"]))


def test_who_counts_the_worst_tenth_orders_today() -> None:
    """In `worst-tenth` at a weight of 0.2, and from 8/88 on: 9.0 % is too little for it, 9.2 % is enough."""
    folder = TEACHING / "worst-tenth"
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["averse"]
    hedged = orebook.hedge(folder, gap=0.0, tail=expected["tail"], tail_weight=expected["tail_weight"])
    assert now(hedged) == [tuple(t) for t in expected["tickets"]]
    assert cost(hedged) == usd(expected["cost"])
    for weight, ordered in ((0.090, []), (0.092, [("now", 1, 100.0)])):
        assert now(orebook.hedge(folder, gap=0.0, tail_weight=weight, audit=False)) == ordered


def usd_pair(amount: float) -> Any:
    """An interval that is one amount, to a cent."""
    return pytest.approx((amount, amount), abs=0.01)


@pytest.mark.parametrize("probability", [0.001, 0.06, 0.0666, 0.0667, 0.08, 0.5, 0.999])
def test_order_today_where_the_ban_is_likely_enough(probability: float) -> None:
    """Goods under way arrive: 104 USD/t today, 97 (1 - p) + 202 p later, 97 (1 - p) + 104 p for who knows."""
    hedged = orebook.hedge(ban(probability, "arrive"), gap=0.0, audit=False)
    today, later = 104 * TONNES, (97 * (1 - probability) + 202 * probability) * TONNES
    known = (97 * (1 - probability) + 104 * probability) * TONNES
    assert now(hedged) == ([("china-now", 1, 100.0)] if probability > 7 / 105 else [])
    assert cost(hedged) == usd(min(today, later))
    assert worth(hedged).evpi == usd_pair(min(today, later) - known)
    # the instance's own plan waits
    assert worth(hedged).plain_tickets == ()
    assert worth(hedged).vss == usd_pair(later - min(today, later))


@pytest.mark.parametrize("probability", [0.001, 0.06, 0.08, 0.5, 0.999])
def test_wait_whatever_the_probability_where_goods_under_way_are_lost(probability: float) -> None:
    """104 (1 - p) + 302 p today is never better than 97 (1 - p) + 202 p later, known or not."""
    hedged = orebook.hedge(ban(probability, "lost"), gap=0.0, audit=False)
    assert now(hedged) == []
    assert cost(hedged) == usd((97 * (1 - probability) + 202 * probability) * TONNES)
    assert (worth(hedged).evpi, worth(hedged).vss) == (usd_pair(0), usd_pair(0))


def test_the_worst_part_turns_the_order() -> None:
    """At 5 % one waits by the mean; with half the weight on the worst tenth (97 and 202 by halves), one orders.

    0.5 * (97 * 0.95 + 202 * 0.05) + 0.5 * (97 + 202) / 2 = 125.875 over 104 USD/t.
    """
    assert now(orebook.hedge(ban(0.05, "arrive"), gap=0.0, audit=False)) == []
    averse = orebook.hedge(ban(0.05, "arrive"), tail=0.1, tail_weight=0.5, gap=0.0, audit=False)
    assert now(averse) == [("china-now", 1, 100.0)]
    assert cost(averse) == usd(104 * TONNES)
    assert worth(averse).vss == usd_pair((125.875 - 104) * TONNES)


@pytest.mark.slow
@pytest.mark.parametrize(("today", "ordered"), [(5, 100), (15, 90), (55, 50), (95, 10), (101, 0)])
def test_the_newsvendor_orders_the_quantile(today: int, ordered: int) -> None:
    """The smallest demand that is not exceeded with a probability of 1 - c/100 or more; the own plan orders 50 t or none."""
    problem = orebook.read(TEACHING / "newsvendor").change(f"offers.now.price_usd_per_t={today}")
    hedged = orebook.hedge(problem, gap=0.0, audit=False)
    assert now(hedged) == ([("now", 1, float(ordered))] if ordered else [])

    def on_average(tonnes: int) -> float:
        """Cost over the demands, in USD, with so much ordered today."""
        return today * tonnes + sum(100 * max(0, drawn - tonnes) for drawn in MEMBER_T) / len(MEMBER_T)

    known = sum(min(today, 100) * drawn for drawn in MEMBER_T) / len(MEMBER_T)
    own = 50 if today < 100 else 0
    assert cost(hedged) == usd(on_average(ordered))
    assert worth(hedged).evpi == usd_pair(on_average(ordered) - known)
    assert worth(hedged).vss == usd_pair(on_average(own) - on_average(ordered))


def test_who_fears_the_worst_tenth_alone_orders_for_it() -> None:
    """The worst tenth alone (weight 0.999): as good as 100 t are ordered, the demand of that tenth."""
    problem = orebook.read(TEACHING / "newsvendor")
    hedged = orebook.hedge(problem, tail=0.1, tail_weight=0.999, gap=0.0, audit=False)
    # a tonne more saves 100 USD where 100 t are drawn and 55 USD/t is all that it costs there
    assert now(hedged) == [("now", 1, 100.0)]
    assert cost(hedged) == usd(5500.0)


@pytest.mark.parametrize("case", CASES)
def test_each_case_stands_in_the_list_of_instances(case: str) -> None:
    """With a question."""
    lines = (TEACHING.parent / "README.md").read_text(encoding="utf-8").splitlines()
    (line,) = [x for x in lines if x.startswith(f"| [{case}](teaching/{case}/README.md) |")]
    assert line.endswith("? |")
