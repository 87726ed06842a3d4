"""The member's page and the same as markdown, from the same sections; and every form of a statement."""

from __future__ import annotations

import json

from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.report.handed import Handed
from orebook.report.member.book import statement_workbook
from orebook.report.member.figures import figures
from orebook.report.member.sections import sections, tiles
from orebook.report.member.statement import Statement, statement_of

EVERY = "*"
"""In the place of a member's name: all of them."""


def statement_html(statement: Statement) -> str:
    """One page that needs no network, no script and no other file."""
    return _handed(statement).html()


def statement_markdown(statement: Statement) -> str:
    """The same as text."""
    return _handed(statement).markdown()


def statement_reports(plan: Plan | HedgedPlan, member: str) -> dict[str, bytes | str]:
    """File name -> content of every form. Raises InputError for a member that is not there."""
    statement = statement_of(plan, None if member == EVERY else member)
    return {
        "statement.md": statement_markdown(statement),
        "statement.html": statement_html(statement),
        "statement.xlsx": statement_workbook(statement),
        "statement.json": json.dumps(figures(statement), indent=1, ensure_ascii=False) + "\n",
    }


def _handed(statement: Statement) -> Handed:
    return Handed(statement.title, statement.lead, tiles(statement), sections(statement))
