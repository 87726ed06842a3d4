"""`orebook report`: a plan's report written again, whole or without what must not leave the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from orebook.cli.output import BAD_INPUT, say, say_findings
from orebook.errors import InputError, WriteError
from orebook.files.atomic import refuse_taken, write_file
from orebook.files.plan_folder import open_facts, open_plan
from orebook.plan import Plan
from orebook.report import html, markdown, plan_workbook
from orebook.report.pdf import pdf
from orebook.schema.facts import Fact
from orebook.schema.hidden import Hidden


@dataclass(frozen=True)
class Asked:
    """The options of the command: the file of each form, what to leave out, whether to replace."""

    html: Path | None
    md: Path | None
    pdf: Path | None
    xlsx: Path | None
    redact: tuple[str, ...]
    force: bool


@dataclass(frozen=True)
class _Known:
    """What the report is made of."""

    plan: Plan
    facts: tuple[Fact, ...]
    dropped: tuple[str, ...]
    hide: tuple[Hidden, ...]

    def page(self) -> str:
        return html(self.plan, self.facts, self.hide, self.dropped)

    def text(self) -> str:
        return markdown(self.plan, self.facts, self.hide, self.dropped)

    def book(self) -> bytes:
        return plan_workbook(self.plan, self.facts, self.hide, self.dropped)


def run(plan: Path, asked: Asked) -> int:
    """0, or 2 where no file is named, the plan cannot be used, or a file cannot be written."""
    wanted = [
        (path, write)
        for path, write in (
            (asked.html, lambda known: known.page().encode()),
            (asked.md, lambda known: known.text().encode()),
            (asked.pdf, lambda known: pdf(known.page())),
            (asked.xlsx, _Known.book),
        )
        if path is not None
    ]
    if not wanted:
        say("error: name a file to write, with --html, --md, --pdf or --xlsx")
        return BAD_INPUT
    try:
        return _write(plan, asked, wanted)
    except InputError as error:
        say_findings(error.findings)
    except WriteError as error:
        say(f"error: {error}")
    return BAD_INPUT


def _write(path: Path, asked: Asked, wanted: list[tuple[Path, Callable[[_Known], bytes]]]) -> int:
    """Every file is made before the first is written, so that a fault leaves none."""
    for file, _ in wanted:
        if not asked.force:
            refuse_taken(file)
    hide = tuple(what for what in get_args(Hidden) if what in asked.redact)
    known = _Known(open_plan(path), *open_facts(path), hide)
    made = [(file, write(known)) for file, write in wanted]
    for file, content in made:
        write_file(file, content, force=asked.force)
        say(f"written: {file}")
    if known.dropped:
        say(f"DROPPED, as their check failed: {len(known.dropped)}; the report counts them")
    return 0
