"""What comes out of a plan: the summary on a terminal, and the files of its folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orebook.plan import Plan
from orebook.report.page import html, markdown
from orebook.report.summary import summary
from orebook.report.tables import cash_csv, cover_csv, tickets_csv
from orebook.report.workbook import plan_workbook
from orebook.saved import plan_texts
from orebook.schema.facts import Fact

__all__ = ["files_of", "html", "markdown", "plan_workbook", "summary"]


def files_of(plan: Plan, facts: Iterable[Fact] = (), dropped: Sequence[str] = ()) -> dict[str, bytes | str]:
    """The folder of a plan, file name -> content; its report has the facts and counts the answers that were dropped."""
    known = tuple(facts)
    return {
        **plan_texts(plan),
        "tickets.csv": tickets_csv(plan),
        "cover.csv": cover_csv(plan),
        "cash.csv": cash_csv(plan),
        "report.md": markdown(plan, known, dropped=dropped),
        "report.html": html(plan, known, dropped=dropped),
        "plan.xlsx": plan_workbook(plan, known, dropped=dropped),
    }
