"""What a workbook holds out of sight, or struck out, and still counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from orebook.findings import Finding
from orebook.reading.cell import Tab
from orebook.reading.quoting import letter, lines_in_words
from orebook.reading.text import fault


def unshown(tab: Tab) -> Iterator[Finding]:
    """Warnings of a sheet that counts: it, or rows, columns and cells of it, are hidden, filtered out or struck out."""
    if tab.hidden:
        says = f'is a hidden sheet, and counts like the rest; show it, or name it "_{tab.title}" if it should not'
        yield _warning(tab, None, None, "hidden_sheet", says)
    there = {line for line, _ in tab.rows}
    yield from _rows(tab, there & tab.filtered, "filtered out of sight", "hidden_rows")
    yield from _rows(tab, there & (tab.unshown - tab.filtered), "hidden", "hidden_rows")
    yield from _columns(tab)
    yield from _struck(tab)


def _rows(tab: Tab, lines: Iterable[int], how: str, check: str) -> Iterator[Finding]:
    lines = sorted(lines)
    if lines:
        says = f"{lines_in_words(lines)} {_counts(len(lines), how)}"
        yield _warning(tab, lines[0], "A", check, says)


def _counts(number: int, how: str) -> str:
    """What is so and counts all the same, and what to do about it."""
    if number == 1:
        return f"is {how}, and counts like the rest; delete it if it should not"
    return f"are {how}, and count like the rest; delete them if they should not"


def _columns(tab: Tab) -> Iterator[Finding]:
    if not tab.rows:
        return
    (top, heads), *body = tab.rows
    held = [k for k in sorted(tab.unshown_columns) if k < len(heads) and any(not cells[k].blank for _, cells in body)]
    if held:
        names = ", ".join(f"{letter(k)} ({heads[k].value})" for k in held)
        says = f"column{'s' if len(held) > 1 else ''} {names} {_counts(len(held), 'hidden')}"
        yield _warning(tab, top, letter(held[0]), "hidden_columns", says)


def _struck(tab: Tab) -> Iterator[Finding]:
    """Whole rows that are struck out, and cells that are."""
    rows, places = list[int](), list[tuple[int, int]]()
    for line, cells in tab.rows:
        filled = [k for k, cell in enumerate(cells) if not cell.blank]
        struck = [k for k in filled if cells[k].struck]
        if struck and len(struck) == len(filled):
            rows.append(line)
        else:
            places += [(line, k) for k in struck]
    yield from _rows(tab, rows, "struck out", "struck_out")
    for line, k in places:
        says = "is struck out, and counts like the rest; clear the cell, or take the stroke off"
        yield _warning(tab, line, letter(k), "struck_out", says)


def _warning(tab: Tab, line: int | None, column: str | None, check: str, says: str) -> Finding:
    finding = replace(fault(tab.title, line, check, says), severity="warning")
    return finding if line is None else replace(finding, cell=f"{tab.title}!{column}{line}")
