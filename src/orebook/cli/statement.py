"""`orebook statement`: what each member may draw, has drawn, owes and carries; of one, what it may be handed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.forms import Forms, Outputs, opened, refuse_all_taken, write_forms
from orebook.cli.output import print_tables, refused, result, result_json, say
from orebook.errors import InputError, WriteError
from orebook.report.member import figures, statement_html, statement_markdown, statement_of, statement_workbook
from orebook.report.member.sections import sections
from orebook.report.member.statement import Statement

MAX_ROWS = 30
"""Rows of a table on a terminal."""


@dataclass(frozen=True)
class StatementOptions:
    """The options of the command: whose statement (None: that of all), the files to write, and JSON instead of tables."""

    member: str | None
    outputs: Outputs
    as_json: bool


def run(path: Path, options: StatementOptions) -> int:
    """0, or 2 where the plan cannot be used, nobody of that name is a member, or a file cannot be written."""
    try:
        refuse_all_taken(options.outputs)
        statement = statement_of(opened(path), options.member)
        book = partial(statement_workbook, statement)
        forms = Forms(partial(statement_html, statement), partial(statement_markdown, statement), book)
        write_forms(forms, options.outputs)
    except InputError as error:
        return refused(error.findings, as_json=options.as_json)
    except WriteError as error:
        say(f"error: {error}")
        return BAD_INPUT
    if options.as_json:
        result_json(figures(statement))
    elif not options.outputs.wanted:
        _show(statement)
    return 0


def _show(statement: Statement) -> None:
    """The page as lines and tables, without how it is counted."""
    result(statement.lead)
    for part in sections(statement)[:-1]:
        for text in part.texts:
            result(text)
        print_tables(part.tables, MAX_ROWS, "in --json")
