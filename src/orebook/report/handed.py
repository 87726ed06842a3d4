"""A page that one party is handed: made of what it may know, so that nothing has to be taken out of it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from orebook import formats as f
from orebook.report.page import MAX_TABLE_ROWS
from orebook.report.rendering import render
from orebook.report.section import Section

ONE_OF_MANY = "This is the plan for one of several futures that were planned for."


@dataclass(frozen=True, slots=True)
class Handed:
    """What stands on the page, and in the same order in its text: a title, what it is of, figures at the head, sections."""

    title: str
    lead: str
    tiles: Iterable[tuple[str, str]]
    sections: tuple[Section, ...]

    def html(self) -> str:
        """One page that needs no network, no script and no other file."""
        return self._render("handed.html.j2")

    def markdown(self) -> str:
        """The same in short as text."""
        return self._render("handed.md.j2")

    def _render(self, template: str) -> str:
        return render(
            template, title=self.title, lead=self.lead, tiles=self.tiles, sections=self.sections, rows=MAX_TABLE_ROWS
        )


def buy_plan(weeks: int, begins: date | None) -> str:
    """The plan in words, which tell nothing of its instance but how long it is and, where that is known, its first day."""
    return f"the buy plan of {f.count(weeks, 'week')}{f' from {begins}' if begins else ''}"
