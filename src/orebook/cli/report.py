"""`orebook report`: a plan's report written again, whole or without what must not leave the house."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import get_args

from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.forms import Forms, Outputs, opened, refuse_all_taken, write_forms
from orebook.cli.output import say, say_findings
from orebook.errors import InputError, WriteError
from orebook.files.hedge_folder import hedge_folder_of
from orebook.files.plan_folder import open_facts
from orebook.hedged import HedgedPlan
from orebook.report import html, markdown, plan_workbook
from orebook.report.lender import loan_html, loan_markdown, loan_of, loan_workbook
from orebook.schema.hidden import Hidden


@dataclass(frozen=True)
class ReportOptions:
    """The options of the command: what to write, what to leave out, and whose loan to tell of instead."""

    outputs: Outputs
    redact: tuple[str, ...]
    lender: str | None = None


def run(plan: Path, options: ReportOptions) -> int:
    """0, or 2 where no file is named, the plan cannot be used, or a file cannot be written."""
    if not options.outputs.wanted:
        say("error: name a file to write, with --html, --md, --pdf or --xlsx")
        return BAD_INPUT
    if options.lender is not None and options.redact:
        say("error: leave --redact out: what --lender writes has no prices of offers, no targets and no houses in it")
        return BAD_INPUT
    try:
        return _write(plan, options)
    except InputError as error:
        say_findings(error.findings)
    except WriteError as error:
        say(f"error: {error}")
    return BAD_INPUT


def _write(path: Path, options: ReportOptions) -> int:
    refuse_all_taken(options.outputs)
    hide = tuple(what for what in get_args(Hidden) if what in options.redact)
    plan = opened(path)
    dropped: tuple[str, ...] = ()
    if options.lender is not None:
        loan = loan_of(plan, options.lender)
        forms = Forms(partial(loan_html, loan), partial(loan_markdown, loan), partial(loan_workbook, loan))
    else:
        facts, dropped = open_facts(hedge_folder_of(path) if isinstance(plan, HedgedPlan) else path)
        told = (plan, facts, hide, dropped)
        forms = Forms(partial(html, *told), partial(markdown, *told), partial(plan_workbook, *told))
    write_forms(forms, options.outputs)
    if dropped:
        say(f"DROPPED, as their check failed: {len(dropped)}; the report counts them")
    return 0
