"""Tonnes: balances, what is put away and taken out, and decisions about things that are not there."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from tests.builders import make_problem
from tests.judge.cases import broken, by, decide, judged

SITES = [{"site": "north"}, {"site": "south"}]


def test_stock_is_what_came_less_what_went() -> None:
    """3 t in store and 2 t inbound in week 2, 5 t put away in week 1, 4 t taken out in week 2."""
    problem = make_problem(
        stock=[{"mineral": "tin", "site": "store", "tonnes": 3}],
        inbound=[{"mineral": "tin", "site": "store", "week": 2, "tonnes": 2}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 6}],
    )
    plan = decide(orders=[("a", 1, 5)], puts=[("tin", "store", 1, 5)], outs=[("j", "store", 4)])
    judgement = judged(problem, plan)
    # 3 + 5 = 8; 8 + 2 - 4 = 6; 6 wanted, 4 served
    assert judgement.stock == {("tin", "store", 1): 8, ("tin", "store", 2): 6}
    assert judgement.unmet == {"j": 2}
    assert by(problem, "flow", plan) == {}


def test_what_arrives_is_put_away_in_its_week() -> None:
    """5 t arrive in week 2; 4 t are put away then and 1 t a week early."""
    offers = [{"offer": "a", "house": "traxys", "mineral": "tin", "lead_weeks": 1}]
    plan = decide(orders=[("a", 1, 5)], puts=[("tin", "store", 2, 4), ("tin", "store", 1, 1)])
    assert by(make_problem(offers=offers), "flow", plan) == {"arrivals_put[tin,1]": 1, "arrivals_put[tin,2]": 1}


def test_an_origin_can_make_it_longer() -> None:
    """A lead of one week and one more for the origin: ordered in week 1, there in week 3."""
    offers = [{"offer": "a", "house": "traxys", "mineral": "tin", "lead_weeks": 1, "origin": "peru"}]
    problem = make_problem({"weeks": 3}, offers=offers, origins=[{"origin": "peru", "extra_lead_weeks": 1}])
    assert by(problem, "flow", decide(orders=[("a", 1, 5)], puts=[("tin", "store", 3, 5)])) == {}


def test_a_gram_is_no_breach() -> None:
    """Rounding to a gram is allowed: 5 t arrive, 4.999999 t are put away; two grams are too much."""
    problem = make_problem(offers=[{"offer": "a", "house": "traxys", "mineral": "tin"}])
    assert by(problem, "flow", decide(orders=[("a", 1, "0.5")], puts=[("tin", "store", 1, "0.499999")])) == {}
    found = by(problem, "flow", decide(orders=[("a", 1, "0.5")], puts=[("tin", "store", 1, "0.499998")]))
    assert list(found) == ["arrivals_put[tin,1]"]


def test_a_store_cannot_owe() -> None:
    """2 t in the north, 3 t taken out there in week 1: a tonne is missing in both weeks, whatever the south has."""
    problem = make_problem(
        sites=SITES,
        stock=[{"mineral": "tin", "site": "north", "tonnes": 2}, {"mineral": "tin", "site": "south", "tonnes": 9}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 3}],
    )
    found = by(problem, "flow", decide(outs=[("j", "north", 3)]))
    assert found == {"stock_balance[tin,north,1]": 1, "stock_balance[tin,north,2]": 1}


def test_a_withdrawal_gets_no_more_than_it_wants() -> None:
    """3 t wanted, 4 t taken out from two stores."""
    problem = make_problem(
        sites=SITES,
        stock=[{"mineral": "tin", "site": s, "tonnes": 9} for s in ("north", "south")],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 1, "tonnes": 3}],
    )
    plan = decide(outs=[("j", "north", 2), ("j", "south", 2)])
    assert by(problem, "flow", plan) == {"withdrawal_served[j]": 1}
    assert judged(problem, plan).unmet == {"j": 0}


def test_what_is_not_there_is_a_breach_and_no_crash() -> None:
    """Unknown names and weeks are named, with their amounts, and left out of the figures."""
    plan = decide(
        orders=[("b", 1, 5), ("a", 3, 6), ("a", 0, 7)],
        puts=[("lead", "store", 1, 1), ("tin", "attic", 1, 2), ("tin", "store", 9, 3)],
        outs=[("k", "store", 4)],
        draws=[("purse", 1, 8), ("cash", 5, 9)],
    )
    problem = make_problem()
    found = broken(problem, "flow", plan)
    assert {row: (float(b.by), b.unit) for row, b in found.items()} == {
        "unknown_offer[b]": (5, "t"),
        "unknown_week[a,3]": (6, "t"),
        "unknown_week[a,0]": (7, "t"),
        "unknown_mineral[lead]": (1, "t"),
        "unknown_site[attic]": (2, "t"),
        "unknown_week[tin,store,9]": (3, "t"),
        "unknown_withdrawal[k]": (4, "t"),
        "unknown_source[purse]": (8, "USD"),
        "unknown_week[cash,5]": (9, "USD"),
    }
    assert judged(problem, plan).costs.total_usd == 0.0


def test_the_same_order_twice_is_a_breach_and_counts_as_one() -> None:
    """Two tickets of an offer in a week: 3 t and 4 t are one order of 7 t."""
    plan = decide(orders=[("a", 1, 3), ("a", 1, 4)])
    assert by(make_problem(), "flow", plan)["order_twice[a,1]"] == 4
    assert [t.tonnes for t in judged(make_problem(), plan).tickets] == [7.0]
