"""The lender's workbook: his loan week by week, and what lies in store at the market."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orebook.export.fresh import fresh
from orebook.report.lender.loan import Loan, LoanWeek
from orebook.report.lender.sections import COUNTED, NO_BALANCE, notes
from orebook.report.stock_worth import Stored
from orebook.report.workbook.cell_styles import Look
from orebook.report.workbook.charts import MARK, MID, Series, bars
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page
from orebook.report.workbook.table_areas import Placed
from orebook.schema.plan import SCHEMA

if TYPE_CHECKING:
    from xlsxwriter import Workbook

STOCK, BALANCE = "stock at the market USD", "balance USD"


def loan_workbook(loan: Loan) -> bytes:
    """The bytes of the workbook; the same loan makes the same bytes."""
    return fresh(f"Loan from {loan.source}", SCHEMA, lambda book: _fill(book, loan))


def _fill(book: Workbook, loan: Loan) -> None:
    look, placed = Look(book), dict[str, Placed]()
    _write_loan(Page(book, look, "Loan", placed), loan)
    _write_stock(Page(book, look, "In store", placed), loan)
    about = Page(book, look, "About", placed)
    about.heading("How it is counted")
    about.say(
        *COUNTED, "The sums above the weeks follow their filter; 'all, by the judge' is the same counted in fractions."
    )


def _write_loan(page: Page, loan: Loan) -> None:
    """Terms in lines, then a row a week under sums."""
    page.heading(f"Loan from {loan.source}")
    page.say(loan.lead, *notes(loan), *(f"{what}: {told}" for what, told in loan.terms))
    placed = page.table(Grid("Loan", _weeks(loan), loan.weeks), freeze=True)
    if placed:
        series = (Series("stock at the market", placed[STOCK], MID), Series("balance", placed[BALANCE], MARK, "line"))
        page.chart(bars(page.book, "Stock and balance", placed["week"], series, unit="USD", most=None), placed)


def _weeks(loan: Loan) -> tuple[Column[LoanWeek], ...]:
    total = loan.sum
    undrawn: Column[LoanWeek] = Column("undrawn USD", "cents", lambda w: w.lent.undrawn_usd)
    return (
        Column("week", "week", lambda w: w.lent.week),
        Column("from", "date", lambda w: w.monday),
        Column("drawn USD", "cents", lambda w: w.lent.drawn_usd, sums=True, judge=total.drawn_usd),
        Column("repaid USD", "cents", lambda w: w.lent.repaid_usd, sums=True, judge=total.repaid_usd),
        Column(BALANCE, "cents", lambda w: w.lent.balance_usd),
        *([] if total.undrawn_usd is None else [undrawn]),
        Column("interest USD", "cents", lambda w: w.lent.interest_usd, sums=True, judge=total.interest_usd),
        Column(
            "fee on undrawn USD",
            "cents",
            lambda w: w.lent.undrawn_fee_usd,
            sums=True,
            judge=total.undrawn_fee_usd,
        ),
        Column("fee on draws USD", "cents", lambda w: w.lent.draw_fee_usd, sums=True, judge=total.draw_fee_usd),
        Column(STOCK, "cents", lambda w: w.stock_usd),
        Column("cover of the loan", "share", lambda w: NO_BALANCE if w.cover is None else w.cover),
    )


def _write_stock(page: Page, loan: Loan) -> None:
    """A row a week and mineral."""
    page.heading("In store at the end of each week, at the market")
    columns: tuple[Column[Stored], ...] = (
        Column("week", "week", lambda s: s.week),
        Column("mineral", "text", lambda s: s.mineral),
        Column("tonnes", "t", lambda s: s.tonnes),
        Column("at the market USD", "cents", lambda s: s.usd),
    )
    page.table(Grid("Stored", columns, loan.stock, keys=2), freeze=True)
