"""What comes out of a plan: the summary on a terminal, and the files of its folder."""

from __future__ import annotations

from orebook.plan import Plan
from orebook.report.page import html, markdown
from orebook.report.summary import summary
from orebook.report.tables import cash_csv, cover_csv, tickets_csv
from orebook.saved import INSTANCE_FILE, MODEL_FILE, instance_json, model_json

__all__ = ["files_of", "summary"]


def files_of(plan: Plan) -> dict[str, str]:
    """The folder of a plan, file name -> text."""
    return {
        "plan.json": plan.to_json(),
        INSTANCE_FILE: instance_json(plan),
        MODEL_FILE: model_json(plan),
        "tickets.csv": tickets_csv(plan),
        "cover.csv": cover_csv(plan),
        "cash.csv": cash_csv(plan),
        "report.md": markdown(plan),
        "report.html": html(plan),
    }
