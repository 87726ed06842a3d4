"""`orebook report`: a plan's report written again, whole or without what must not leave the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
from orebook.report.pdf import pdf
from orebook.schema.facts import Fact
from orebook.schema.hidden import Hidden


@dataclass(frozen=True)
class ReportOptions:
    """The options of the command: the file of each form, what to leave out, whether to replace."""

    html: Path | None
    md: Path | None
    pdf: Path | None
    xlsx: Path | None
    redact: tuple[str, ...]
    force: bool


@dataclass(frozen=True)
class _ReportInput:
    """What the report is made of."""

    plan: Plan | HedgedPlan
    facts: tuple[Fact, ...]
    dropped: tuple[str, ...]
    hide: tuple[Hidden, ...]

    def page(self) -> str:
        return html(self.plan, self.facts, self.hide, self.dropped)

    def text(self) -> str:
        return markdown(self.plan, self.facts, self.hide, self.dropped)

    def book(self) -> bytes:
        return plan_workbook(self.plan, self.facts, self.hide, self.dropped)


def run(plan: Path, options: ReportOptions) -> int:
    """0, or 2 where no file is named, the plan cannot be used, or a file cannot be written."""
    outputs = [
        (path, write)
        for path, write in (
            (options.html, lambda report: report.page().encode()),
            (options.md, lambda report: report.text().encode()),
            (options.pdf, lambda report: pdf(report.page())),
            (options.xlsx, _ReportInput.book),
        )
        if path is not None
    ]
    if not outputs:
        say("error: name a file to write, with --html, --md, --pdf or --xlsx")
        return BAD_INPUT
    try:
        return _write(plan, options, outputs)
    except InputError as error:
        say_findings(error.findings)
    except WriteError as error:
        say(f"error: {error}")
    return BAD_INPUT


def _write(path: Path, options: ReportOptions, outputs: list[tuple[Path, Callable[[_ReportInput], bytes]]]) -> int:
    """Every file is made before the first is written, so that a fault leaves none."""
    for file, _ in outputs:
        if not options.force:
            refuse_taken(file)
    hide = tuple(what for what in get_args(Hidden) if what in options.redact)
    folder = hedge_folder_of(path)
    hedged = (folder / HEDGE_FILE).is_file()
    plan: Plan | HedgedPlan = open_hedge(folder) if hedged else open_plan(path)
    report = _ReportInput(plan, *open_facts(folder if hedged else path), hide)
    made = [(file, write(report)) for file, write in outputs]
    for file, content in made:
        write_file(file, content, force=options.force)
        say(f"written: {file}")
    if report.dropped:
        say(f"DROPPED, as their check failed: {len(report.dropped)}; the report counts them")
    return 0
