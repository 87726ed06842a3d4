"""What may differ from file to file and means the same."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from orebook.checks import faults
from orebook.files.instances import inspect, read
from orebook.reading.book import Book
from orebook.resolve import problem_of
from tests.broken.good import GOOD, write


def shuffled(text: str, seed: int) -> str:
    """A CSV text with its rows in another order, the header kept."""
    header, *rows = text.splitlines()
    random.Random(seed).shuffle(rows)
    return "\n".join([header, *rows]) + "\n"


def same(files: dict[str, str], tmp_path: Path) -> bool:
    """Whether an instance of these files is the good one, by its digest and its problem."""
    good, other = read(write(tmp_path / "good")), read(write(tmp_path / "other", files))
    return good.digest == other.digest and good == other


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_rows_means_nothing(seed: int, tmp_path: Path) -> None:
    """Tables in another order of rows make the same problem with the same digest."""
    files = {k: shuffled(v, seed) if k.endswith(".csv") else v for k, v in GOOD.items()}
    assert files != GOOD
    assert same(files, tmp_path)


def test_byte_order_marks_and_windows_lines_mean_nothing(tmp_path: Path) -> None:
    """A BOM and CRLF, as spreadsheets write them, read as if they were not there."""
    assert same({k: "\ufeff" + v.replace("\n", "\r\n") for k, v in GOOD.items()}, tmp_path)


def test_blank_lines_blanks_and_quotes_mean_nothing(tmp_path: Path) -> None:
    """Blank lines, blanks around cells and needless quotes are passed over."""
    files = {**GOOD, "stock.csv": '\nmineral, site ,tonnes\n\n"tin", north,3.0\n,,\ncobalt,south,1e0\n'}
    assert same(files, tmp_path)


def test_rows_are_counted_as_a_spreadsheet_does(tmp_path: Path) -> None:
    """Blank lines count, and a cell with a line break in it is one row."""
    files = {**GOOD, "stock.csv": 'mineral,site,tonnes\n\ntin,"north\n",3\ncobalt,south,-1\n'}
    assert [f.row for f in inspect(write(tmp_path / "broken", files))[1]] == [4]


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """A README, expected.json, a folder and hidden files are no tables."""
    files = {**GOOD, "README.md": "# good", "expected.json": "{}", ".hidden.csv": "x"}
    assert same(files, tmp_path)


def test_a_document_is_held_to_the_same_checks(tmp_path: Path) -> None:
    """The book of a document, as it comes over HTTP or from a change, has the faults that the files would have."""
    document = read(write(tmp_path / "good")).document
    assert faults(Book.of(document)) == []
    assert problem_of(Book.of(document).document()) == read(tmp_path / "good")
    offers = tuple(o.model_copy(update={"house": "traxis"}) if o.offer == "tin-2" else o for o in document.offers)
    found = faults(Book.of(document.model_copy(update={"offers": offers})))
    assert [str(f) for f in found] == ['offers.csv:3 house: "traxis" is not in houses.csv; did you mean "traxys"?']
