"""Tables on sheets: titles, heads in two rows, units in a row of their own, sections, totals, tables side by side."""

from __future__ import annotations

from typing import Any

from orebook.importing.blocks import Block
from orebook.importing.finding_blocks import blocks_of
from orebook.reading.cell import Raw, Tab
from tests.importing.books import Rows


def _tab(rows: Rows, **more: Any) -> Tab:
    width = max(map(len, rows))
    cells = [(n, tuple(Raw(c) for c in [*row, *[None] * (width - len(row))])) for n, row in enumerate(rows, start=1)]
    return Tab("S", tuple((n, row) for n, row in cells if any(not c.blank for c in row)), **more)


def _heads(block: Block) -> list[str]:
    return [head.text for head in block.heads]


def _rows(block: Block) -> list[list[Any]]:
    return [[line.cell(head.place).value for head in block.heads] for line in block.lines]


def test_titles_above_and_a_total_below() -> None:
    """Heads in the fourth row; the total, the note and a row of marks are left out, each with why."""
    rows: Rows = [["Stock of the reserve"], ["as of 1 May 2027"], [], ["Metal", "t"], ["Tin", 5], ["Lead", 7], ["Total", 12],
            ["+/-", 3], ["Note: counted by hand, weighed twice"]]  # fmt: skip
    (block,) = blocks_of(_tab(rows))
    assert (block.titles, block.line) == (("Stock of the reserve", "as of 1 May 2027"), 4)
    assert _rows(block) == [["Tin", 5], ["Lead", 7]]
    assert [(row.number, row.why) for row in block.left_out] == [
        (7, "is a totals row"),
        (8, "has no name"),
        (9, "is a note"),
    ]


def test_merged_heads_in_two_rows() -> None:
    """`Break 1` over two columns: each has both words."""
    rows: Rows = [
        ["Supplier", "Break 1", None, "Break 2", None],
        [None, "Qty", "Price", "Qty", "Price"],
        ["a", 1, 2, 3, 4],
    ]
    (block,) = blocks_of(_tab(rows, merged=("B1:C1", "D1:E1", "A1:A2")))
    assert _heads(block) == ["Supplier", "Break 1 Qty", "Break 1 Price", "Break 2 Qty", "Break 2 Price"]


def test_units_in_a_row_of_their_own() -> None:
    """Joined to the heads in brackets; a column without a head keeps its letter."""
    rows: Rows = [
        ["Prices"],
        [None, "Crude oil", "Tin"],
        [None, "($/bbl)", "($/mt)"],
        ["2026M01", 70, 30000],
        ["2026M02", 71, 31000],
    ]
    (block,) = blocks_of(_tab(rows))
    assert _heads(block) == ["column A", "Crude oil ($/bbl)", "Tin ($/mt)"]
    assert len(block.lines) == 2


def test_two_tables_under_each_other() -> None:
    """The second with heads of its own, and its title; or the same heads under another title."""
    rows: Rows = [["Metal", "t"], ["Tin", 5], [], ["Money"], ["Month", "USD"], ["2026-01", 7]]
    first, second = blocks_of(_tab(rows))
    assert (_heads(first), _heads(second), second.titles) == (["Metal", "t"], ["Month", "USD"], ("Money",))
    rows = [["Copper"], ["Place", "t"], ["Busan", 5], ["Tin"], ["Place", "t"], ["Antwerp", 7]]
    assert [(b.titles, _rows(b)) for b in blocks_of(_tab(rows))] == [
        (("Copper",), [["Busan", 5]]),
        (("Tin",), [["Antwerp", 7]]),
    ]


def test_heads_that_a_printed_page_repeats() -> None:
    """They are left out, and the table goes on."""
    (block,) = blocks_of(_tab([["Metal", "t"], ["Tin", 5], ["Metal", "t"], ["Lead", 6]]))
    assert _rows(block) == [["Tin", 5], ["Lead", 6]]
    assert [row.why for row in block.left_out] == ["repeats the heads"]


def test_a_label_begins_a_section() -> None:
    """The rows under it have the same heads; a remark beside one is a column without a head, not lost."""
    rows: Rows = [["Metal", "t"], ["Tin", 5], ["In transit"], ["Lead", 6, "ETA 3 May 2027"], ["Zinc", 8]]
    first, second = blocks_of(_tab(rows))
    assert (first.section, _rows(first)) == (None, [["Tin", 5, None]])
    assert (second.section, _rows(second)) == ("In transit", [["Lead", 6, "ETA 3 May 2027"], ["Zinc", 8, None]])
    assert _heads(second) == ["Metal", "t", "column C"]


def test_tables_side_by_side() -> None:
    """Parted at a blank column, if both begin with names; one with a blank column within is not."""
    rows: Rows = [["House", "Fee", None, "Metal", "t"], ["a", 1, None, "Tin", 5], ["b", 2, None, "Lead", 6]]
    assert [_heads(b) for b in blocks_of(_tab(rows))] == [["House", "Fee"], ["Metal", "t"]]
    rows = [["Metal", "t", None, "2026", "2027"], ["Tin", 5, None, 7, 8], ["Lead", 6, None, 8, 9]]
    assert [_heads(b) for b in blocks_of(_tab(rows))] == [["Metal", "t", "2026", "2027"]]


def test_rows_out_of_sight() -> None:
    """Left out with a word; read where that is asked for."""
    rows: Rows = [["Metal", "t"], ["Tin", 5], ["Lead", 6], ["Zinc", 7]]
    tab = _tab(rows, unshown=frozenset({3, 4}), filtered=frozenset({4}))
    (block,) = blocks_of(tab)
    assert [(row.number, row.why) for row in block.left_out] == [(3, "is hidden"), (4, "is filtered out of sight")]
    (block,) = blocks_of(tab, hidden=True)
    assert len(block.lines) == 3


def test_merged_names_are_filled_down() -> None:
    """A name that is merged over rows is that of each."""
    (block,) = blocks_of(_tab([["Metal", "Place", "t"], ["Tin", "a", 5], [None, "b", 6]], merged=("A2:A3",)))
    assert _rows(block) == [["Tin", "a", 5], ["Tin", "b", 6]]


def test_a_head_that_stands_twice_is_numbered() -> None:
    """As a mapping names it."""
    (block,) = blocks_of(_tab([["Price", "Unit", "MOQ", "Unit"], [1, "kg", 2, "t"]]))
    assert block.names == ["Price", "Unit", "MOQ", "Unit #2"]


def test_a_sheet_without_a_table() -> None:
    """Words alone, or a label and its value, are none."""
    assert blocks_of(_tab([["Read me first"], ["This book is for the planner of the reserve"]])) == []
    assert blocks_of(_tab([["Prepared by:", "Kim"], ["Approved by:", "Lee"]])) == []
