"""What a sale with a fee is: some tonnes at the least."""

from __future__ import annotations

import pyomo.core as pe
from pyomo.repn import generate_standard_repn

from orebook.formulation.build import build
from orebook.formulation.rules.bids import SMALLEST_SALE_T
from tests.builders import make_problem
from tests.judge.cases import WEEKLY


def test_a_sale_with_a_fee_has_tonnes() -> None:
    """Of loose tonnes ten grams, in lots a lot, else its least: a fee for nothing could help a share of cash, or of draws."""
    bid = {"house": "traxys", "mineral": "tin", "price_usd_per_t": 80, "fee_usd": 5, "max_week_t": 9, "to_week": 1}
    problem = make_problem(
        minerals=[{"mineral": "tin", "price_usd_per_t": 100, "shelf_weeks": 1}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 9}],
        bids=[
            {"bid": "loose", **bid},
            {"bid": "lots", **bid, "lot_t": 2},
            {"bid": "least", **bid, "lot_t": 2, "min_t": 4},
        ],
    )
    rows = build(problem, WEEKLY).pyomo.bid_least
    assert {
        key[0]: -next(c for c, v in zip(*_terms(row), strict=True) if v.parent_component().local_name == "sale")
        for key, row in rows.items()
    } == {"loose": SMALLEST_SALE_T, "lots": 2, "least": 4}


def _terms(row: pe.Constraint) -> tuple[tuple[float, ...], tuple[pe.Var, ...]]:
    """Coefficients and variables of a row."""
    form = generate_standard_repn(row.body)
    return form.linear_coefs, form.linear_vars
