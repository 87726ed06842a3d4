"""`orebook compare`: plans side by side, and of two what forced the differences."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orebook.api import compare, open_plan
from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.output import print_tables, refused, result, result_json, say
from orebook.errors import InputError, WriteError
from orebook.explanations.answer_cache import facts_json
from orebook.files.atomic import write_file
from orebook.plan import Plan
from orebook.report.compared import firm_tickets, names_of, page, tables
from orebook.report.workbook.compared import compared_workbook
from orebook.schema.facts import Fact

MAX_ROWS = 30
"""Rows of a table on a terminal."""


@dataclass(frozen=True)
class CompareOptions:
    """The options of the command."""

    causes: bool
    html: Path | None
    xlsx: Path | None
    force: bool
    as_json: bool


def run(paths: list[Path], options: CompareOptions) -> int:
    """0, or 2 where a plan cannot be opened."""
    try:
        plans = dict(zip(names_of(paths), map(open_plan, paths), strict=True))
    except InputError as error:
        return refused(error.findings, as_json=options.as_json)
    facts = compare(*plans.values(), causes=options.causes) if len(plans) == 2 else []
    try:
        _write(plans, facts, options)
    except WriteError as error:
        say(f"error: {error}")
        return BAD_INPUT
    (_show_json if options.as_json else _show)(plans, facts)
    return 0


def _write(plans: dict[str, Plan], facts: list[Fact], options: CompareOptions) -> None:
    """The page and the workbook, where they are wanted; both are made before the first is written."""
    sentences = _sentences(facts)
    outputs: list[tuple[Path | None, Callable[[], bytes]]] = [
        (options.html, lambda: page(plans, sentences).encode()),
        (options.xlsx, lambda: compared_workbook(plans, sentences)),
    ]
    made = [(path, make()) for path, make in outputs if path is not None]
    for path, content in made:
        write_file(path, content, force=options.force)
        say(f"written: {path}")


def _sentences(facts: list[Fact]) -> list[str]:
    """What changed in words; the tables by mineral say the lines."""
    return [fact.says for fact in facts if fact.about.against != "line"]


def _show(plans: dict[str, Plan], facts: list[Fact]) -> None:
    print_tables(tables(plans), MAX_ROWS, "in --json")
    for line in _sentences(facts):
        result(line)


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
