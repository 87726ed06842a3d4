"""plan.xlsx as it is written: what a planner finds on its sheets, figure by figure."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO

import pytest
from openpyxl.workbook import Workbook
from tests.builders import make_problem
from tests.report.books import PRIOR, column, formulas, known_bytes, known_plan, opened, rows
from tests.report.known import FACTS
from tests.report.sample import sample_plan, sample_problem

from orebook.decisions import Decisions, Draw, Order
from orebook.exact import Fraction
from orebook.plan import Plan
from orebook.plan_tables import cash_rows, cover_rows
from orebook.report.workbook import plan_workbook
from orebook.report.workbook.book import SHEETS

TICKET_HEADS = {
    "offer": "offer", "week": "week", "arrives, week": "arrives", "mineral": "mineral", "house": "house",
    "origin": "origin", "tonnes": "tonnes", "lots": "lots", "tier from t": "tier", "quote USD/t": "quote_usd_per_t",
    "paid USD/t": "paid_usd_per_t", "goods USD": "goods_usd", "commission USD": "commission_usd", "duty USD": "duty_usd",
    "freight USD": "freight_usd", "top-up USD": "top_up_usd", "fee USD": "fee_usd", "order cash USD": "order_cash_usd",
}  # fmt: skip
COVER_HEADS = {
    "mineral": "mineral", "week": "week", "in store t": "stock_t", "without buying, days": "cover_before_days",
    "with the plan, days": "cover_days", "target, days": "target_days", "short, days": "short_days",
    "critical short, days": "critical_short_days",
}  # fmt: skip
CASH_HEADS = {
    "week": "week", "orders USD": "orders_usd", "engagement fees USD": "engage_usd", "orders under way USD": "due_usd",
    "paid USD": "cash_usd", "paid to date USD": "cash_to_date_usd", "released to date USD": "released_to_date_usd",
    "from loan USD": "draw_loan_usd", "from private USD": "draw_private_usd",
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Workbook:
    """The workbook with the values that were saved with its formulas."""
    return opened(known_bytes(), values=True)


def test_the_sheets_are_those_of_the_plan_in_order(book: Workbook) -> None:
    """Summary first, About last, each with a table that filters, and with something kept in sight."""
    assert book.sheetnames == list(SHEETS)
    assert book.sheetnames[0] == "Summary"
    for sheet in book:
        assert sheet.freeze_panes
        assert all(table.autoFilter.ref == table.ref for table in sheet.tables.values())
        assert sheet.tables


def test_heads_and_keys_stay_in_sight(book: Workbook) -> None:
    """What is frozen ends under the heads and beside the offer; of cover, beside mineral and week."""
    for title, table, left in (("Buy plan", "BuyPlan", "B"), ("Cover", "Cover", "C"), ("Ledger", "Ledger", "B")):
        top = int(re.findall(r"\d+", book[title].tables[table].ref)[0])
        assert book[title].freeze_panes == f"{left}{top + 1}"


def test_every_ticket_target_and_week_is_the_judges(book: Workbook) -> None:
    """Every figure, digit by digit, of tickets, cover and money."""
    plan = known_plan()
    tickets = {(t.offer, t.week): t.model_dump() for t in plan.document.tickets}
    cover = {(r["mineral"], r["week"]): r for r in cover_rows(plan.problem, plan.judgement)}
    cash = {(r["week"],): r for r in cash_rows(plan.problem, plan.judgement)}
    for title, table, heads, keys, judged in (
        ("Buy plan", "BuyPlan", TICKET_HEADS, ("offer", "week"), tickets),
        ("Cover", "Cover", COVER_HEADS, ("mineral", "week"), cover),
        ("Money", "Money", CASH_HEADS, ("week",), cash),
    ):
        found = {tuple(row[k] for k in keys): row for row in rows(book[title], table)}
        assert found.keys() == judged.keys()
        for key, row in found.items():
            assert {head: row[head] for head in heads} == {head: judged[key][name] for head, name in heads.items()}


def test_weeks_come_with_their_mondays(book: Workbook) -> None:
    """Gallium is ordered in the week of 9 February 2026 and arrives in the next."""
    gallium = next(row for row in rows(book["Buy plan"], "BuyPlan") if row["mineral"] == "gallium")
    assert (gallium["ordered from"], gallium["arrives from"]) == (datetime(2026, 2, 9), datetime(2026, 2, 16))


def test_how_sure_a_ticket_is_stands_beside_it(book: Workbook) -> None:
    """The fact calls tin interchangeable and says nothing of gallium."""
    sure = {row["offer"]: row["how sure"] for row in rows(book["Buy plan"], "BuyPlan")}
    assert sure == {"a": "interchangeable", "b": None}


def test_sums_cover_their_column_and_are_held_against_the_judge() -> None:
    """Goods are 3600 in all: the sum spans the table's rows, the judge's figure is beside it, and nothing is between."""
    formula, value = opened(known_bytes())["Buy plan"], opened(known_bytes(), values=True)["Buy plan"]
    goods = column(formula, "BuyPlan", "goods USD")
    first, last, letter = goods[0].row, goods[-1].row, goods[0].column_letter
    assert [formula[f"{letter}{row}"].value for row in (4, 5, 6)] == [
        f"=SUBTOTAL(109,{letter}{first}:{letter}{last})",
        3600,
        f"=ROUND(SUM({letter}{first}:{letter}{last})-{letter}5,2)",
    ]
    assert [value[f"{letter}{row}"].value for row in (4, 5, 6)] == [3600, 3600, 0]


def test_every_formula_has_its_value() -> None:
    """Whoever reads without calculating sees what a spreadsheet would: sums of every sheet, none an error."""
    found = list(formulas(known_bytes()))
    assert {place.split("!")[0] for place, _, _ in found} >= {
        "Summary",
        "Buy plan",
        "Cover",
        "Money",
        "Stores",
        "Houses",
    }
    assert [place for place, _, value in found if value is None or str(value).startswith("#")] == []


def test_the_summary_is_worked_out_from_the_sheets(book: Workbook) -> None:
    """3968 of cash, 2 tickets, no target of 2 met, and every sum the judge's."""
    lines = {row["what"]: row for row in rows(book["Summary"], "Summary")}
    assert (lines["cash of the plan"]["from the sheets"], lines["tickets"]["from the sheets"]) == (3968, 2)
    assert (lines["targets"]["from the sheets"], lines["targets met"]["from the sheets"]) == (2, 0)
    assert {row["apart"] for row in lines.values()} == {0, None}
    summary = {row[0]: row[1] for row in book["Summary"].iter_rows(max_col=2, values_only=True)}
    assert summary["sums that are the judge's"] == "all"


@pytest.mark.parametrize(
    ("title", "table", "head", "form"),
    [
        ("Buy plan", "BuyPlan", "order cash USD", "#,##0"),
        ("Buy plan", "BuyPlan", "quote USD/t", "#,##0.00"),
        ("Buy plan", "BuyPlan", "ordered from", "yyyy-mm-dd"),
        ("Buy plan", "BuyPlan", "offer", "@"),
        ("Cover", "Cover", "short, days", "#,##0.0"),
        ("Houses", "Houses", "of all order cash", "0.00%"),
    ],
)
def test_columns_are_written_in_their_unit(book: Workbook, title: str, table: str, head: str, form: str) -> None:
    """USD, USD/t, days, dates, per cent and names."""
    assert {cell.number_format for cell in column(book[title], table, head)} == {form}


def test_decimals_are_shown_where_there_are_any(book: Workbook) -> None:
    """0.5 t a day reads as 0.5, 1 t a day as 1."""
    use = {cell.value: cell.number_format for cell in column(book["Cover"], "Cover", "use t/day")}
    assert use == {1: "#,##0", 0.5: "#,##0.0#########"}


def test_charts_point_at_cells_that_hold_something(book: Workbook) -> None:
    """Cover and money on the Summary and on their sheets, the budget curve, houses, ledger: no range is empty."""
    with zipfile.ZipFile(BytesIO(known_bytes())) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/charts/chart")]
    titles = [re.findall(r"<a:t>(.*?)</a:t>", chart)[0] for chart in charts]
    assert sorted(titles) == sorted(
        [
            *("Days of cover", "Money by week") * 2,
            "What another budget buys",
            "Houses' shares",
            "Without it less of: weighted days short",
        ]
    )
    for chart in charts:
        areas = re.findall(r"<c:f>'?(.*?)'?!(.*?)</c:f>", chart)
        assert len(areas) >= 2
        for title, area in areas:
            cells = [cell.value for row in book[title.replace("''", "'")][area.replace("$", "")] for cell in row]
            assert any(value is not None for value in cells)


def test_facts_are_rows_with_figure_unit_and_command(book: Workbook) -> None:
    """The cause that wins 2.5 to 2.9 weighted days: what it says, how it is known, and what to type."""
    why = rows(book["Why"], "Why")
    cause = next(row for row in why if row["against"] == "budget" and row["kind"] == "shortage")
    assert (cause["figure"], cause["low"], cause["high"], cause["unit"]) == ("cover_days", -2.9, -2.5, "weighted days")
    assert (cause["method"], cause["held"]) == ("solve", "gallium")
    assert cause["reproduced by"] == "orebook solve INSTANCE --model weekly --set instance.budget_usd=none"
    assert cause["other figures"] == "won_days = 2.5; won_t = 2.5; short_days = 3; extra_cost_usd = 7771"
    told = {f.says for f in FACTS}
    shown = {row["says"] for title, table in (("Why", "Why"), ("Ledger", "Ledger"), ("Changes", "Differences"))
             for row in rows(book[title], table)}  # fmt: skip
    assert shown == told


def test_goods_under_way_stand_by_week_and_mineral(book: Workbook) -> None:
    """Gallium of japan is under way at the end of week 1, and a bar in week 2, from 16 February, strands it."""
    (week,) = rows(book["Exposed"], "Exposed")
    assert (week["origin"], week["end of week"], week["stranded by a bar in week"]) == ("japan", 1, 2)
    assert (week["from"], week["tickets"], week["as ordered USD"]) == (datetime(2026, 2, 16), 1, 3000)
    (mineral,) = rows(book["Exposed"], "ExposedMinerals")
    assert (mineral["mineral"], mineral["tonnes"], mineral["days of use"]) == ("gallium", 3, 6)


def test_the_ledger_has_the_dearest_first(book: Workbook) -> None:
    """The share costs 3.25 to 4.75 weighted days, the floor only money."""
    ledger = rows(book["Ledger"], "Ledger")
    assert [row["what"] for row in ledger] == ["share_max[*,house,traxys]", "floor[tin,chile]"]
    assert ledger[0]["weighted days short, less: at least"] == 3.25
    assert ledger[0]["weighted days short, less: at most"] == 4.75
    assert ledger[1]["cost USD, less: at most"] == 2229


def test_changes_count_as_the_judge_does(book: Workbook) -> None:
    """Tin 6 t instead of 4 is altered; gallium a week earlier is one added and one dropped: three."""
    changes = {(row["offer"], row["week"]): (row["what"], row["more t"]) for row in rows(book["Changes"], "Changes")}
    assert changes == {("a", 1): ("altered", 2), ("b", 1): ("added", 3), ("b", 2): ("dropped", -3)}
    assert known_plan().judgement.measures["changes"] == len(PRIOR) + 1


def test_inputs_stand_with_their_units(book: Workbook) -> None:
    """Limits a cell a row with unit and meaning, offers with the number of their tickets."""
    limits = {(row["table"], row["of"], row["column"]): row for row in rows(book["Inputs"], "Limits")}
    budget = limits["Instance", "", "budget_usd"]
    assert (budget["value"], budget["unit"]) == (10_000, "USD")
    assert limits["Sites", "vault", "capacity_m3"]["unit"] == "m3"
    assert {row["offer"]: row["tickets"] for row in rows(book["Inputs"], "InputOffers")} == {"a": 1, "b": 1}
    assert rows(book["Inputs"], "InputMinerals")[0]["price_usd_per_t"] == 100


def test_about_has_stamp_and_stages(book: Workbook) -> None:
    """Whose plan it is, by digest, and how far each stage is from what no plan beats."""
    stamp = {row["what"]: row["is"] for row in rows(book["About"], "Stamp")}
    assert stamp["instance's digest"] == known_plan().problem.digest
    assert stamp["plan"] == "orebook/plan/1"
    stages = {row["stage"]: row for row in rows(book["About"], "Stages")}
    assert (stages["cover"]["apart"], stages["cover"]["gap"]) == (0.5, 0.0909)


def test_the_same_plan_makes_the_same_bytes() -> None:
    """Nothing of the day or the machine is in the file; seconds of stages are left out too."""
    slower = known_plan().document.model_copy(
        update={"stages": tuple(s.model_copy(update={"seconds": 99.0}) for s in known_plan().document.stages)}
    )
    plan = known_plan()
    assert plan_workbook(Plan(slower, plan.problem, plan.model, plan.judgement), FACTS) == known_bytes()


def test_names_are_never_formulas_and_heads_never_alike() -> None:
    """An offer named like a formula is text; sources that differ in case alone have columns of their own."""
    problem = make_problem(
        {"weeks": 3, "title": "=1+1"},
        offers=[{"offer": "@SUM(A1)", "house": "traxys", "mineral": "tin"}],
        funding=[{"source": "Loan"}, {"source": "loan"}],
    )
    decisions = Decisions((Order("@SUM(A1)", 1, Fraction(2)),), draws=(Draw("Loan", 1, Fraction(200)),))
    book = opened(plan_workbook(sample_plan(problem, decisions)))
    assert rows(book["Buy plan"], "BuyPlan")[0]["offer"] == "@SUM(A1)"
    assert (book["Summary"]["A1"].value, book["Summary"]["A1"].data_type) == ("=1+1", "s")
    week = rows(book["Money"], "Money")[0]
    assert (week["from Loan USD"], week["from loan USD (2)"]) == (200, 0)


def test_characters_that_no_cell_holds_are_replaced() -> None:
    """A title with a control character still makes a workbook that opens."""
    plan = sample_plan(sample_problem({"title": "vault\x07 \ufffe"}))
    assert opened(plan_workbook(plan))["Summary"]["A1"].value == "vault? ?"


def test_a_plan_that_buys_nothing_has_a_workbook() -> None:
    """No tickets, no targets, no facts, no dates, no prior plan: every sheet stands and says so."""
    minerals = [{"mineral": "tin", "price_usd_per_t": 100}]
    book = opened(plan_workbook(sample_plan(make_problem({"weeks": 3}, minerals=minerals), Decisions())), values=True)
    assert book.sheetnames == list(SHEETS)
    assert [cell.value for cell in book["Buy plan"]["A"]][-1] == "Nothing is bought."
    assert "from" not in rows(book["Money"], "Money")[0]


def test_the_summary_says_what_is_proven_to_help(book: Workbook) -> None:
    """More room is proven to win days and is said; points of the curve are left to the chart."""
    said = {row[0] for row in book["Summary"].iter_rows(max_col=1, values_only=True)}
    assert {"5 % more room at vault (0.5 m3): 1.3 to 1.5 weighted days fewer short."} <= said
    assert not any(str(text).startswith("With a budget of") for text in said)


def test_answers_that_were_dropped_are_counted_and_named() -> None:
    """A fact that failed its check is no row, but nobody can overlook that there was one."""
    book = opened(plan_workbook(known_plan(), FACTS, dropped=["shortage tin: better than its bound"]))
    for title in ("Summary", "Why"):
        said = [str(row[0]) for row in book[title].iter_rows(max_col=1, values_only=True)]
        assert any(text.startswith("1 ANSWER DROPPED") for text in said)
    assert "shortage tin: better than its bound" in [c.value for c in book["Why"]["A"]]


def test_what_falls_due_after_the_last_week_is_no_difference() -> None:
    """A frozen ticket of 2 t at 100, paid on an arrival after the last week: 200 of orders, 0 of cash, and both add up."""
    offer = {"offer": "a", "house": "traxys", "mineral": "tin", "lead_weeks": 2, "pay_on_order_pct": 0}
    problem = make_problem({"frozen_weeks": 2}, offers=[offer], prior=[{"offer": "a", "week": 2, "tonnes": 2}])
    content = plan_workbook(sample_plan(problem, Decisions((Order("a", 2, Fraction(2)),))))
    lines = {row["what"]: row["from the sheets"] for row in rows(opened(content, values=True)["Summary"], "Summary")}
    assert (lines["goods"], lines["cash of the plan"]) == (200, 0)
    assert [place for place, text, value in formulas(content) if "ROUND(" in text and value] == []
