"""The lender's page and the same as markdown, from the same sections."""

from __future__ import annotations

from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.report.lender.book import loan_workbook
from orebook.report.lender.loan import Loan, loan_of
from orebook.report.lender.sections import sections, tiles
from orebook.report.page import MAX_TABLE_ROWS
from orebook.report.rendering import render


def loan_html(loan: Loan) -> str:
    """One page that needs no network, no script and no other file."""
    return _render("loan.html.j2", loan)


def loan_markdown(loan: Loan) -> str:
    """The same in short as text."""
    return _render("loan.md.j2", loan)


def loan_reports(plan: Plan | HedgedPlan, source: str) -> dict[str, bytes | str]:
    """File name -> content of every form. Raises InputError for a source that is not there."""
    loan = loan_of(plan, source)
    return {"lender.md": loan_markdown(loan), "lender.html": loan_html(loan), "lender.xlsx": loan_workbook(loan)}


def _render(template: str, loan: Loan) -> str:
    return render(
        template,
        title=f"Loan from {loan.source}",
        lead=loan.lead,
        tiles=tiles(loan),
        sections=sections(loan),
        rows=MAX_TABLE_ROWS,
    )
