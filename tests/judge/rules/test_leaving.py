"""What ages, is sold, converted, and stands for another: rows and figures worked out by hand."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from dataclasses import replace

from orebook.decisions import Converted, Decisions, Sale, StandIn
from orebook.exact import Fraction
from orebook.problem import Problem
from tests.builders import Rows, make_problem
from tests.judge.cases import WEEKLY, Amount, by, decide, judged

TIN = {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100}
COBALT = {"mineral": "cobalt", "daily_use_t": 1, "price_usd_per_t": 50}


def ageing(**tables: Rows) -> Problem:
    """30 t of tin of age 1 and 20 t of age 0, good for 2 weeks, in 3 weeks: due 0, 30 and 50 t."""
    return make_problem(
        {"weeks": 3},
        minerals=[{**TIN, "shelf_weeks": 2}],
        stock=[
            {"mineral": "tin", "site": "store", "tonnes": 30, "age_weeks": 1},
            {"mineral": "tin", "site": "store", "tonnes": 20},
        ],
        **tables,
    )


def sold(*sales: tuple[str, int, Amount], base: Decisions | None = None) -> Decisions:
    """Sales out of the one store: bid, week, tonnes."""
    return replace(base or Decisions(), sales=tuple(Sale(b, "store", w, Fraction(t)) for b, w, t in sales))


def test_the_oldest_leaves_first() -> None:
    """Nothing leaves: 30 t lapse by week 2, 50 by week 3, and no day of cover is left of 50 t in store."""
    found = judged(ageing())
    assert [(w.week, w.tonnes) for w in found.waste] == [(2, 30), (3, 50)]
    (cover,) = found.cover
    assert (cover.stock_t, cover.cover_days, cover.short_days, cover.waste_t) == (50, 0, 10, 50)
    assert by(ageing(), "shelf") == {"shelf_lapsed[tin]": 50}


def test_what_leaves_in_time_does_not_lapse() -> None:
    """12 t drawn in week 1: 18 lapse by week 2, 38 by week 3. Drawn in week 3 they are of the 20 t: 30, then 38."""
    for week, waste in ((1, [(2, 18), (3, 38)]), (3, [(2, 30), (3, 38)])):
        draw = [{"withdrawal": "j", "mineral": "tin", "week": week, "tonnes": 12}]
        found = judged(ageing(withdrawals=draw), decide(outs=[("j", "store", 12)]))
        assert [(w.week, w.tonnes) for w in found.waste] == waste
        assert [b.rule for b in found.breaches] == ["shelf"]


def test_what_has_lapsed_does_not_leave() -> None:
    """30 t lapse by week 2: of 50 t, 45 drawn in week 3 leave 5, which is 25 t less than has lapsed."""
    draw = [{"withdrawal": "j", "mineral": "tin", "week": 3, "tonnes": 45}]
    problem = ageing(withdrawals=draw)
    assert by(problem, "flow", decide(outs=[("j", "store", 45)])) == {"waste_stays[tin,3]": 25}


def test_inbound_goods_age_from_their_week() -> None:
    """7 t that come in week 1, good for 2 weeks, lapse by week 3; 5 t of week 2 would in week 4. Age 5 has lapsed by week 1."""
    problem = make_problem(
        {"weeks": 3},
        minerals=[{**TIN, "shelf_weeks": 2}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 1, "age_weeks": 5}],
        inbound=[
            {"mineral": "tin", "site": "store", "week": 1, "tonnes": 7},
            {"mineral": "tin", "site": "store", "week": 2, "tonnes": 5},
        ],
    )
    assert [(w.week, w.tonnes) for w in judged(problem).waste] == [(1, 1), (3, 8)]


def test_cover_that_must_be_there_counts_what_has_lapsed() -> None:
    """50 t, all lapsed, are 50 days that must be there."""
    problem = ageing(targets=[{"mineral": "tin", "week": 3, "days": 60, "must_days": 50}])
    assert by(problem, "must") == {}


def test_a_bid_is_held_to_its_sizes() -> None:
    """Lots of 3 t, 6 to 9 t a week, 12 t in all, from week 2 to 3."""
    bid = {
        "bid": "b",
        "house": "traxys",
        "mineral": "tin",
        "price_usd_per_t": 80,
        "lot_t": 3,
        "min_t": 6,
        "max_week_t": 9,
    }
    problem = ageing(bids=[{**bid, "max_t": 12, "from_week": 2}])
    assert by(problem, "bids", sold(("b", 2, 6), ("b", 3, 6))) == {}
    assert by(problem, "bids", sold(("b", 1, 6))) == {"bid_window[b,1]": 6}
    assert by(problem, "bids", sold(("b", 2, 3))) == {"bid_least[b,2]": 3}
    assert by(problem, "bids", sold(("b", 2, 12))) == {"bid_most[b,2]": 3}
    assert by(problem, "bids", sold(("b", 2, 7))) == {"bid_lots[b,2]": 1}
    assert by(problem, "bids", sold(("b", 2, 9), ("b", 3, 6))) == {"bid_total[b]": 3}


def test_no_more_is_sold_than_would_lapse_unless_a_bid_is_for_surplus() -> None:
    """8 t are not too old in 3 weeks and 50 t are: 53 t sold are 3 t too many, but to a bid for surplus."""
    stock = [
        {"mineral": "tin", "site": "store", "tonnes": 50, "age_weeks": 9},
        {"mineral": "tin", "site": "store", "tonnes": 8},
    ]
    bid = {"bid": "b", "house": "traxys", "mineral": "tin", "price_usd_per_t": 80, "max_week_t": 60}
    for surplus, broken in (("no", {"bid_surplus[tin]": 3}), ("yes", {})):
        problem = make_problem(minerals=[{**TIN, "shelf_weeks": 9}], stock=stock, bids=[{**bid, "surplus": surplus}])
        assert by(problem, "bids", sold(("b", 1, 53))) == broken


def test_a_sale_is_paid_in_its_week_and_its_fee_once() -> None:
    """10 + 5 t at 100 USD less 10 % and 2 USD: 88 each, 1,320 USD in week 2; the fee of 7 USD is paid once, not a store."""
    problem = make_problem(
        sites=[{"site": "north"}, {"site": "south"}],
        stock=[{"mineral": "tin", "site": s, "tonnes": 20} for s in ("north", "south")],
        bids=[
            {"bid": "b", "house": "traxys", "mineral": "tin", "premium_pct": -10, "premium_usd_per_t": -2, "fee_usd": 7}
        ],
    )
    sales = (Sale("b", "north", 2, Fraction(10)), Sale("b", "south", 2, Fraction(5)))
    found = judged(problem, Decisions(sales=sales))
    assert [(s.site, s.usd, s.fee_usd, s.price_usd_per_t) for s in found.sales] == [
        ("north", 880, 7, 88),
        ("south", 440, 0, 88),
    ]
    assert [(r.week, r.usd, r.bid) for r in found.receipts] == [(2, 1320, "b")]
    assert (found.costs.sale_fees_usd, found.costs.cash_usd, found.costs.total_usd) == (7, 7, 7 - 1320)


def works(**row: object) -> Problem:
    """10 t of tin, of which 1 t gives 0.333333 t of cobalt a week later, 3 USD a tonne; 3 weeks."""
    conversion = {
        "conversion": "c",
        "from": "tin",
        "to": "cobalt",
        "yield": 0.333333,
        "fee_usd_per_t": 3,
        "lead_weeks": 1,
    }
    return make_problem(
        {"weeks": 3},
        minerals=[TIN, COBALT],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 10}],
        conversions=[{**conversion, **row}],
    )


def converted(week: int, tonnes: Amount, put: Amount | None = None) -> Decisions:
    """So much taken in a week, and put away a week later as cobalt."""
    puts = [] if put is None else [("cobalt", "store", week + 1, put)]
    taken = (Converted("c", "store", week, Fraction(tonnes)),)
    return replace(decide(puts=puts), conversions=taken)


def test_what_is_converted_comes_in_whole_grams() -> None:
    """5 t give 1.666665 t; 0.7 t give 0.2333331 t, of which the last part of a gram is lost. 15 USD and 2.10 USD are paid."""
    for tonnes, gives, usd in ((5, "1.666665", 15), ("0.7", "0.233333", 2.1)):
        found = judged(works(), converted(1, tonnes, gives))
        (part,) = found.conversions
        assert (part.arrives, part.gives_t, part.fee_usd) == (2, float(gives), usd)
        assert (found.costs.conversion_fees_usd, found.cash[0].cash_usd) == (usd, Fraction(str(usd)))
        assert not [b for b in found.breaches if b.rule in ("flow", "convert")]
    assert by(works(), "flow", converted(1, 5)) == {"arrivals_put[cobalt,2]": Fraction("1.666665")}


def test_a_conversion_is_held_to_its_capacity_its_lots_and_the_plan() -> None:
    """At most 4 t a week in lots of 2 t; from week 3 it would come back in week 4."""
    problem = works(capacity_t_per_week=4, lot_t=2)
    assert by(problem, "convert", converted(1, 4)) == {}
    assert by(problem, "convert", converted(1, 6)) == {"conversion_most[c,1]": 2}
    assert by(problem, "convert", converted(1, 3)) == {"conversion_whole[c,1]": 1}
    assert by(problem, "convert", converted(3, 2)) == {"conversion_window[c,3]": 2}


def standing_in(tonnes: Amount) -> tuple[Problem, Decisions]:
    """20 of 60 t of tin, 80 of 60 t of cobalt, of which a tonne stands for half a tonne, up to a quarter of the target."""
    problem = make_problem(
        {"target_days": 60},
        minerals=[TIN, COBALT],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 20}, {"mineral": "cobalt", "site": "store", "tonnes": 80}],
        substitutes=[{"mineral": "tin", "by": "cobalt", "factor": 0.5, "max_share": 0.25}],
    )
    return problem, Decisions(stand_ins=(StandIn("tin", "cobalt", 2, Fraction(tonnes)),))


def test_a_tonne_counts_once() -> None:
    """20 t stand for 10: tin is 30 days short, 10 of them critical; cobalt has 60 of its own and is not short."""
    tin = {c.mineral: c for c in judged(*standing_in(20)).cover}
    assert (tin["tin"].own_t, tin["tin"].short_days, tin["tin"].critical_short_days) == (20, 30, 10)
    assert [(s.by, s.tonnes) for s in tin["tin"].stand_in] == [("cobalt", 20)]
    assert (tin["cobalt"].own_t, tin["cobalt"].short_days, tin["cobalt"].cover_days) == (60, 0, 80)


def test_what_stands_in_is_no_more_than_its_part_nor_than_is_there() -> None:
    """A quarter of 60 t are 15, for which 30 t stand; 81 t are not there."""
    problem, decided = standing_in(33)
    assert by(problem, "substitute", decided) == {"stand_in_most[tin,cobalt,2]": 3}
    problem, decided = standing_in(81)
    assert by(problem, "substitute", decided) == {"stand_in_most[tin,cobalt,2]": 51, "own_stock[cobalt,2]": 1}


def test_what_is_not_there_is_named() -> None:
    """A bid, a conversion and a pair that the instance does not have, and nothing of them is counted."""
    problem = make_problem(stock=[{"mineral": "tin", "site": "store", "tonnes": 5}])
    decided = Decisions(
        sales=(Sale("x", "store", 1, Fraction(2)),),
        conversions=(Converted("y", "store", 1, Fraction(2)),),
        stand_ins=(StandIn("tin", "z", 2, Fraction(2)),),
    )
    assert by(problem, "flow", decided) == {
        "unknown_bid[x]": 2,
        "unknown_conversion[y]": 2,
        "unknown_substitute[tin,z,2]": 2,
    }
    assert judged(problem, decided).cover[0].stock_t == 5


def test_the_rules_are_those_of_the_contract() -> None:
    """Physics, and shelf at priority 2."""
    assert {
        r: (l.level, l.priority) for r, l in WEEKLY.rules.items() if r in ("bids", "convert", "substitute", "shelf")
    } == {
        "bids": ("physics", None),
        "convert": ("physics", None),
        "substitute": ("physics", None),
        "shelf": ("policy", 2),
    }
