"""`plan.xlsx`: the plan as a workbook that a planner filters, recalculates and hands on."""

from orebook.report.workbook.book import plan_workbook

__all__ = ["plan_workbook"]
