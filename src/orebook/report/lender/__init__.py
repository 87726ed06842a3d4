"""What a lender of the reserve is handed: his own loan and the stock that covers it, and nothing of anybody else."""

from orebook.report.lender.book import loan_workbook
from orebook.report.lender.loan import loan_of
from orebook.report.lender.page import loan_html, loan_markdown, loan_reports

__all__ = ["loan_html", "loan_markdown", "loan_of", "loan_reports", "loan_workbook"]
