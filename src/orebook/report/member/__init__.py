"""What a member of the reserve is handed: what it may draw, has drawn, owes and carries, and nothing of any other member."""

from orebook.report.member.book import statement_workbook
from orebook.report.member.figures import figures
from orebook.report.member.page import EVERY, statement_html, statement_markdown, statement_reports
from orebook.report.member.statement import statement_of

__all__ = [
    "EVERY",
    "figures",
    "statement_html",
    "statement_markdown",
    "statement_of",
    "statement_reports",
    "statement_workbook",
]
