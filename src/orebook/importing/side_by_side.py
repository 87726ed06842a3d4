"""The rows of a sheet, parted where tables stand beside each other; merged cells filled down."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.importing.blocks import BLANK
from orebook.importing.cell_kinds import count, is_word
from orebook.importing.sections import SheetRow
from orebook.reading.cell import Raw, Tab


def bands(tab: Tab) -> list[list[SheetRow]]:
    """The rows of each part: at a column that no row with several cells fills, where both sides begin with names."""
    rows = _filled_down(tab)
    several = [row for row in rows if count(row[1]) > 1]
    width = max((len(cells) for _, cells in rows), default=0)
    used = [any(not cells[k].blank for _, cells in several) for k in range(width)]
    runs: list[range] = []
    for k in range(width):
        if used[k] and (k == 0 or not used[k - 1]):
            runs.append(range(k, next((j for j in range(k, width) if not used[j]), width)))
    if len(runs) < 2 or any(len(run) < 2 or not _begins_with_names(several, run) for run in runs):
        return [rows]
    starts = [0, *(run.start for run in runs[1:])]
    parts = zip(starts, [*starts[1:], width], strict=True)
    return [[(line, _within(cells, a, b)) for line, cells in rows if count(cells[a:b])] for a, b in parts]


def corners(area: str) -> tuple[int, int, int, int]:
    """The first column and row of an area such as `B2:D3`, and the last ones, from 1."""
    from openpyxl.utils.cell import range_boundaries

    left, top, right, bottom = range_boundaries(area)
    return left or 1, top or 1, right or 1, bottom or 1


def _filled_down(tab: Tab) -> list[SheetRow]:
    """The rows, with what stands in a merged area that is one column wide put into each of its rows."""
    cells = {(line, place): cell for line, row in tab.rows for place, cell in enumerate(row)}
    for area in tab.merged:
        left, top, right, bottom = corners(area)
        if left == right:
            for line in range(top + 1, bottom + 1):
                cells[line, left - 1] = cells.get((top, left - 1), BLANK)
    width = max((place for _, place in cells), default=-1) + 1
    lines = sorted({line for line, _ in cells})
    return [(line, tuple(cells.get((line, place), BLANK) for place in range(width))) for line in lines]


def _within(cells: tuple[Raw, ...], first: int, last: int) -> tuple[Raw, ...]:
    return tuple(cell if first <= k < last else BLANK for k, cell in enumerate(cells))


def _begins_with_names(rows: Sequence[SheetRow], run: range) -> bool:
    """Whether the first column of a run holds texts: those of a table of its own do."""
    values = [cells[run.start] for _, cells in rows if not cells[run.start].blank]
    return len(values) > 1 and sum(map(is_word, values)) > len(values) / 2
