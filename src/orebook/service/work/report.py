"""A plan's reports written again: without what must not leave the house, for a lender, for a member, and as a PDF."""

from __future__ import annotations

from typing import Any

from orebook.files.plan_folder import facts_of
from orebook.report import reports_of
from orebook.report.lender import loan_reports
from orebook.report.member import statement_reports
from orebook.report.pdf import pdf
from orebook.service.runs.run_requests import ReportRequest
from orebook.service.work.open_plans import base_of
from orebook.service.work.results import as_bytes
from orebook.service.work.task import Done, ParentChannel, Task


def work(task: Task, request: ReportRequest, channel: ParentChannel) -> Done:
    """Write them. Raises WriteError where the PDF cannot be made, InputError where nobody of that name lends or is a member."""
    assert task.base is not None
    plan, (facts, dropped) = base_of(task), facts_of(task.plans[task.base])
    channel.progress({"stage": "report"})
    result: dict[str, Any]
    if request.lender is not None:
        name, files, result = "lender", loan_reports(plan, request.lender), {"lender": request.lender}
    elif request.member is not None:
        name, files, result = "statement", statement_reports(plan, request.member), {"member": request.member}
    else:
        name, files = "report", reports_of(plan, facts, dropped, request.hide)
        result = {"facts": len(facts), "hidden": list(request.hide)}
    if request.pdf:
        files[f"{name}.pdf"] = pdf(str(files[f"{name}.html"]))
    return Done("optimal", "", result, as_bytes(files))
