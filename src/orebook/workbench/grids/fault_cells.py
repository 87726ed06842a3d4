"""Faults of an edit at the cells in which a planner sees them."""

from __future__ import annotations

from typing import Any

from orebook.service.web.responses import FaultOut
from orebook.workbench.grids.apply_draft import Tables
from orebook.workbench.grids.catalogue import PRICES
from orebook.workbench.grids.weeks import week_column


def placed(faults: list[FaultOut], tables: Tables) -> list[dict[str, Any]]:
    """Each fault with the grid, key and column of its cell, where it has one, and how to call the place."""
    found = []
    for fault in faults:
        if fault.severity != "fault":
            continue
        table, row, column = (*fault.loc, None, None, None)[:3]
        keys = list(tables.lines.get(str(table), {}))
        key = keys[row - 2] if isinstance(row, int) and 0 <= row - 2 < len(keys) else None
        grid, place = str(table), "/".join(key or ())
        if table == PRICES and key is not None and len(key) == 2:
            column, key = week_column(int(key[1])), key[:1]
        called = " ".join(part for part in (str(table), place, str(column or "")) if part)
        found.append({"grid": grid, "key": key, "column": column, "place": called, "message": fault.message})
    return found
