"""verify: any plan file held against the rules and against its own tickets."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

import json
from typing import Any

import pytest

from orebook.decisions import Decisions
from orebook.problem import Problem
from orebook.schema.plan import PlanDocument
from orebook.verdict import Verdict, verify
from tests.builders import make_problem
from tests.judge.cases import WEEKLY, judged

HEAD: dict[str, Any] = {
    "schema": "orebook/plan/1",
    "instance": {"name": "case", "digest": ""},
    "model": {"name": "weekly", "digest": ""},
    "status": "feasible",
}
BARE: dict[str, Any] = {
    "tickets": [{"offer": "a", "week": 1, "tonnes": 4}],
    "puts": [{"mineral": "tin", "site": "store", "week": 1, "tonnes": 4}],
    "outs": [{"withdrawal": "j", "site": "store", "tonnes": 1}],
    "draws": [{"source": "cash", "week": 1, "usd": 408}],
}
"""A plan as written by hand: 4 t at 100 and 2 % commission, one of them taken out in week 2."""


def problem(**tin: Any) -> Problem:
    """The default problem with a commission of 2 % and a withdrawal of 1 t in week 2."""
    return make_problem(
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, **tin}],
        houses=[{"house": "traxys", "commission_pct": 2}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 1}],
    )


def whole() -> dict[str, Any]:
    """The same plan with every figure that the judge works out, and the stages as it stands."""
    judgement = judged(problem(), Decisions.of(PlanDocument.model_validate({**HEAD, **BARE})))
    rows = {part: [r.model_dump() for r in getattr(judgement, part)] for part in ("tickets", "outs", "cover")}
    stages = [
        {"stage": s, "value": float(v), "bound": float(v), "gap": 0.0, "final": float(v)}
        for s, v in judgement.measures.items()
    ]
    return {
        **BARE,
        **json.loads(json.dumps(rows)),
        "engaged": ["traxys"],
        "costs": judgement.costs.model_dump(),
        "stages": stages,
    }


def check(plan: dict[str, Any], **tin: Any) -> Verdict:
    """The verdict on a plan under the weekly model."""
    return verify(problem(**tin), PlanDocument.model_validate({**HEAD, **plan}), WEEKLY)


def test_a_plan_by_hand_needs_only_its_decisions() -> None:
    """What is left out is no difference."""
    verdict = check(BARE)
    assert verdict.ok
    assert verdict.judgement.costs.total_usd == 408.0


def test_a_whole_plan_adds_up() -> None:
    """Every figure as the judge has it."""
    assert check(whole()).ok


@pytest.mark.parametrize(
    ("part", "field", "value"),
    [
        ("tickets", "house", "mercuria"),
        ("tickets", "mineral", "lead"),
        ("tickets", "origin", "peru"),
        ("tickets", "arrives", 2),
        ("tickets", "lots", 5),
        ("tickets", "tier", 1.0),
        ("tickets", "quote_usd_per_t", 100.02),
        ("tickets", "paid_usd_per_t", 100.02),
        ("tickets", "goods_usd", 400.02),
        ("tickets", "commission_usd", 8.02),
        ("tickets", "duty_usd", 0.02),
        ("tickets", "freight_usd", 0.02),
        ("tickets", "top_up_usd", 0.02),
        ("tickets", "fee_usd", 0.02),
        ("tickets", "order_cash_usd", 408.02),
        ("outs", "mineral", "lead"),
        ("outs", "week", 1),
        ("cover", "stock_t", 3.00001),
        ("cover", "cover_days", 3.00001),
        ("cover", "target_days", 11),
        ("cover", "short_days", 6),
        ("cover", "critical_short_days", 6),
        ("stages", "final", 1e9),
        ("stages", "gap", 0.5),
    ],
)
def test_a_figure_that_does_not_follow_is_named(part: str, field: str, value: object) -> None:
    """One field of one row is altered, and only that place is named."""
    plan = whole()
    plan[part][0][field] = value
    assert [d.place for d in check(plan).differences] == [f"{part}[0].{field}"]


@pytest.mark.parametrize("field", list(whole()["costs"]))
def test_a_cost_that_does_not_follow_is_named(field: str) -> None:
    """Two cents more on any cost."""
    plan = whole()
    plan["costs"][field] += 0.02
    found = check(plan)
    assert [d.place for d in found.differences] == [f"costs.{field}"]
    assert not found.ok


def test_a_cent_is_no_difference() -> None:
    """Money may be a cent off, and a fraction blank."""
    plan = whole()
    plan["costs"]["cash_usd"] += 0.01
    plan["tickets"][0] |= {"lots": None, "tier": None}
    assert check(plan).ok


def test_a_cover_lists_every_target_and_no_other() -> None:
    """A row of a week without a target, and the target's row missing."""
    plan = whole()
    plan["cover"][0]["week"] = 1
    assert [(d.place, d.said, d.judged) for d in check(plan).differences] == [
        ("cover[0]", "tin, week 1", None),
        ("cover", None, "tin, week 2"),
    ]


def test_the_houses_engaged_are_those_with_tickets() -> None:
    """A house without a ticket is not engaged."""
    assert [d.place for d in check({**whole(), "engaged": ["traxys", "mercuria"]}).differences] == ["engaged"]


def test_a_ticket_orders_something() -> None:
    """A ticket of 0 t is no ticket."""
    tickets = [*BARE["tickets"], {"offer": "a", "week": 2, "tonnes": 0}]
    assert [d.place for d in check({**BARE, "tickets": tickets}).differences] == ["tickets[1].tonnes"]


def test_a_broken_rule_is_a_fault() -> None:
    """Without draws the 408 USD of week 1 have nobody who pays them."""
    verdict = check({**BARE, "draws": []})
    assert [(b.rule, b.row, b.by) for b in verdict.breaches] == [("funding", "week_funded[1]", 408)]
    assert not verdict.ok


OVER = [{"rule": "ceiling", "row": f"cover_ceiling[tin,{week}]", "by": by} for week, by in ((1, 2), (2, 1))]
"""A ceiling of 2 days: 4 t in week 1 and 3 t in week 2."""


def test_a_policy_row_given_up_is_excused() -> None:
    """Both rows are named with how far they are exceeded."""
    verdict = check({**BARE, "given_up": OVER}, max_days=2)
    assert verdict.ok
    assert [b.row for b in verdict.excused] == [row["row"] for row in OVER]


def test_a_policy_row_is_excused_only_as_far_as_said() -> None:
    """Week 1 is over by 2 t where the plan says 1.5 t; week 2 is not mentioned."""
    verdict = check({**BARE, "given_up": [{**OVER[0], "by": 1.5}]}, max_days=2)
    assert [b.row for b in verdict.breaches] == ["cover_ceiling[tin,1]", "cover_ceiling[tin,2]"]
    assert verdict.excused == ()


def test_a_row_given_up_for_nothing_is_a_difference() -> None:
    """Week 1 is over by 2 t and not by 3 t; a row that is kept is over by nothing."""
    given_up = [{**OVER[0], "by": 3}, OVER[1], {"rule": "market", "row": "market_week[tin,1]", "by": 1}]
    verdict = check({**BARE, "given_up": given_up}, max_days=2)
    assert [(d.place, d.said, d.judged) for d in verdict.differences] == [
        ("given_up[0].by", 3.0, 2.0),
        ("given_up[2].by", 1.0, 0.0),
    ]


def test_a_contract_row_is_never_excused() -> None:
    """Saying that nobody pays does not make it right."""
    given_up = [{"rule": "funding", "row": "week_funded[1]", "by": 408}]
    assert not check({**BARE, "draws": [], "given_up": given_up}).ok


@pytest.mark.parametrize(("value", "named"), [(408.0, []), (407.9, []), (407.5, ["stages[0].value"])])
def test_a_plan_keeps_what_its_stages_reached(value: float, named: list[str]) -> None:
    """A cost of 408 keeps a stage that reached 407.9, and not one that reached 407.5."""
    # with the slack of 0.001: 407.9 * 1.001 = 408.3079; 407.5 * 1.001 = 407.9075, and a cent
    stage = {"stage": "cost", "value": value, "bound": value, "gap": 0, "final": 408}
    assert [d.place for d in check({**BARE, "stages": [stage]}).differences] == named


def test_a_stage_that_is_not_defined_has_no_measure() -> None:
    """There is no prior plan that anything could be a change of."""
    stage = {"stage": "changes", "value": 1, "bound": 1, "gap": 0, "final": 1}
    assert [d.place for d in check({**BARE, "stages": [stage]}).differences] == ["stages[0].stage"]


def test_a_gap_is_taken_of_the_value() -> None:
    """(408 - 306) / 408 = 0.25."""
    stage = {"stage": "cost", "value": 408, "bound": 306, "gap": 0.25, "final": 408}
    assert check({**BARE, "stages": [stage]}).ok


def test_a_verdict_goes_out_as_json() -> None:
    """Whole and plain: what is broken, by how much, and what the plan is worth."""
    told = json.loads(json.dumps(check({**whole(), "draws": []}).as_json()))
    assert told["ok"] is False
    assert told["breaches"][0]["row"] == "week_funded[1]"
    assert (told["breaches"][0]["by"], told["measures"]["cost"], told["costs"]["cash_usd"]) == (408.0, 408.0, 408.0)
