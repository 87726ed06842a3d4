"""The plan as a document and as tables."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import orebook
from orebook.decisions import Decisions
from orebook.errors import InputError
from orebook.exact import exact
from orebook.plan_tables import stock_without_buying
from orebook.schema.plan import PlanDocument
from tests.builders import make_problem
from tests.formulation.models import model
from tests.report.sample import DECISIONS, sample_plan, sample_problem


def test_plan_json_reads_back_as_the_same_document() -> None:
    """plan.json is read by its own schema, under the key `schema`, and says the same."""
    plan = sample_plan()
    assert json.loads(plan.to_json())["schema"] == "orebook/plan/1"
    assert PlanDocument.model_validate_json(plan.to_json()) == plan.document


def test_equal_plans_give_equal_texts() -> None:
    """Two runs over the same input, rows shuffled, write the same bytes."""
    shuffled = sample_problem(funding=[{"source": "private"}, {"source": "loan", "rate_pct": 5.2}])
    assert sample_plan(shuffled).to_json() == sample_plan().to_json()


def test_decisions_survive_plan_json() -> None:
    """The decisions in plan.json are those that were judged, tiers apart, which the judge fills in."""
    back = Decisions.of(PlanDocument.model_validate_json(sample_plan().to_json()))
    assert [(o.offer, o.week, float(o.tonnes)) for o in back.orders] == [("a", 1, 6.0), ("b", 1, 3.0)]
    assert set(back.puts) == set(DECISIONS.puts)
    assert (back.outs, back.draws) == (DECISIONS.outs, DECISIONS.draws)


def test_final_is_the_judges_measure() -> None:
    """`final` is what the judge measures, whatever the solver handed in."""
    plan = sample_plan()
    # cover: tin 3 days short of 10, none of 5 critical; gallium 2 days short, none critical: 5 weighted days.
    assert plan.document.stages[0].final == 5.0
    assert plan.document.stages[1].final == plan.costs.total_usd


def test_cover_frame_has_days_before_and_after() -> None:
    """Cover without buying counts stock and orders under way, less withdrawals."""
    cover = sample_plan().cover.set_index("mineral")
    assert list(cover.loc["tin", ["cover_before_days", "cover_days", "short_days"]]) == [1.0, 7.0, 3.0]
    assert list(cover.loc["gallium", ["cover_before_days", "cover_days", "short_days"]]) == [2.0, 8.0, 2.0]


def test_cash_frame_has_a_row_a_week_and_a_column_a_source() -> None:
    """Weekly money and draws as worked out in the sample's docstring."""
    cash = sample_plan().cash
    assert cash["cash_usd"].tolist() == [3668.0, 300.0, 0.0]
    assert cash["engage_usd"].tolist() == [50.0, 0.0, 0.0]
    assert cash["draw_loan_usd"].tolist() == [3668.0, 0.0, 0.0]
    assert cash["released_to_date_usd"].tolist() == [5000.0, 5000.0, 5000.0]


def test_tickets_frame_carries_the_contracts_columns() -> None:
    """Tonnes, lots and prices of each ticket; lots are missing without a lot size."""
    tickets = sample_plan().tickets.set_index("offer")
    # 6 t at 100: goods 600, 1 % commission 6, freight 12, no fee.
    assert list(tickets.loc["a", ["tonnes", "lots", "goods_usd", "order_cash_usd"]]) == [6.0, 6, 600.0, 618.0]
    assert tickets["lots"].isna().tolist() == [False, True]


def test_frames_of_an_empty_plan_keep_their_columns() -> None:
    """A plan that buys nothing has empty tables, not broken ones."""
    plan = sample_plan(make_problem({"weeks": 3}), Decisions())
    assert plan.tickets.empty
    assert "order_cash_usd" in plan.tickets.columns
    assert len(plan.cash) == 3
    assert plan.cash["released_to_date_usd"].isna().all()
    assert plan.stores["capacity_m3"].isna().all()
    assert list(plan.given_up.columns) == ["rule", "row", "by", "why", "unit"]
    assert list(plan.puts.columns) == ["mineral", "site", "week", "tonnes"]
    assert list(plan.draws.columns) == ["source", "week", "usd"]


def test_stages_frame_names_the_unit() -> None:
    """Each stage's figures come with what they are measured in."""
    assert sample_plan().stages[["stage", "unit"]].values.tolist() == [["cover", "weighted days"], ["cost", "USD"]]


def test_stores_frame_follows_the_stock() -> None:
    """End of week 1: 2 + 6 t of tin at 0.5 m3, none of gallium yet."""
    stores = sample_plan().stores
    assert list(stores.loc[0, ["week", "tonnes", "volume_m3", "capacity_m3", "put_t"]]) == [1, 8.0, 4.0, 10.0, 6.0]


@pytest.mark.parametrize("verdict", [True, False, "timed out"])
def test_audit_verdict_is_a_copy(verdict: bool) -> None:
    """The verdict lands in a copy; status and the plan itself stay as they were."""
    plan = sample_plan()
    assert plan.audited(verdict).audit == verdict
    assert plan.audited(verdict).status == plan.status == "optimal"
    assert plan.audit is False


def test_stock_without_buying_never_falls_below_nothing() -> None:
    """A withdrawal takes what there is; what comes later is not taken for it."""
    problem = make_problem(
        stock=[{"mineral": "tin", "site": "store", "tonnes": 0.3}],
        withdrawals=[{"withdrawal": "w", "mineral": "tin", "week": 1, "tonnes": 1}],
        inbound=[{"mineral": "tin", "site": "store", "week": 2, "tonnes": 0.1}],
    )
    # Week 1: 0.3 - 1 is none left; week 2: 0.1 arrives.
    assert stock_without_buying(problem) == {("tin", 1): 0, ("tin", 2): exact(0.1)}


def test_importing_plan_and_report_stays_light() -> None:
    """`--help` must not pay for pandas, altair, vl_convert or jinja2."""
    code = (
        "import sys, orebook.plan, orebook.report; print({'pandas', 'altair', 'vl_convert', 'jinja2'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_model_whose_stages_do_not_apply_is_refused() -> None:
    """`unmet` needs withdrawals: without any there is nothing to minimise, and that is said."""
    with pytest.raises(InputError, match="no stage that applies"):
        orebook.solve(make_problem(), model("offers", stages=("unmet",)), audit=False)
