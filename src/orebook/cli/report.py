"""`orebook report`: a plan's report written again, whole or without what must not leave the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import get_args

from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.output import say, say_findings
from orebook.errors import InputError, WriteError
from orebook.files.atomic import refuse_taken, write_file
from orebook.files.hedge_folder import HEDGE_FILE, hedge_folder_of, open_hedge
from orebook.files.plan_folder import open_facts, open_plan
from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.report import html, markdown, plan_workbook
from orebook.report.lender import loan_html, loan_markdown, loan_of, loan_workbook
from orebook.report.pdf import pdf
from orebook.schema.hidden import Hidden


@dataclass(frozen=True)
class ReportOptions:
    """The options of the command: the file of each form, what to leave out, whether to replace, and whose loan to tell of."""

    html: Path | None
    md: Path | None
    pdf: Path | None
    xlsx: Path | None
    redact: tuple[str, ...]
    force: bool
    lender: str | None = None


@dataclass(frozen=True)
class _Forms:
    """What writes a report as a page, as text and as a workbook."""

    page: Callable[[], str]
    text: Callable[[], str]
    book: Callable[[], bytes]


def run(plan: Path, options: ReportOptions) -> int:
    """0, or 2 where no file is named, the plan cannot be used, or a file cannot be written."""
    outputs = [
        (path, write)
        for path, write in (
            (options.html, lambda report: report.page().encode()),
            (options.md, lambda report: report.text().encode()),
            (options.pdf, lambda report: pdf(report.page())),
            (options.xlsx, lambda report: report.book()),
        )
        if path is not None
    ]
    if not outputs:
        say("error: name a file to write, with --html, --md, --pdf or --xlsx")
        return BAD_INPUT
    if options.lender is not None and options.redact:
        say("error: leave --redact out: what --lender writes has no prices of offers, no targets and no houses in it")
        return BAD_INPUT
    try:
        return _write(plan, options, outputs)
    except InputError as error:
        say_findings(error.findings)
    except WriteError as error:
        say(f"error: {error}")
    return BAD_INPUT


def _write(path: Path, options: ReportOptions, outputs: list[tuple[Path, Callable[[_Forms], bytes]]]) -> int:
    """Every file is made before the first is written, so that a fault leaves none."""
    for file, _ in outputs:
        if not options.force:
            refuse_taken(file)
    hide = tuple(what for what in get_args(Hidden) if what in options.redact)
    folder = hedge_folder_of(path)
    hedged = (folder / HEDGE_FILE).is_file()
    plan: Plan | HedgedPlan = open_hedge(folder) if hedged else open_plan(path)
    dropped: tuple[str, ...] = ()
    if options.lender is not None:
        loan = loan_of(plan, options.lender)
        report = _Forms(partial(loan_html, loan), partial(loan_markdown, loan), partial(loan_workbook, loan))
    else:
        facts, dropped = open_facts(folder if hedged else path)
        told = (plan, facts, hide, dropped)
        report = _Forms(partial(html, *told), partial(markdown, *told), partial(plan_workbook, *told))
    made = [(file, write(report)) for file, write in outputs]
    for file, content in made:
        write_file(file, content, force=options.force)
        say(f"written: {file}")
    if dropped:
        say(f"DROPPED, as their check failed: {len(dropped)}; the report counts them")
    return 0
