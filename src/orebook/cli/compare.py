"""`orebook compare`: plans side by side, and of two what forced the differences."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from orebook.api import difference, open_plan
from orebook.cli.output import BAD_INPUT, result, result_json, say_findings, say_json_findings
from orebook.errors import InputError
from orebook.explain.answers import facts_json
from orebook.plan import Plan
from orebook.report.compared import firm_tickets, names_of, tables
from orebook.report.summary import drawn
from orebook.schema.facts import Fact

LONGEST = 30
"""Rows of a table on a terminal."""


@dataclass(frozen=True)
class Asked:
    """The options of the command."""

    causes: bool
    as_json: bool


def run(paths: list[Path], asked: Asked) -> int:
    """0, or 2 where a plan cannot be opened."""
    try:
        plans = dict(zip(names_of(paths), map(open_plan, paths), strict=True))
    except InputError as error:
        (say_json_findings if asked.as_json else say_findings)(error.findings)
        return BAD_INPUT
    facts = difference(*plans.values(), causes=asked.causes) if len(plans) == 2 else []
    (_show_json if asked.as_json else _show)(plans, facts)
    return 0


def _show(plans: dict[str, Plan], facts: list[Fact]) -> None:
    from rich.console import Console

    console = Console()
    for table in tables(plans):
        if table.rows:
            console.print(drawn(table.first(LONGEST, "in --json")))
    for fact in facts:
        if fact.about.against != "line":  # the table by mineral says it
            result(fact.says)


def _show_json(plans: dict[str, Plan], facts: list[Fact]) -> None:
    listed = [
        {
            "plan": name,
            "status": plan.status,
            "measures": {stage: float(value) for stage, value in plan.judgement.measures.items()},
            **plan.document.model_dump(
                mode="json", include={"instance", "stages", "costs", "cover", "engaged", "tickets"}
            ),
        }
        for name, plan in plans.items()
    ]
    firm = [t.model_dump(mode="json") for t in firm_tickets(plans)]
    result_json({"plans": listed, "firm": firm, "facts": json.loads(facts_json(facts))})
