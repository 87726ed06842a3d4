"""Facts as rows: of what, what it says, the figure that tells most with its unit, how it is known, and how to have it again."""

from __future__ import annotations

from collections.abc import Callable

from orebook.formats import WITHHELD
from orebook.report.method import command
from orebook.report.report_input import Brief, ends
from orebook.report.workbook.cell_styles import Kind
from orebook.report.workbook.figures import others, telling, unit_of
from orebook.report.workbook.grid import Cell, Column, Grid
from orebook.schema.facts import Fact

ABOUT = ("mineral", "offer", "week", "house", "origin", "site", "future", "rule", "row", "against")


def facts_grid(name: str, brief: Brief, facts: tuple[Fact, ...]) -> Grid[Fact]:
    """A row a fact, in their order; of what they are about, the columns that any of them has."""
    about = (_about(part) for part in ABOUT if any(getattr(f.about, part) is not None for f in facts))
    columns: tuple[Column[Fact], ...] = (
        Column("kind", "text", lambda f: f.kind),
        *about,
        Column("says", "words", says),
        Column("figure", "text", telling),
        Column("low", _kind, _end(0)),
        Column("high", _kind, _end(1)),
        Column("unit", "text", lambda f: unit_of(telling(f))[0]),
        Column("held", "text", lambda f: ", ".join(f.held)),
        Column("reproduced by", "text", lambda f: command(brief, f)),
        Column("other figures", "text", lambda f: others(f, telling(f))),
        Column("method", "text", lambda f: f.method),
    )
    return Grid(name, columns, facts)


def says(fact: Fact) -> str:
    """The sentence of a fact, which this copy may go without."""
    return fact.says or WITHHELD


def _about(part: str) -> Column[Fact]:
    kind: Kind = "week" if part == "week" else "text"
    return Column(part, kind, lambda f: getattr(f.about, part))


def _kind(fact: Fact) -> Kind:
    return unit_of(telling(fact))[1]


def _end(which: int) -> Callable[[Fact], Cell]:
    def cell(fact: Fact) -> Cell:
        both = ends(fact, telling(fact))
        return both[which] if both else None

    return cell
