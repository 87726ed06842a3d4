"""What holds of changes in any instance: drawn documents, drawn cells."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orebook.changes import apply, parse
from orebook.errors import InputError
from orebook.files.instances import read
from orebook.reading.book import numeric_columns
from orebook.schema.document import TABLES, Document, digest
from tests.changes.drawn_changes import Cell, cells, edits, write
from tests.drawn import documents

DRAWS = settings(max_examples=150)
FUTURES = {"futures", "future_changes", "hazards"}
"""A text of theirs that is no change is refused where files are read, and not yet where a cell is changed."""
UNDONE = (("+100", "-100"), ("-0.1", "+0.1"), ("*2", "*0.5"), ("+25%", "-20%"), ("-50%", "+100%"))


def changed(document: Document, *texts: str) -> Document | None:
    """The document after the changes; None where they are refused."""
    try:
        return apply(document, [parse(text) for text in texts])
    except InputError:
        return None


def read_back(document: Document, *edited: tuple[Cell, str]) -> str | None:
    """The digest of the folder of a document with cells edited; None where it has a fault."""
    with tempfile.TemporaryDirectory() as place:
        try:
            return read(write(Path(place) / "instance", document, edited)).digest
        except InputError:
            return None


@DRAWS
@given(st.data())
def test_a_change_is_an_edit_of_the_file(data: st.DataObject) -> None:
    """Two cells set by changes give the instance whose files have them so; what one refuses, the other does."""
    document = data.draw(documents())
    first = data.draw(edits(document, keys=False))
    second = data.draw(edits(document))
    assume(first[0] != second[0])
    assume(not {first[0].table, second[0].table} & FUTURES)
    after = changed(document, *(f"{cell.address}={text}" for cell, text in (first, second)))
    assert (None if after is None else digest(after)) == read_back(document, first, second)


@DRAWS
@given(st.data())
def test_a_row_taken_out_and_added_again_leaves_the_instance(data: st.DataObject) -> None:
    """Rows that nothing goes with, cell by cell; the order of rows means nothing."""
    document = data.draw(documents())
    alone = [
        c for c in cells(document, keys=True) if c.table not in ("minerals", "houses", "offers", "origins", "sites")
    ]
    assume(alone)
    cell = data.draw(st.sampled_from(alone))
    row = document.rows(cell.table)[cell.place].model_dump(exclude_none=True)
    texts = {c: ("yes" if v else "no") if isinstance(v, bool) else v for c, v in row.items()}
    key = cell.address.removesuffix(f".{cell.column}")
    added = ",".join(f"{c}:{v}" for c, v in texts.items())
    after = changed(document, f"{key}=none", f"{cell.table}+={added}")
    assert after is not None
    assert digest(after) == digest(document)


@DRAWS
@given(st.data(), st.sampled_from(UNDONE))
def test_a_relative_change_is_undone_by_its_inverse(data: st.DataObject, pair: tuple[str, str]) -> None:
    """To the last digit, prices.csv included: + 25 % and - 20 %, * 2 and * 0.5, + 0.1 and - 0.1."""
    document = data.draw(documents())
    numbers = [
        c.address
        for c in cells(document, keys=False)
        if c.column in numeric_columns(TABLES[c.table])
        and getattr(document.rows(c.table)[c.place], c.column) is not None
    ]
    prices = [f"minerals.{row.mineral}.price_usd_per_t" for row in document.minerals]
    address = data.draw(st.sampled_from([*numbers, *prices]))
    assume(changed(document, f"{address}={pair[0]}") is not None)
    assert changed(document, *(f"{address}={value}" for value in pair)) == document


@DRAWS
@given(st.data())
def test_changes_of_different_cells_commute(data: st.DataObject) -> None:
    """Either order gives the same document, or is refused."""
    document = data.draw(documents())
    (one, here), (other, there) = data.draw(edits(document, keys=False)), data.draw(edits(document, keys=False))
    assume(one != other)
    texts = (f"{one.address}={here}", f"{other.address}={there}")
    assert changed(document, *texts) == changed(document, *reversed(texts))
