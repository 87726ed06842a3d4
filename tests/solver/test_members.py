"""Members served: entitlements, loans that come back, priorities and rations, by hand and by the formula for equal parts."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import orebook
from orebook.plan import Plan
from orebook.problem import Problem
from tests.builders import make_problem

EMERGENCY = orebook.read_model("emergency")
NONE = {"offer": "a", "house": "traxys", "mineral": "tin", "max_week_t": 0}
"""Nobody sells anything."""


def served(plan: Plan) -> dict[str, float]:
    """Withdrawal -> tonnes; the plan holds as it is written."""
    assert orebook.verify(plan.problem, plan.document, plan.model).ok
    return {row.withdrawal: row.served_t for row in plan.document.withdrawals}


def asked(stock: dict[str, float], members: dict[str, int], *rows: tuple[str, str, str, float], **head: Any) -> Problem:
    """Stock of minerals, members by priority, and (withdrawal, member, mineral, tonnes) of week 1."""
    return make_problem(
        {"weeks": 1, "target_days": 0, **head},
        minerals=[{"mineral": i, "daily_use_t": 1, "price_usd_per_t": 100} for i in stock],
        offers=[NONE],
        stock=[{"mineral": i, "site": "store", "tonnes": t} for i, t in stock.items() if t],
        members=[{"member": m, "priority": p} for m, p in members.items()],
        withdrawals=[{"withdrawal": n, "member": m, "mineral": i, "week": 1, "tonnes": t} for n, m, i, t in rows],
    )


def test_two_share_what_there_is_in_equal_parts() -> None:
    """The contract's: 50 t for two that ask for 75 and 25: 37.5 and 12.5."""
    problem = asked({"tin": 50}, {"x": 5, "y": 5}, ("a", "x", "tin", 75), ("b", "y", "tin", 25))
    plan = orebook.solve(problem, EMERGENCY)
    assert served(plan) == {"a": 37.5, "b": 12.5}
    assert [(s.stage, s.value) for s in plan.document.stages[:2]] == [("unmet/5", 50), ("ration/5", 0.5)]
    assert [row.kept_by for row in plan.document.withdrawals] == ["stock", "stock"]
    assert plan.document.audited is True


def test_the_first_priority_is_served_before_any_other() -> None:
    """60 t: all 50 of the member of priority 1, and 10 in equal parts for those of 3 who ask for 30 and 10."""
    members = {"x": 1, "y": 3, "z": 3}
    problem = asked({"tin": 60}, members, ("a", "x", "tin", 50), ("b", "y", "tin", 30), ("c", "z", "tin", 10))
    plan = orebook.solve(problem, EMERGENCY)
    assert served(plan) == {"a": 50, "b": 7.5, "c": 2.5}
    measures = {s.stage: s.value for s in plan.document.stages}
    assert [measures[name] for name in ("unmet/1", "ration/1", "unmet/3", "ration/3")] == [0, 0, 30, 0.75]


def test_who_cannot_be_worse_off_is_not_left_where_the_worst_is() -> None:
    """Tin leaves two 3/4 short whatever is done; of lead 30 of 120 t are missing: a quarter of each, and not 3/4 of one."""
    rows = (("a", "x", "tin", 100), ("b", "y", "tin", 100), ("c", "x", "lead", 100), ("d", "y", "lead", 20))
    plan = orebook.solve(asked({"tin": 50, "lead": 90}, {"x": 5, "y": 5}, *rows), EMERGENCY)
    assert served(plan) == {"a": 25, "b": 25, "c": 75, "d": 15}
    assert plan.document.stages[1].value == 0.75


def test_a_loan_that_comes_back_and_one_that_is_owed() -> None:
    """The contract's: stock 50, target 100 at T = 2, 20 t lent, and 10 % more come back in week 3: 70 are bought, 22 owed."""
    problem = make_problem(
        {"weeks": 2, "target_days": 100},
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100}],
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin"}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 50}],
        withdrawals=[
            {"withdrawal": "j", "member": "x", "mineral": "tin", "week": 1, "tonnes": 20}
            | {"kind": "loan", "repay_week": 3, "premium_pct": 10}
        ],
    )
    plan = orebook.solve(problem)
    assert sum(t.tonnes for t in plan.document.tickets) == 70
    assert [(r.week, r.tonnes) for r in plan.document.returns] == [(3, 22)]
    sooner = orebook.solve(problem.change("withdrawals.j.repay_week=2"))
    assert sum(t.tonnes for t in sooner.document.tickets) == 48
    assert [(p.week, p.tonnes) for p in sooner.document.puts if p.week == 2][-1:] == [(2, 22 + _bought(sooner, 2))]
    assert orebook.verify(sooner.problem, sooner.document).ok


def _bought(plan: Plan, week: int) -> float:
    return sum(t.tonnes for t in plan.document.tickets if t.week == week)


def test_entitlements_hold_in_a_plan() -> None:
    """The contract's: 40, 10 and 40 t of 40, 20 and 45; without the rule all is served."""
    plan = orebook.solve("teaching/entitlement")
    assert served(plan) == {"borrowed": 40, "second": 10, "third": 40}
    assert [row.kept_by for row in plan.document.withdrawals] == [None, "entitlement", "entitlement"]
    free = orebook.solve(plan.problem.change("rules.entitlement=off"))
    assert served(free) == {"borrowed": 40, "second": 20, "third": 45}


def test_what_a_member_pays_for_is_a_receipt() -> None:
    """10 t sold at 60 USD/t bring 600, and a withdrawal that is not entitled to more brings no more."""
    problem = asked({"tin": 50}, {"x": 5}, ("a", "x", "tin", 30))
    entitled = problem.change(
        "entitlements+=member:x,mineral:tin,tonnes:10,inventory_usd_per_t:60", "withdrawals.a.kind=sale"
    )
    plan = orebook.solve(entitled)
    assert served(plan) == {"a": 10}
    assert plan.document.costs.receipts_usd == 600


@st.composite
def emergencies(draw: st.DrawFn) -> tuple[Problem, dict[str, float]]:
    """One week, what there is, who asks, and what each is to have: by priority, then in equal parts of each mineral."""
    stock = {i: float(draw(st.integers(0, 60))) for i in ("tin", "lead")}
    members = {m: draw(st.sampled_from([1, 1, 2])) for m in ("x", "y", "z")}
    count = draw(st.integers(1, 5))
    rows = [
        (f"w{k}", draw(st.sampled_from([*members])), draw(st.sampled_from([*stock])), float(draw(_ASKED)))
        for k in range(count)
    ]
    left, expected = dict(stock), dict[str, float]()
    for priority in (1, 2):
        for mineral in stock:
            of = [(n, t) for n, m, i, t in rows if i == mineral and members[m] == priority]
            total = sum(t for _, t in of)
            part = min(1.0, left[mineral] / total) if total else 0.0
            left[mineral] -= part * total
            expected |= {n: part * t for n, t in of}
    return asked(stock, members, *rows), expected


_ASKED = st.sampled_from([10, 20, 33, 7, 0, 50])


@pytest.mark.slow
@settings(max_examples=40)
@given(emergencies())
def test_emergencies_are_served_by_the_formula(drawn: tuple[Problem, dict[str, float]]) -> None:
    """Each has what its priority and its part of what is left come to, to two grams."""
    problem, expected = drawn
    found = defaultdict(float, served(orebook.solve(problem, EMERGENCY, gap=0.0, audit=False)))
    assert {name: found[name] for name in expected} == pytest.approx(expected, abs=2e-6)
