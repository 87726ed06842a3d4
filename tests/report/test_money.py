"""Money that comes in, as tables, reports, explanations and `verify` tell of it: a plan by hand."""

# Fractions are compared with whole numbers here.
# mypy: disable-error-code="comparison-overlap"

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from tests.builders import make_problem
from tests.judge.cases import WEEKLY, decide

import orebook
from orebook.explanations.diff.by_mineral import LENDING, lines
from orebook.explanations.engine.shortage_causes import causes_of
from orebook.explanations.engine.slacks import slacks
from orebook.explanations.subproblem.order_probe import OrderProbe
from orebook.judge import judge
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.report import lending, money
from orebook.report.tables import cash_csv
from orebook.schema.plan import PlanDocument


def problem() -> Problem:
    """Tin at 100 USD/t; 4 t are asked for in week 2 of 3, and pay 50 USD/t. A loan of 1000 with every fee, up to week 2."""
    return make_problem(
        {"weeks": 3, "budget_usd": 700},
        stock=[{"mineral": "tin", "site": "store", "tonnes": 4}],
        withdrawals=[{"withdrawal": "j", "mineral": "tin", "week": 2, "tonnes": 4, "pays_usd_per_t": 50}],
        funding=[
            {"source": "loan", "limit_usd": 1000, "rate_pct": 52, "to_week": 2, "undrawn_pct": 5.2, "draw_fee_pct": 1}
        ],
    )


def plan() -> Plan:
    """6 t in week 1 are paid by 600 of the loan; of the 200 of week 2 150 go back, and 50 lie idle.

    Interest 6 + 4.5 + 4.5; fees 0.4 + 0.55 on what is not drawn and 6 on the draw.
    """
    decided = decide(
        [("a", 1, 6)], [("tin", "store", 1, 6)], [("j", "store", 4)], [("loan", 1, 600)], [("loan", 2, 150)]
    )
    judgement = judge(problem(), decided, WEEKLY)
    assert judgement.breaches == ()
    return Plan.assemble(problem(), WEEKLY, judgement, status="feasible", stages=(), given_up=(), repeatable=True)


def test_the_parts_of_the_cost_are_told() -> None:
    """What comes in is taken off, and fees of sources are a part."""
    told = {row[0]: row[1] for row in money.costs(plan()).rows}
    assert (told["cash of the plan"], told["less what comes in"]) == ("600", "-200")
    assert (told["interest"], told["fees of sources"], told["cost of the plan"]) == ("15", "7", "422")
    assert "takes off" in money.headline(plan())
    assert "fees of sources" in money.headline(plan())
    assert list(lending.receipts(plan()).rows) == [("2", "j", "200")]


def test_weeks_have_what_comes_in_goes_back_and_lies_idle() -> None:
    """A row a week, as a table, a DataFrame and a CSV."""
    assert [row[-3:] for row in money.by_week(plan()).rows] == [("0", "0", "0"), ("200", "150", "50"), ("0", "0", "50")]
    frame = plan().cash
    assert list(frame["repay_loan_usd"]) == [0, 150, 0]
    assert list(frame["net_to_date_usd"]) == [600, 400, 400]
    rows = list(csv.DictReader(io.StringIO(cash_csv(plan()))))
    assert [row["idle_usd"] for row in rows] == ["0", "50", "50"]
    assert list(plan().repays["usd"]) == [150]
    assert list(plan().receipts["withdrawal"]) == ["j"]


def test_a_source_is_told_with_its_terms() -> None:
    """What went back, what is drawn at the end, until when it lends and what it charges."""
    table = lending.sources(plan())
    told = dict(zip(table.heads, table.rows[0], strict=True))
    assert (told["paid back, USD"], told["drawn at the end, USD"], told["to week"]) == ("150", "450", "2")
    assert (told["fee a year on what is not drawn"], told["fee on a draw"]) == ("5.2 %", "1 %")


def test_nothing_is_told_where_nothing_comes_in() -> None:
    """Tables of a plan without such money have no such column and no such row."""
    bare = make_problem(funding=[{"source": "loan"}])
    judgement = judge(bare, decide(), WEEKLY)
    made = Plan.assemble(bare, WEEKLY, judgement, status="feasible", stages=(), given_up=(), repeatable=True)
    assert "comes in" not in money.by_week(made).heads
    assert "idle_usd" not in made.cash.columns
    assert lending.receipts(made).rows == ()
    assert {row[0] for row in money.costs(made).rows} == {"goods", "cash of the plan", "cost of the plan"}


def test_what_is_left_of_budget_and_source() -> None:
    """700 less 600, and less 400 from week 2 on; 1000 less 600, then less 450."""
    left = {s.row: float(s.left) for rule in ("budget", "funding") for s in slacks(plan(), rule) or ()}
    assert left == {
        "budget_total": 300,
        "budget_week[1]": 100,
        "budget_week[2]": 300,
        "source_limit[loan,1]": 400,
        "source_limit[loan,2]": 550,
        "source_limit[loan,3]": 550,
    }


def test_an_order_more_counts_on_what_has_come_in_by_its_week() -> None:
    """2 t more are 200 USD: the budget has 100 left in week 1, and 300 in week 3."""
    probe = OrderProbe(plan())
    two = orebook.exact.Fraction(2)
    assert [b.row for b in probe.breaks([probe.priced("a", 3, two)])] == []
    assert [b.row for b in probe.breaks([probe.priced("a", 2, 4 * two)])] == ["budget_total", "budget_week[2]"]


def test_lines_by_mineral_add_up() -> None:
    """Tin has cash less what came in for it; interest and fees are nobody's."""
    found = lines(plan())
    assert (found["tin"].cost_usd, found["interest"].cost_usd) == (400, 15)
    assert float(found[LENDING].cost_usd) == 6.95
    assert sum(line.cost_usd for line in found.values()) == plan().judgement.measures["cost"]


def test_a_source_that_ends_is_a_cause() -> None:
    """What can be drawn in no later week may keep a mineral short; a limit that is lifted takes the fee on its rest along."""
    assert causes_of(problem(), WEEKLY, "tin")["releases"] == ("funding.loan.to_week=none",)
    lifted = causes_of(problem(), WEEKLY, "tin")["budget"]
    assert lifted == ("instance.budget_usd=none", "funding.loan.undrawn_pct=0", "funding.loan.limit_usd=none")
    assert problem().change(*lifted).sources["loan"].limit_usd is None


@pytest.mark.parametrize(
    ("part", "row", "names"),
    [
        ("receipts", {"week": 2, "usd": 201.0, "withdrawal": "j"}, "receipts[week 2, withdrawal j]"),
        ("receipts", {"week": 2, "usd": 200.0}, "receipts[week 2]"),
        ("idle", {"week": 2, "usd": 49.0}, "idle[week 2]"),
    ],
)
def test_a_file_is_held_to_what_comes_in(part: str, row: dict[str, object], names: str) -> None:
    """A plan whose file says otherwise does not add up; as it is written it does."""
    content = json.loads(plan().to_json())
    assert orebook.verify(problem(), PlanDocument.model_validate(content), WEEKLY).ok
    content[part][0] = row
    verdict = orebook.verify(problem(), PlanDocument.model_validate(content), WEEKLY)
    assert names in [d.place for d in verdict.differences]


def test_a_folder_of_the_plan_opens_again(tmp_path: Path) -> None:
    """Every report and workbook of it is written, and plan.json reads back as it was."""
    plan().save(tmp_path / "plan")
    assert orebook.open_plan(tmp_path / "plan").document == plan().document
    assert "comes in" in (tmp_path / "plan" / "report.md").read_text(encoding="utf-8")
