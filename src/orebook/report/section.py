"""A part of the report before it is a page or a markdown file: both say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orebook.report.bullets import Bullets
from orebook.report.curve import Curve
from orebook.report.heat import Heat
from orebook.report.table import Table

Chart = Bullets | Curve | Heat


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with an id, sentences, points of a list, a command to type, charts, and tables with at least a row.

    `hint` is what `orebook explain` would add; empty where it has, or has nothing to add.
    """

    id: str
    title: str
    texts: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    hint: str = ""
    command: str = ""
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()


def section(
    name: str,
    title: str,
    *texts: str,
    points: tuple[str, ...] = (),
    hint: str = "",
    command: str = "",
    charts: Iterable[Chart] = (),
    tables: Iterable[Table] = (),
) -> Section:
    """A section without what has nothing to show."""
    return Section(
        name,
        title,
        tuple(text for text in texts if text),
        points,
        hint,
        command,
        tuple(chart for chart in charts if chart.known),
        tuple(table for table in tables if table.rows),
    )
