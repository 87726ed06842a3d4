"""A plan's reports written again: without what must not leave the house, and as a PDF where one is asked for."""

from __future__ import annotations

from orebook.files.plan_folder import facts_of
from orebook.report import reports_of
from orebook.report.pdf import pdf
from orebook.service.runs.run_requests import ReportAsked
from orebook.service.work.open_plans import base_of
from orebook.service.work.results import as_bytes
from orebook.service.work.task import Done, Ear, Task


def work(task: Task, asked: ReportAsked, ear: Ear) -> Done:
    """Write them. Raises WriteError where the PDF cannot be made."""
    assert task.base is not None
    plan, (facts, dropped) = base_of(task), facts_of(task.plans[task.base])
    ear.progress({"stage": "report"})
    files = reports_of(plan, facts, dropped, asked.hide)
    if asked.pdf:
        files["report.pdf"] = pdf(str(files["report.html"]))
    return Done("optimal", "", {"facts": len(facts), "hidden": list(asked.hide)}, as_bytes(files))
