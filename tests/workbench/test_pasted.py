"""What Excel puts on the clipboard, in any locale."""

from __future__ import annotations

import pytest

from orebook.schema.tables import HouseRow, MineralRow, OfferRow, ShareRow
from orebook.workbench.grids.paste import Comma, comma_of, in_doubt, lines_of, read_cell
from orebook.workbench.grids.tables import column_of


def _price(text: str, comma: Comma = "thousands") -> str:
    name = "price_usd_per_t"
    read = read_cell(text, column_of(MineralRow, name), MineralRow, name, comma)
    return read.fault or read.text


def test_lines_end_in_crlf_and_the_last_one_is_no_row() -> None:
    """Two lines of two cells, as Excel writes them, are two rows and not three."""
    assert lines_of("1\t2\r\n3\t4\r\n") == [["1", "2"], ["3", "4"]]


def test_a_cell_in_quotes_may_hold_a_line_end_a_tab_and_quotes() -> None:
    """What Excel puts in quotes is one cell."""
    assert lines_of('"a\r\nb"\t"say ""yes"""\t"c\td"') == [["a\r\nb", 'say "yes"', "c\td"]]


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("13,100", "13100"),
        ("1,234,567.5", "1234567.5"),
        ("$1,234.50", "1234.50"),
        ("USD 12", "12"),
        ("12\u00a0500", "12500"),
        ("1'234", "1234"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, means: str) -> None:
    """Thousands, blanks and dollars are no part of the number."""
    assert _price(text) == means


@pytest.mark.parametrize(("text", "means"), [("1.234,5", "1234.5"), ("12,5", "12.5"), ("1.234", "1234"), ("7", "7")])
def test_a_decimal_comma_makes_points_thousands(text: str, means: str) -> None:
    """Where a comma is decimal, a point parts thousands."""
    assert _price(text, "decimal") == means


@pytest.mark.parametrize("text", ["1,23", "12,3456", "€5", "5 kg", "12%", "abc", "1,,2"])
def test_what_is_no_such_number_is_named_and_kept(text: str) -> None:
    """Nothing is guessed: another currency, unit or grouping is a fault that shows the text."""
    assert text in _price(text)
    assert "is not a number" in _price(text)


def test_other_cells_tell_what_a_comma_is() -> None:
    """1,234 alone is in doubt; with 12,5 beside it the comma is decimal, with 1,234.5 it parts thousands."""
    assert comma_of(["1,234"]) is None
    assert in_doubt(["1,234"])
    assert comma_of(["1,234", "12,5"]) == "decimal"
    assert comma_of(["1,234", "1,234.5"]) == "thousands"


def test_per_cent_is_a_share_where_the_column_holds_shares() -> None:
    """35 % is 0.35 of a share, and 35 in a column of per cent."""
    share = read_cell("35 %", column_of(ShareRow, "max_share"), ShareRow, "max_share", "thousands")
    rate = read_cell("35%", column_of(HouseRow, "commission_pct"), HouseRow, "commission_pct", "thousands")
    assert (share.text, rate.text) == ("0.35", "35")


def test_a_negative_number_may_stand_in_brackets() -> None:
    """(1.5) in a premium is -1.5; a price below nothing is a fault."""
    assert read_cell("(1.5)", column_of(OfferRow, "premium_pct"), OfferRow, "premium_pct", "thousands").text == "-1.5"
    assert "is below 0" in _price("(1.5)")


def test_a_blank_cell_is_good_where_it_may_be() -> None:
    """A mineral needs its benchmark, and no target of its own."""
    assert "is blank, but needed" in _price("")
    assert read_cell("", column_of(MineralRow, "target_days"), MineralRow, "target_days", "thousands").fault == ""
