"""What a command writes of a plan for somebody to read: a page, a text, a PDF, a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orebook.cli.output import say
from orebook.files.atomic import refuse_taken, write_file
from orebook.files.hedge_folder import HEDGE_FILE, hedge_folder_of, open_hedge
from orebook.files.plan_folder import open_plan
from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.report.pdf import pdf


@dataclass(frozen=True)
class Outputs:
    """The file of each form, None where it is not wanted, and whether to replace what is there."""

    html: Path | None
    md: Path | None
    pdf: Path | None
    xlsx: Path | None
    force: bool

    @property
    def wanted(self) -> bool:
        """Whether any file is named."""
        return any((self.html, self.md, self.pdf, self.xlsx))


@dataclass(frozen=True)
class Forms:
    """What makes a report as a page, as text and as a workbook."""

    page: Callable[[], str]
    text: Callable[[], str]
    book: Callable[[], bytes]


def opened(path: Path) -> Plan | HedgedPlan:
    """The plan, or hedged plan, of a folder. Raises InputError."""
    folder = hedge_folder_of(path)
    return open_hedge(folder) if (folder / HEDGE_FILE).is_file() else open_plan(path)


def refuse_all_taken(outputs: Outputs) -> None:
    """Raises WriteError where one of the files is there already, and may not be replaced."""
    for file in filter(None, (outputs.html, outputs.md, outputs.pdf, outputs.xlsx)):
        if not outputs.force:
            refuse_taken(file)


def write_forms(forms: Forms, outputs: Outputs) -> None:
    """Every file is made before the first is written, so that a fault leaves none. Raises WriteError."""
    ways: list[tuple[Path | None, Callable[[], bytes]]] = [
        (outputs.html, lambda: forms.page().encode()),
        (outputs.md, lambda: forms.text().encode()),
        (outputs.pdf, lambda: pdf(forms.page())),
        (outputs.xlsx, forms.book),
    ]
    made = [(file, write()) for file, write in ways if file is not None]
    for file, content in made:
        write_file(file, content, force=outputs.force)
        say(f"written: {file}")
