"""Faults in what ages, is sold, converted and stands for another."""

from __future__ import annotations

from tests.planted.mutant import Mutant

AGES, SALES, MADE, FLOW = (f"accounting/{name}.py" for name in ("ageing", "sales", "leaving", "stock_flow"))
HAND, SOLVED, LATER = "judge/rules/test_leaving.py", "solver/test_leaving.py", "rolling/test_next_week.py"

MUTANTS = [
    Mutant(
        "goods that lapse a week early",
        AGES,
        "lapses[mineral, max(1, shelf - age + 1)] += exact(tonnes)",
        "lapses[mineral, max(1, shelf - age)] += exact(tonnes)",
        (f"{HAND}::test_the_oldest_leaves_first",),
    ),
    Mutant(
        "what has lapsed is good again once others leave",
        AGES,
        "max(before, tonnes - left",
        "max(ZERO, tonnes - left",
        (f"{HAND}::test_what_has_lapsed_does_not_leave",),
    ),
    Mutant(
        "inbound goods that do not age",
        AGES,
        "lapses[order.mineral, order.week + shelf] += exact(order.tonnes)",
        "lapses[order.mineral, order.week + shelf] += ZERO",
        (f"{HAND}::test_inbound_goods_age_from_their_week",),
    ),
    Mutant(
        "a premium of a bid that is not paid",
        SALES,
        "benchmark * (1 + exact(row.premium_pct) / 100) + exact(row.premium_usd_per_t)",
        "benchmark + exact(row.premium_usd_per_t)",
        (f"{HAND}::test_a_sale_is_paid_in_its_week_and_its_fee_once",),
    ),
    Mutant(
        "more comes of a conversion than whole grams",
        MADE,
        "gives = gram_below(exact(conversion.yield_t) * tonnes)",
        "gives = exact(conversion.yield_t) * tonnes",
        (f"{HAND}::test_what_is_converted_comes_in_whole_grams",),
    ),
    Mutant(
        "a tonne that counts twice",
        FLOW,
        "own = flow.usable(mineral, week) - sum((x.tonnes for x in given[key]), ZERO)",
        "own = flow.usable(mineral, week)",
        (f"{HAND}::test_a_tonne_counts_once",),
    ),
    Mutant(
        "surplus sold to a bid that takes none",
        "judge/rules/bids.py",
        "        if not sale.bid.surplus:",
        "        if sale.bid.surplus:",
        (f"{HAND}::test_no_more_is_sold_than_would_lapse_unless_a_bid_is_for_surplus",),
    ),
    Mutant(
        "a fee paid for a sale of nothing",
        "formulation/rules/bids.py",
        "max(bid.min_t, bid.lot_t or SMALLEST_SALE_T)",
        "bid.min_t",
        ("formulation/test_leaving_rows.py::test_a_sale_with_a_fee_has_tonnes",),
    ),
    Mutant(
        "a sale of now that differs from future to future",
        "solver/hedge/futures.py",
        '"sell": 2, "sale": 1,',
        '"sale": 1,',
        (f"{SOLVED}::test_a_sale_of_now_is_the_same_in_every_future",),
    ),
    Mutant(
        "stock that stays as old as it was",
        "rolling/stock_next_week.py",
        "there[age + 1] += exact(tonnes)",
        "there[age] += exact(tonnes)",
        (f"{LATER}::test_stock_is_a_week_older_and_the_oldest_left_first",),
    ),
    Mutant(
        "what is being converted forgotten a week later",
        "rolling/stock_next_week.py",
        "if part.week == 1 < part.arrives:",
        "if part.week == 1 == part.arrives:",
        (f"{LATER}::test_what_is_sold_and_converted_is_behind_a_week_later",),
    ),
    Mutant(
        "what a conversion brings not put away",
        "rounding/levels.py",
        "for week, tonnes in self._made.items() if week <= self.problem.weeks",
        "for week, tonnes in self._made.items() if week < 1",
        (f"{SOLVED}::test_a_chain_of_conversions_is_put_away_to_the_gram",),
    ),
]
