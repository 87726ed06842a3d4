"""A plan held against an older one: both side by side, and of each changed ticket whether an input forced it."""

from __future__ import annotations

from orebook.api import compare
from orebook.explanations.answer_cache import facts_files
from orebook.plan_tables import json_bytes
from orebook.report.compared import firm_tickets, page
from orebook.report.workbook.compared import compared_workbook
from orebook.service.runs.run_requests import CompareRequest
from orebook.service.work.open_plans import base_of, opened
from orebook.service.work.results import as_bytes, figures_of
from orebook.service.work.task import Done, ParentChannel, Task


def work(task: Task, request: CompareRequest, channel: ParentChannel) -> Done:
    """Compare; with causes, inputs that differ are undone one by one."""
    old, new = opened(task, request.against), base_of(task)
    channel.progress({"stage": "difference"})
    facts = compare(old, new, causes=request.causes, stop=channel.stop)
    said = [fact.says for fact in facts if fact.about.against != "line"]
    plans = {"older": old, "newer": new}
    firm = [t.model_dump(mode="json") for t in firm_tickets(plans)]
    document = {"plans": {name: figures_of(plan) for name, plan in plans.items()}, "firm": firm, "said": said}
    files = {
        "compared.json": json_bytes(document),
        "compared.html": page(plans, said).encode(),
        "compared.xlsx": compared_workbook(plans, said),
        **as_bytes(facts_files(facts, ())),
    }
    state, why = ("feasible", "stopped before every cause was looked for") if channel.stop.asked else ("optimal", "")
    return Done(state, why, {"facts": len(facts), "against": request.against}, files)
