"""What members may draw: in all, in a week, and what they borrowed and brought back counts no more."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

from typing import Any

import pytest

from orebook.exact import Fraction
from orebook.problem import Problem
from tests.builders import make_problem
from tests.judge.cases import by, decide, judged

MOTOR = {"member": "motor", "mineral": "tin"}
LOAN = {"kind": "loan", "repay_week": 3}


def drawing(
    entitled: list[dict[str, Any]], *withdrawals: dict[str, Any], head: dict[str, Any] | None = None, **tables: Any
) -> Problem:
    """200 t of tin, 3 weeks, and withdrawals a, b, c .."""
    return make_problem(
        {"weeks": 3, **(head or {})},
        stock=[{"mineral": "tin", "site": "store", "tonnes": 200}],
        entitlements=entitled,
        withdrawals=[{"withdrawal": name, **MOTOR, **row} for name, row in zip("abcd", withdrawals, strict=False)],
        **tables,
    )


def outs(*tonnes: Any) -> list[tuple[str, str, Any]]:
    """Tonnes taken out for a, b, c .."""
    return [(name, "store", t) for name, t in zip("abcd", tonnes, strict=False)]


def back(*puts: tuple[int, Any]) -> list[tuple[str, str, int, Any]]:
    """Tonnes put away by week."""
    return [("tin", "store", week, t) for week, t in puts]


BY_HAND = drawing(
    [{**MOTOR, "tonnes": 50, "max_week_t": 40}],
    {"week": 1, "tonnes": 40, **LOAN},
    {"week": 2, "tonnes": 20},
    {"week": 3, "tonnes": 45},
)
"""The contract's: 40 t are lent until week 3, 20 asked for in week 2 and 45 in week 3, of 50 in all and 40 a week."""


def test_the_contracts_case_by_hand() -> None:
    """40, 10 and 40 t are what may be drawn; a gram more is a breach of what it is of."""
    assert by(BY_HAND, "entitlement", decide(outs=outs(40, 10, 40), puts=back((3, 40)))) == {}
    more = by(BY_HAND, "entitlement", decide(outs=outs(40, 11, 40), puts=back((3, 40))))
    assert more == {"entitlement_total[motor,tin,2]": 1, "entitlement_total[motor,tin,3]": 1}
    over = by(BY_HAND, "entitlement", decide(outs=outs(40, 10, 41), puts=back((3, 40))))
    assert over == {"entitlement_total[motor,tin,3]": 1, "entitlement_week[motor,tin,3]": 1}


def test_a_member_without_a_row_draws_nothing_and_nobody_is_limited_without_the_table() -> None:
    """Other minerals' rows give nothing of tin; a withdrawal without a member, and one where no table is, are free."""
    other = drawing([{"member": "motor", "mineral": "tin2"}], {"week": 1, "tonnes": 5}, head={})
    assert by(other, "entitlement", decide(outs=outs(5))) == {"entitlement_none[a]": 5}
    nobody = drawing([{"member": "other", "mineral": "tin"}], {"week": 1, "tonnes": 5, "member": None})
    assert by(nobody, "entitlement", decide(outs=outs(5))) == {}
    assert by(drawing([], {"week": 1, "tonnes": 5}), "entitlement", decide(outs=outs(5))) == {}


def test_what_comes_back_is_put_away_in_whole_grams() -> None:
    """20.333333 t and 10 % are 22.3666663: 22.366666 t come back, and are put away, no more and no less."""
    problem = drawing([], {"week": 1, "tonnes": 20.333333, "premium_pct": 10, **LOAN})
    taken = Fraction("20.333333")
    plan = decide(outs=outs(taken), puts=back((3, Fraction("22.366666"))))
    judgement = judged(problem, plan)
    assert judgement.breaches == ()
    assert [(r.withdrawal, r.week, r.tonnes) for r in judgement.returns] == [("a", 3, 22.366666)]
    assert judgement.stock["tin", "store", 3] == 200 - taken + Fraction("22.366666")
    late = by(problem, "flow", decide(outs=outs(taken)))
    assert late == {"arrivals_put[tin,3]": Fraction("22.366666")}


def test_after_the_plan_it_is_owed() -> None:
    """A loan of week 1 that is back in week 4 of 3 is put away by nobody; what was owed before comes by itself."""
    problem = drawing(
        [],
        {"week": 1, "tonnes": 10, "kind": "loan", "repay_week": 4, "premium_pct": 10},
        owed=[{**MOTOR, "week": 2, "tonnes": 3}, {**MOTOR, "week": 5, "tonnes": 4}],
    )
    judgement = judged(problem, decide(outs=outs(10)))
    assert judgement.breaches == ()
    assert [(r.withdrawal, r.week, r.tonnes) for r in judgement.returns] == [(None, 2, 3), ("a", 4, 11), (None, 5, 4)]
    assert [judgement.stock["tin", "store", week] for week in (1, 2, 3)] == [190, 193, 193]


def test_a_ceiling_is_raised_by_premiums_that_came_back() -> None:
    """200 t are the ceiling of 200 days; 40 t lent at 25 % leave 210 in store in week 3, which 10 more allow, and no more."""
    tin = {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "max_days": 200}
    lent = {"week": 1, "tonnes": 40, "premium_pct": 25, **LOAN}
    plan = decide(outs=outs(40), puts=back((3, 50)))
    assert by(drawing([], lent, minerals=[tin]), "ceiling", plan) == {}
    more = decide(orders=[("a", 1, 1)], outs=outs(40), puts=back((3, 50), (1, 1)))
    assert by(drawing([], lent, minerals=[tin]), "ceiling", more) == {"cover_ceiling[tin,3]": 1}


@pytest.mark.parametrize(
    ("kept_by", "tables", "served"),
    [
        ("entitlement", {"entitlements": [{**MOTOR, "tonnes": 5}]}, 5),
        ("entitlement", {"entitlements": [{**MOTOR, "max_week_t": 5}]}, 5),
        ("entitlement", {"entitlements": [{"member": "motor", "mineral": "lead"}]}, 0),
        ("must", {"minerals": [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 1, "must_days": 190}]}, 10),
        ("stock", {}, 200),
        (None, {}, 150),
    ],
)
def test_what_keeps_a_withdrawal_short(kept_by: str | None, tables: dict[str, Any], served: int) -> None:
    """300 t are asked for of 200: the first that is tight, of entitlement, cover that must be there, and stock."""
    problem = drawing(tables.pop("entitlements", []), {"week": 2, "tonnes": 300}, **tables)
    (row,) = judged(problem, decide(outs=outs(served))).withdrawals
    assert (row.asked_t, row.served_t, row.kept_by) == (300, served, kept_by)


def test_a_sale_is_at_the_inventory_price_or_the_benchmark_of_its_week() -> None:
    """10 t for 60 USD/t as entitled; where that says none, for 120, the benchmark of week 2; a price of its own goes first."""
    sold = {"week": 2, "tonnes": 10, "kind": "sale"}
    prices = [{"mineral": "tin", "week": 2, "price_usd_per_t": 120}]
    for entitled, own, usd in ((60, {}, 600), (None, {}, 1200), (60, {"pays_usd_per_t": 7}, 70)):
        row = {**MOTOR, "inventory_usd_per_t": entitled}
        problem = drawing([row], {**sold, **own}, prices=prices)
        assert [r.usd for r in judged(problem, decide(outs=outs(10))).receipts] == [usd]
