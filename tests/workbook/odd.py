"""Drawn documents with everything in them that a spreadsheet or a CSV file likes to change."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from orebook.reading.book import numeric_columns
from orebook.schema.base import LARGEST, Row
from orebook.schema.document import REQUIRED_TABLES, TABLES, Document
from tests.drawn import documents

ODD_NAMES = (
    "007", "7", "7.0", "1e5", "1E5", "0x10", "-0", "+1", "1,5", "1.5.", "1-2", "3%", "$5", "2026-03-01",
    "NaN", "inf", "TRUE", "false", "yes", "None", "null", "#7", "#tag", "@sum", "+cmd", "-x", "{1}", "A1", "R1C1",
    "'quoted", '"', 'a"b', "a,b", "a\\tb", "a\u3000b", "\\n", "_x0041_", "<b>&amp", "http:example",
    "Ωμέγα", "鉛", "e\u0301", "🪙", "long " + "x" * 300,
)  # fmt: skip
_ODD_NUMBERS = (0.30000000000000004, 1 / 3, 2 / 3 * 1e7, 5e-324, 1e-7, 123456789.12345679, LARGEST, 0.1, 1e14 + 0.5)
_KEPT = {
    ("storage_class",),
    ("accepts",),
    ("by",),
    ("mechanism",),
    ("payer",),
    ("discount",),
    ("in_transit",),
    ("kind",),
}


@st.composite
def odd_documents(draw: st.DrawFn) -> Document:
    """Documents with odd names, numbers and titles, and tables without rows: each cell is of the right type.

    They need not fit together: what a number of another table allows is not looked at.
    """
    document = draw(documents(members=True, leaving=True))
    first = draw(st.integers(0, len(ODD_NAMES) - 1))
    names = [*ODD_NAMES[first:], *ODD_NAMES[:first]]
    numbers = st.sampled_from(_ODD_NUMBERS) | st.floats(0, LARGEST)
    renamed: dict[str, str] = {}
    tables: dict[str, Any] = {}
    for table in TABLES:
        rows = getattr(document, table)
        if rows is None and table not in REQUIRED_TABLES and draw(st.booleans()):
            rows = ()
        tables[table] = rows and [_odd(draw, row, names, renamed, numbers) for row in rows]
    head = document.instance.model_dump()
    head["name"] = names[-1]
    head["title"] = draw(
        st.sampled_from((None, "= 1 + 1", "# 1", "two\nlines", 'a "quoted" title', "\\u0041", "\u0085x"))
    )
    head["start"] = draw(st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)))
    head["min_esg_score"] = draw(st.none() | st.sampled_from((-0.0, -1 / 3, 40)))
    return Document.model_validate({"instance": head, **tables})


def _odd(draw: st.DrawFn, row: Row, names: list[str], renamed: dict[str, str], numbers: Any) -> dict[str, Any]:
    """The row with every name replaced, the same name always by the same one, and now and then a number."""
    cells = row.model_dump()
    for column, value in cells.items():
        if isinstance(value, str) and value != "*" and (column,) not in _KEPT:
            cells[column] = renamed.setdefault(value, names[len(renamed)])
        elif isinstance(value, float) and column in numeric_columns(type(row)) and draw(st.integers(0, 5)) == 0:
            changed = {**cells, column: draw(numbers)}
            cells[column] = changed[column] if _fits(type(row), changed) else value
    return cells


def _fits(model: type[Row], cells: dict[str, Any]) -> bool:
    try:
        model.model_validate(cells)
    except ValueError:
        return False
    return True
