"""Which tier prices an order, what its money is for, and when it is paid."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from dataclasses import replace
from typing import Any

from orebook.exact import Fraction
from orebook.judge import Judgement
from orebook.problem import Problem
from tests.builders import make_problem
from tests.judge.cases import by, decide, judged

TIERS = [{"offer": "a", "from_t": 0, "discount_pct": 0}, {"offer": "a", "from_t": 10, "discount_pct": 10}]
GAP = [
    {"offer": "a", "from_t": 0, "to_t": 10, "discount_pct": 0},
    {"offer": "a", "from_t": 20, "to_t": 30, "discount_pct": 10},
]


def tiered(tiers: list[dict[str, Any]], discount: str = "all_units", **tables: Any) -> Problem:
    """Offer `a` with these tiers."""
    offers = [{"offer": "a", "house": "traxys", "mineral": "tin", "discount": discount}]
    return make_problem(offers=offers, tiers=tiers, **tables)


def named(problem: Problem, tonnes: int, tier: int) -> Judgement:
    """Tonnes of `a` in week 1, said to be priced at the tier from `tier` t."""
    decisions = decide(orders=[("a", 1, tonnes)])
    order = replace(decisions.orders[0], tier=Fraction(tier))
    return judged(problem, replace(decisions, orders=(order,)))


def test_the_tier_of_the_whole_order_prices_every_tonne() -> None:
    """12 t fall in the tier from 10 t: 12 * 90."""
    ticket = judged(tiered(TIERS), decide(orders=[("a", 1, 12)])).tickets[0]
    assert (ticket.tier, ticket.goods_usd) == (10.0, 1080.0)


def test_where_tiers_meet_the_cheaper_one_is_taken() -> None:
    """10 t may be priced at 100 or at 90."""
    assert judged(tiered(TIERS), decide(orders=[("a", 1, 10)])).tickets[0].goods_usd == 900.0


def test_where_tiers_meet_the_plan_may_name_either() -> None:
    """10 t named at the lower tier cost 1000 USD and break nothing."""
    judgement = named(tiered(TIERS), 10, 0)
    assert judgement.tickets[0].goods_usd == 1000.0
    assert not [b for b in judgement.breaches if b.rule == "offers"]


def test_where_tiers_meet_one_may_be_rejected() -> None:
    """10 t at 90 are under a `reject` floor of 95, so 10 t cost 100 each, and 12 t cannot be had."""
    floors = [{"mineral": "tin", "floor_usd_per_t": 95, "mechanism": "reject"}]
    problem = tiered(TIERS, floors=floors)
    assert judged(problem, decide(orders=[("a", 1, 10)])).tickets[0].goods_usd == 1000.0
    assert by(problem, "offers", decide(orders=[("a", 1, 12)])) == {"tier_rejected[a,1]": 12}


def test_a_quantity_in_a_gap_cannot_be_ordered() -> None:
    """13 t are 3 t over the first tier and 7 t under the second."""
    assert by(tiered(GAP), "offers", decide(orders=[("a", 1, 13)])) == {"order_tier[a,1]": 3}


def test_a_quantity_over_the_last_tier_cannot_be_ordered() -> None:
    """32 t are 2 t over the end of the last tier."""
    assert by(tiered(GAP), "offers", decide(orders=[("a", 1, 32)])) == {"order_tier[a,1]": 2}


def test_a_gram_over_a_tier_is_still_in_it() -> None:
    """20 t less 1e-5 t is within 1e-6 of 20 t: the second tier's."""
    ticket = judged(tiered(GAP), decide(orders=[("a", 1, "19.99999")])).tickets[0]
    assert ticket.tier == 20.0


def test_a_named_tier_must_fit() -> None:
    """12 t named at the tier up to 10 t is 2 t outside it, and a tier that is not there fits nothing."""
    wrong, unknown = named(tiered(TIERS), 12, 0), named(tiered(TIERS), 12, 7)
    assert [(b.row, b.by) for b in wrong.breaches if b.rule == "offers"] == [("order_tier[a,1]", 2)]
    assert [(b.row, b.by) for b in unknown.breaches if b.rule == "offers"] == [("order_tier[a,1]", 12)]


def test_incremental_tiers_price_the_part_inside_them() -> None:
    """12 t: 10 at 100 and 2 at 90, no tier named, averages per tonne."""
    ticket = judged(tiered(TIERS, "incremental"), decide(orders=[("a", 1, 12)])).tickets[0]
    assert (ticket.tier, ticket.goods_usd, ticket.quote_usd_per_t) == (None, 1180.0, 100.0)
    assert ticket.paid_usd_per_t == 1180 / 12


def test_an_incremental_tier_that_is_rejected_closes_those_above() -> None:
    """12 t reach 2 t into a tier below a `reject` floor; 10 t do not reach it."""
    floors = [{"mineral": "tin", "floor_usd_per_t": 95, "mechanism": "reject"}]
    problem = tiered(TIERS, "incremental", floors=floors)
    assert by(problem, "offers", decide(orders=[("a", 1, 12)])) == {"tier_rejected[a,1]": 2}
    assert by(problem, "offers", decide(orders=[("a", 1, 10)])) == {}


def test_a_tier_above_a_rejected_one_takes_nothing_either() -> None:
    """The tier from 10 t is below the floor and the one from 15 t is not: 18 t are 8 t too many."""
    floors = [{"mineral": "tin", "floor_usd_per_t": 95, "mechanism": "reject"}]
    tiers = [*TIERS, {"offer": "a", "from_t": 15, "discount_pct": 0}]
    problem = tiered(tiers, "incremental", floors=floors)
    assert by(problem, "offers", decide(orders=[("a", 1, 18)])) == {"tier_rejected[a,1]": 8}


def test_incremental_tonnes_over_the_last_tier_are_outside() -> None:
    """Tiers to 15 t: 18 t are 3 t outside, and priced as the last tier."""
    tiers = [TIERS[0], {**TIERS[1], "to_t": 15}]
    problem = tiered(tiers, "incremental")
    assert by(problem, "offers", decide(orders=[("a", 1, 18)])) == {"order_tier[a,1]": 3}
    # 10 * 100 + 8 * 90
    assert judged(problem, decide(orders=[("a", 1, 18)])).tickets[0].goods_usd == 1720.0


def test_a_frozen_ticket_in_a_gap_is_priced_at_the_tier_below() -> None:
    """13 t of the prior plan stand between two tiers: 13 * 100, and no breach."""
    head = {"frozen_weeks": 1}
    prior = [{"offer": "a", "week": 1, "tonnes": 13}]
    problem = tiered(GAP, head=head, prior=prior)
    decisions = decide(orders=[("a", 1, 13)])
    assert judged(problem, decisions).tickets[0].goods_usd == 1300.0
    assert by(problem, "offers", decisions) == {}


def test_the_tier_below_is_the_nearest_one() -> None:
    """35 t stand over the end of the second tier: 35 * 90, not 35 * 100."""
    problem = tiered(GAP, head={"frozen_weeks": 1}, prior=[{"offer": "a", "week": 1, "tonnes": 35}])
    assert judged(problem, decide(orders=[("a", 1, 35)])).tickets[0].goods_usd == 3150.0


def test_a_frozen_ticket_may_name_either_tier_where_they_meet() -> None:
    """10 t stand and are said to be in the tier up to 10 t: 10 * 100."""
    problem = tiered(TIERS, head={"frozen_weeks": 1}, prior=[{"offer": "a", "week": 1, "tonnes": 10}])
    assert named(problem, 10, 0).tickets[0].goods_usd == 1000.0


def test_a_frozen_ticket_below_the_first_tier_is_priced_there() -> None:
    """5 t of the prior plan stand under a first tier from 8 t."""
    tiers = [{"offer": "a", "from_t": 8, "discount_pct": 20}]
    problem = tiered(tiers, head={"frozen_weeks": 1}, prior=[{"offer": "a", "week": 1, "tonnes": 5}])
    assert judged(problem, decide(orders=[("a", 1, 5)])).tickets[0].goods_usd == 400.0


def test_a_frozen_ticket_that_names_a_tier_wrongly_is_priced_by_its_tonnes() -> None:
    """12 t stand and are said to be in the tier up to 10 t: they cost 12 * 90."""
    problem = tiered(TIERS, head={"frozen_weeks": 1}, prior=[{"offer": "a", "week": 1, "tonnes": 12}])
    judgement = named(problem, 12, 0)
    assert judgement.tickets[0].goods_usd == 1080.0
    assert not [b for b in judgement.breaches if b.rule == "offers"]


def test_money_is_paid_on_order_and_on_arrival() -> None:
    """5 t at 100, 7 USD freight and a fee of 11: 20 % of 535 and the fee in week 1, the rest in week 2."""
    offers = [
        {
            "offer": "a",
            "house": "traxys",
            "mineral": "tin",
            "lead_weeks": 1,
            "pay_on_order_pct": 20,
            "order_fee_usd": 11,
            "freight_usd_per_t": 7,
        }
    ]
    judgement = judged(make_problem(offers=offers), decide(orders=[("a", 1, 5)]))
    # landed 5 * 107 = 535; 0.2 * 535 + 11 = 118; 535 - 107 = 428
    assert [week.orders_usd for week in judgement.cash] == [118, 428]
    assert judgement.tickets[0].order_cash_usd == 546.0


def test_what_falls_due_after_the_plan_is_not_its_cash() -> None:
    """Ordered in week 2 with a week's lead: 30 % of 500 is cash, 350 comes later, and the goods never arrive."""
    offers = [{"offer": "a", "house": "traxys", "mineral": "tin", "lead_weeks": 1, "pay_on_order_pct": 30}]
    judgement = judged(make_problem(offers=offers), decide(orders=[("a", 2, 5)]))
    assert (judgement.costs.cash_usd, judgement.costs.later_usd) == (150.0, 350.0)
    assert judgement.tickets[0].order_cash_usd == 500.0
    assert judgement.tickets[0].arrives == 3
    assert not [b for b in judgement.breaches if b.row.startswith("arrivals_put")]


def test_a_ticket_counts_its_lots() -> None:
    """3.5 t in lots of half a tonne are seven."""
    offers = [{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 0.5, "origin": "peru"}]
    ticket = judged(make_problem(offers=offers), decide(orders=[("a", 1, "3.5")])).tickets[0]
    assert (ticket.lots, ticket.origin, ticket.house, ticket.mineral) == (7, "peru", "traxys", "tin")
