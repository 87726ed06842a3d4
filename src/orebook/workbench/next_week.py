"""Prices of the new week as they were pasted: a mineral and a price a line."""

from __future__ import annotations

from orebook.errors import InputError
from orebook.findings import Finding
from orebook.plan import Plan
from orebook.reading.suggest import mend
from orebook.reading.text import fault
from orebook.schema.tables import MineralRow
from orebook.workbench.grids.paste import comma_of, lines_of, read_cell
from orebook.workbench.grids.tables import column_of
from orebook.workbench.grids.weeks import PRICE


def prices_of(text: str, plan: Plan) -> dict[str, float]:
    """mineral -> USD/t; blank lines are passed over. Raises InputError with every line that cannot be read."""
    found, wrong = dict[str, float](), list[Finding]()
    lines = [(k, [cell for cell in line if cell]) for k, line in enumerate(lines_of(text), start=1)]
    listed = [(k, line if len(line) == 2 else line[0].rsplit(maxsplit=1)) for k, line in lines if line]
    comma = comma_of(line[-1] for _, line in listed) or "thousands"
    for k, line in listed:
        if len(line) != 2 or line[0] not in plan.problem.minerals:
            says = f'"{line[0]}" is no mineral of the plan; {mend(line[0], plan.problem.minerals)}'
            wrong.append(fault("prices", k, "unknown_name", "write a mineral and a price" if len(line) != 2 else says))
            continue
        if line[0] in found:
            wrong.append(fault("prices", k, "duplicate_row", f"{line[0]} has a price already, in a line above"))
            continue
        read = read_cell(line[1], column_of(MineralRow, PRICE), MineralRow, PRICE, comma)
        if read.fault:
            wrong.append(fault("prices", k, "not_a_number", f"{line[0]}: {read.fault}"))
        else:
            found[line[0]] = float(read.text)
    if wrong:
        raise InputError(wrong)
    return found
