"""A plan by hand: a CSV of offer, week and tonnes, made whole by the rule of thumb, so that it can be judged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from orebook.accounting.exact_problem import exact_problem_of
from orebook.errors import InputError
from orebook.exact import exact
from orebook.findings import Finding
from orebook.judge import judge
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.reading import suggest
from orebook.reading.book import Sheet
from orebook.reading.tables import sheet_of
from orebook.rule_of_thumb.by_hand import placed_by_hand
from orebook.schema.base import Name, Positive, Row, Week, required
from orebook.schema.model import Model
from orebook.schema.plan import PlanDocument


class TicketRow(Row):
    """An order as it is written down."""

    KEY: ClassVar = ("offer", "week")
    offer: Name = required("", "offer")
    week: Week = required("week", "week of the order")
    tonnes: Positive = required("t", "tonnes ordered")


def read_tickets(path: Path, problem: Problem, model: Model) -> PlanDocument:
    """The plan of the tickets in a CSV file; the rule of thumb fills in stores and money. Raises InputError."""
    sheet, found = sheet_of(path, TicketRow, required=True)
    found += _wrong(sheet, problem)
    if found:
        raise InputError(found)
    governing = problem.governing(model)
    tickets = {(row.offer, row.week): exact(row.tonnes) for _, row in sheet.rows()}
    judgement = judge(problem, placed_by_hand(exact_problem_of(problem, governing), tickets), governing)
    return Plan.assemble(
        problem, model, judgement, status="feasible", stages=(), given_up=(), repeatable=False
    ).document


def _wrong(sheet: Sheet[TicketRow], problem: Problem) -> Iterator[Finding]:
    """Tickets of offers that there are not, of weeks after the plan, and of one offer twice in a week."""
    seen = set[tuple[str, int]]()
    for entry, row in sheet.rows():
        if row.week > problem.weeks:
            yield sheet.fault(
                "week_beyond_plan", entry, "week", f"{row.week} is after the last week; write 1 to {problem.weeks}"
            )
        elif row.offer not in problem.terms(row.week).offers:
            mend = suggest.mend(row.offer, problem.terms(row.week).offers)
            yield sheet.fault("unknown_name", entry, "offer", f'"{row.offer}" is no offer; {mend}')
        if (row.offer, row.week) in seen:
            yield sheet.fault(
                "duplicate_key", entry, None, f"{row.offer} in week {row.week} stands twice; add the tonnes up"
            )
        seen.add((row.offer, row.week))
