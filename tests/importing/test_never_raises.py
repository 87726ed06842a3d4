"""Whatever stands in a book: it is read, or refused with findings; every figure that is read has its source."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import orebook
from tests.importing.books import NORLAND

HEADS = sorted(
    {str(cell) for rows in NORLAND.values() for row in rows for cell in row if isinstance(cell, str) and len(cell) < 40}
)
ODD: list[Any] = [
    *(
        None,
        0,
        -1,
        1e300,
        0.1,
        12.951,
        True,
        "",
        " ",
        "-",
        "?",
        "#REF!",
        "TBC",
        "nan",
        "1,5",
        "1.234,5",
        "12.951",
        "22,000",
    ),
    *(
        "3/4/2027",
        "31/12/2027",
        "2027-02-30",
        "w0",
        "w99",
        "Q9 2027",
        "1e999",
        "(5)",
        "USD",
        "USD/kg",
        "per ton",
        "per",
        "/",
    ),
    *(
        "/kg",
        "1 / 0",
        "%",
        "150%",
        "10-5 days",
        "30% advance",
        "Net",
        "FOB",
        "x" * 300,
        "a/b;c=*[d]",
        "\u200bTin",
        "Ｔｉｎ",
    ),
    *("=1+1", "Total", "In transit", "Note: see below", "100+ t", "1-9 t", "99999999999999999999"),
    *(date(1900, 1, 1), datetime(9999, 12, 31), date(2027, 3, 8)),
]
CELLS = st.one_of(st.sampled_from(ODD), st.sampled_from(HEADS), st.text(max_size=8), st.floats(-1e6, 1e6))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(HEADS), min_size=2, max_size=7),
    st.lists(st.lists(CELLS, max_size=8), min_size=1, max_size=6),
)
def test_odd_books_are_read_or_refused(heads: list[str], rows: list[list[Any]]) -> None:
    """Heads of a planner's over any cells, proposed and read again by what was proposed."""
    imported = orebook.import_book({"Sheet": [heads, *rows], "Targets": NORLAND["Targets"], "FX": NORLAND["FX"]})
    assert imported.problem is not None or imported.faults
    again = orebook.import_book(
        {"Sheet": [heads, *rows], "Targets": NORLAND["Targets"], "FX": NORLAND["FX"]}, imported.mapping
    )
    assert [str(f) for f in again.findings] == [str(f) for f in imported.findings]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_cell_gone_wrong(data: st.DataObject) -> None:
    """One cell of a good book replaced by an odd one: a finding names it, or what is read of it is on record."""
    sheet = data.draw(st.sampled_from(sorted(NORLAND)))
    rows = [list(row) for row in NORLAND[sheet]]
    line = data.draw(st.integers(0, len(rows) - 1))
    if not rows[line]:
        return
    place = data.draw(st.integers(0, len(rows[line]) - 1))
    rows[line][place] = data.draw(CELLS)
    imported = orebook.import_book(NORLAND | {sheet: rows})
    if imported.problem is not None:
        rows_of = {(s.table, s.key) for s in imported.sources}
        offers = {("offers", offer) for offer in imported.problem.offers}
        assert offers <= rows_of
