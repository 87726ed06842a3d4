"""What a lender is handed: his own loan to the cent, the stock that covers it, and nothing of anybody else."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import make_problem
from tests.judge.cases import WEEKLY, decide
from tests.report.books import opened, rows
from tests.report.lent import lent_plan
from tests.report.sample import sample_plan

from orebook.errors import InputError
from orebook.exact import Fraction
from orebook.judge import judge
from orebook.plan import Plan
from orebook.report import lending
from orebook.report.cents import adding_up, to_cent
from orebook.report.lender import loan_html, loan_markdown, loan_of, loan_reports
from orebook.report.lender.sections import sections
from orebook.report.page import html
from orebook.report.pdf import for_paper
from orebook.report.stock_worth import stored, worth
from orebook.report.table import Table
from orebook.report.workbook import plan_workbook


def tables(source: str) -> dict[str, Table]:
    """The tables of a lender's page by title."""
    return {t.title: t for s in sections(loan_of(lent_plan(), source)) for t in s.tables}


def texts(source: str) -> Iterator[str]:
    """Every form as text: page, paper, markdown, and all parts of the workbook, its charts and properties too."""
    files = loan_reports(lent_plan(), source)
    page, text, book = files["lender.html"], files["lender.md"], files["lender.xlsx"]
    assert isinstance(page, str)
    assert isinstance(text, str)
    assert isinstance(book, bytes)
    yield unescape(page)
    yield unescape(for_paper(page))
    yield text.replace("\\", "")
    with zipfile.ZipFile(BytesIO(book)) as parts:
        yield "\n".join(parts.read(name).decode() for name in parts.namelist())


def test_the_loan_by_week_by_hand() -> None:
    """Drawn, repaid, balance, undrawn, interest, both fees, stock, and what it covers of the balance, week by week."""
    assert tables("exim")["The loan by week, USD"].rows == (
        ("1", "2026-02-09", "600.00", "0.00", "1,600.00", "3,400.00", "16.00", "3.40", "6.00", "1,900.00", "118.75 %"),
        ("2", "2026-02-16", "0.00", "200.00", "1,400.00", "3,600.00", "14.00", "3.60", "0.00", "2,000.00", "142.86 %"),
        ("3", "2026-02-23", "0.00", "0.00", "1,400.00", "0.00", "14.00", "0.00", "0.00", "2,300.00", "164.29 %"),
    )
    assert [row[1] for row in tables("exim")["Weeks 1 to 3 together"].rows] == [
        "1,000.00",
        "600.00",
        "-200.00",
        "1,400.00",
        "44.00",
        "7.00",
        "6.00",
    ]
    assert tables("exim")["At the end of week 3"].rows == (("gallium", "0.5", "500.00"), ("tin", "15", "1,800.00"))
    assert "least in week 1: 118.75 % of the balance" in loan_markdown(loan_of(lent_plan(), "exim"))


def test_parts_of_a_cent_are_carried_so_that_weeks_add_up() -> None:
    """5.86666, 4.86666 and 4.86666 beside 8 and 10 come to 33.60: the second is told as 4.86."""
    loan = loan_of(lent_plan(), "harbour")
    assert [float(w.lent.undrawn_fee_usd) for w in loan.weeks] == [5.87, 4.86, 4.87]
    assert [float(w.lent.draw_fee_usd) for w in loan.weeks] == [8, 10, 0]
    assert float(loan.sum.fees_usd) == 33.6


def test_all_loans_come_to_the_costs_of_the_plan() -> None:
    """Interest 44 + 11, fees 13 + 33.59998: what plan.json says, to the last part of a cent and, summed up, to the cent."""
    plan = lent_plan()
    assert (plan.costs.interest_usd, plan.costs.fees_usd) == (55, 46.59998)
    lent = lending.lent(plan)
    assert sum(w.interest_usd for _, w in lent) == plan.judgement.exact_costs["interest_usd"]
    assert sum(w.fees_usd for _, w in lent) == plan.judgement.exact_costs["fees_usd"]
    loans = [loan_of(plan, source) for source in plan.problem.sources]
    assert sum(loan.sum.interest_usd for loan in loans) == Fraction(55)
    assert sum(w.lent.fees_usd for loan in loans for w in loan.weeks) == Fraction("46.60")


def test_the_stock_is_that_of_the_stores_at_the_weeks_price() -> None:
    """1900, 2000, 2300 USD, which is what the judge says of all stores together."""
    plan = lent_plan()
    assert worth(plan) == {1: 1900, 2: 2000, 3: 2300}
    for week, usd in worth(plan).items():
        assert usd == sum((s.value_usd for s in plan.judgement.stores if s.week == week), Fraction(0))
        assert usd == sum((s.usd for s in stored(plan) if s.week == week), Fraction(0))


NAMES = ("harbour", "traxys", "secret-offer", "quiet-cave", "hush", "boeing")
FIGURES = (
    "3333.33",
    "2933.33",
    "2433.33",
    "900",
    "10.4",
    "26 %",
    "4.5",
    "4.50",
    "5.87",
    "4.87",
    "33.6",
    "222.22",
    "255.56",
)


def _told(figure: str, text: str) -> bool:
    """Whether it stands there as a figure of its own."""
    return re.search(rf"(?<![\d.]){re.escape(figure)}(?!\d|\.[1-9])", text) is not None


@pytest.mark.parametrize("form", range(4))
def test_a_lender_sees_nothing_of_another_in_any_form(form: int) -> None:
    """Neither the other's name and figures nor houses, offers, stores, members or the instance's names."""
    his, theirs = (list(texts(source))[form].replace(",", "") for source in ("exim", "harbour"))
    assert "harbour" in theirs
    assert sum(_told(figure, theirs) for figure in FIGURES) >= 8
    assert [name for name in NAMES if name in his.lower()] == []
    assert [figure for figure in FIGURES if _told(figure, his)] == []
    assert "exim" not in theirs
    assert "exim" in his


def test_the_loan_itself_holds_nothing_of_another() -> None:
    """Whoever writes another form from it finds nothing that would have to be taken out."""
    assert [name for name in NAMES if name in repr(loan_of(lent_plan(), "exim")).lower()] == []


def test_where_nothing_is_lent_there_is_no_cover() -> None:
    """In a week without a balance the page says so; a plan that never draws has no least cover, and no limit no undrawn."""
    problem = make_problem(
        {"weeks": 2},
        stock=[{"mineral": "tin", "site": "store", "tonnes": 1}],
        funding=[{"source": "loan", "rate_pct": 5}],
    )
    judgement = judge(problem, decide([("a", 2, 1)], [("tin", "store", 2, 1)], (), [("loan", 2, 100)]), WEEKLY)
    plan = Plan.assemble(problem, WEEKLY, judgement, status="feasible", stages=(), given_up=(), repeatable=True)
    (weeks,) = (t for s in sections(loan_of(plan, "loan")) for t in s.tables if "by week" in t.title)
    assert not {"undrawn", "fee on undrawn", "fee on draws"} & {*weeks.heads}
    assert [row[-1] for row in weeks.rows] == ["nothing is lent", "200 %"]
    assert [row[-1] for row in lending.cover(plan).rows] == ["nothing is lent", "200 %"]
    still = judge(problem, decide(), WEEKLY)
    bare = Plan.assemble(problem, WEEKLY, still, status="feasible", stages=(), given_up=(), repeatable=True)
    assert "Nothing is lent in any week." in loan_html(loan_of(bare, "loan"))


def test_a_plan_made_without_sources_says_so() -> None:
    """Without the rule `funding` nothing is drawn, which is no promise to draw nothing."""
    plan = lent_plan()
    rules = {name: rule for name, rule in WEEKLY.rules.items() if name != "funding"}
    judgement = judge(plan.problem, decide(), WEEKLY.model_copy(update={"rules": rules}))
    off = replace(plan, model=WEEKLY.model_copy(update={"rules": rules}), judgement=judgement)
    assert "without regard to who lends" in loan_html(loan_of(off, "exim"))
    assert "without regard to who lends" not in loan_html(loan_of(plan, "exim"))


def test_terms_are_the_lenders_own() -> None:
    """Limit, what was drawn before, rate, fees, last week."""
    assert {row[0]: row[1] for row in tables("exim")["Terms"].rows} == {
        "limit": "USD 5,000.00",
        "drawn before week 1": "USD 1,000.00",
        "interest a year": "52 %",
        "fee a year on what is not drawn": "5.2 %",
        "fee on a draw": "1 %",
        "last week of draws": "2",
    }


def test_a_rate_that_comes_to_be_another_is_told_with_its_week() -> None:
    """52 %, then 26 % when that is known: 10 USD of interest in week 1, 5 in week 2, and the fee likewise."""
    lender = {"source": "loan", "rate_pct": 52, "drawn_usd": 1000, "limit_usd": 3000, "undrawn_pct": 5.2}
    news = make_problem(funding=[lender]).change("funding.loan.rate_pct=26", "funding.loan.undrawn_pct=0", known=2)
    judgement = judge(news, decide(), WEEKLY)
    plan = Plan.assemble(news, WEEKLY, judgement, status="feasible", stages=(), given_up=(), repeatable=True)
    loan = loan_of(plan, "loan")
    assert [w.lent.interest_usd for w in loan.weeks] == [10, 5]
    assert [w.lent.undrawn_fee_usd for w in loan.weeks] == [2, 0]
    assert dict(loan.terms)["interest a year"] == "52 %, 26 % from week 2"
    assert dict(loan.terms)["fee a year on what is not drawn"] == "5.2 %, 0 % from week 2"


def test_who_does_not_lend_is_refused() -> None:
    """With what was probably meant."""
    with pytest.raises(InputError, match='"exin" is no source of money; did you mean "exim"'):
        loan_of(lent_plan(), "exin")


def test_the_workbook_adds_up() -> None:
    """Weeks as on the page; what all come to is what the sums are held against."""
    book = loan_reports(lent_plan(), "harbour")["lender.xlsx"]
    assert isinstance(book, bytes)
    weeks = rows(opened(book)["Loan"], "Loan")
    assert [w["fee on undrawn USD"] for w in weeks] == [5.87, 4.86, 4.87]
    assert [w["balance USD"] for w in weeks] == [400, 900, 900]
    assert [s["at the market USD"] for s in rows(opened(book)["In store"], "Stored")] == [
        500,
        1400,
        500,
        1500,
        500,
        1800,
    ]
    assert book == loan_reports(lent_plan(), "harbour")["lender.xlsx"]
    apart = [
        row for row in opened(book, values=True)["Loan"].iter_rows(values_only=True) if row[0] == "all rows less that"
    ]
    assert [cell for cell in apart[0][1:] if cell is not None] == [0, 0, 0, 0, 0]


def test_the_planner_is_told_of_all_loans() -> None:
    """In the report, and on the sheet Money of its workbook, where sums are held against the plan's costs."""
    plan = lent_plan()
    assert [row[:5] for row in lending.by_week(plan).rows][3:5] == [
        ("harbour", "1", "400.00", "0.00", "400.00"),
        ("harbour", "2", "500.00", "0.00", "900.00"),
    ]
    assert lending.cover(plan).rows == (
        ("1", "1,900", "2,000", "95 %"),
        ("2", "2,000", "2,300", "86.96 %"),
        ("3", "2,300", "2,300", "100 %"),
    )
    assert "cover of the loans" in html(plan)
    loans = rows(opened(plan_workbook(plan))["Money"], "Loans")
    assert sum(row["fees USD"] for row in loans) == pytest.approx(46.59998)
    assert "Loans" not in opened(plan_workbook(plan, hide=["prices"]))["Money"].tables


def test_nothing_is_told_where_money_has_no_price() -> None:
    """Sources without rate and fees lend nothing: the report and the workbook are as if there were no such table."""
    free = make_problem(funding=[{"source": "treasury", "limit_usd": 100}])
    judgement = judge(free, decide(), WEEKLY)
    plan = Plan.assemble(free, WEEKLY, judgement, status="feasible", stages=(), given_up=(), repeatable=True)
    assert [table.rows for table in lending.loans(plan)] == [(), ()]
    assert "Loans" not in opened(plan_workbook(plan))["Money"].tables
    assert "Loans" in opened(plan_workbook(sample_plan()))["Money"].tables


@given(st.lists(st.fractions(min_value=-10, max_value=1000, max_denominator=7000)))
def test_cents_add_up(amounts: list[Fraction]) -> None:
    """Up to each amount, the cents told are the sum to the nearest cent; none is a cent or more off its amount."""
    told = list(adding_up(amounts))
    for n in range(len(amounts) + 1):
        assert sum(told[:n], Fraction(0)) == to_cent(sum(amounts[:n], Fraction(0)))
    assert all(
        abs(x - y) <= Fraction(1, 100) and (x * 100).denominator == 1 for x, y in zip(told, amounts, strict=True)
    )
