"""The lender's page and the same as markdown, from the same sections."""

from __future__ import annotations

from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.report.handed import Handed
from orebook.report.lender.book import loan_workbook
from orebook.report.lender.loan import Loan, loan_of
from orebook.report.lender.sections import sections, tiles


def loan_html(loan: Loan) -> str:
    """One page that needs no network, no script and no other file."""
    return _handed(loan).html()


def loan_markdown(loan: Loan) -> str:
    """The same in short as text."""
    return _handed(loan).markdown()


def loan_reports(plan: Plan | HedgedPlan, source: str) -> dict[str, bytes | str]:
    """File name -> content of every form. Raises InputError for a source that is not there."""
    loan = loan_of(plan, source)
    return {"lender.md": loan_markdown(loan), "lender.html": loan_html(loan), "lender.xlsx": loan_workbook(loan)}


def _handed(loan: Loan) -> Handed:
    return Handed(f"Loan from {loan.source}", loan.lead, tiles(loan), sections(loan))
