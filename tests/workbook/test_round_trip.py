"""Folder to workbook to folder and back: nothing is lost."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

import orebook
from orebook.errors import WriteError
from orebook.reading.source import book_of
from orebook.schema.document import SCHEMA, Document, digest
from tests.broken.good import GOOD, write
from tests.builders import make_document
from tests.drawn import documents
from tests.workbook.odd import ODD_NAMES, odd_documents

INSTANCES = Path(__file__).parents[2] / "instances"


def there_and_back(document: Document) -> tuple[Document, Document, bytes, bytes]:
    """The document as a workbook and then a folder say it, with the bytes of the workbooks of both."""
    with TemporaryDirectory() as place:
        first, folder, second = (Path(place) / name for name in ("a.xlsx", "folder", "b.xlsx"))
        orebook.write_workbook(document, first)
        of_workbook = _read(first)
        orebook.write_instance(of_workbook, folder)
        of_folder = _read(folder)
        orebook.write_workbook(of_folder, second)
        return of_workbook, of_folder, first.read_bytes(), second.read_bytes()


def _read(path: Path) -> Document:
    """What the cells say; whether it fits together is not asked."""
    book, found = book_of(path)
    assert found == []
    assert book is not None
    return book.document()


def check(document: Document) -> None:
    """Nothing is lost on the way, by equality, digest and bytes."""
    of_workbook, of_folder, first, second = there_and_back(document)
    assert of_workbook == document
    assert of_folder == document
    assert digest(of_workbook) == digest(of_folder) == digest(document)
    assert first == second


@settings(max_examples=25, deadline=None)
@given(documents())
def test_a_drawn_instance_is_the_same(document: Document) -> None:
    """Every table, also one that is there without rows, comes back as it was."""
    check(document)


@settings(max_examples=35, deadline=None)
@given(odd_documents())
def test_an_odd_instance_is_the_same(document: Document) -> None:
    """Names that look like numbers, dates or formulas, numbers of 17 digits, early dates and empty tables come back."""
    check(document)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_every_odd_name_comes_back(name: str) -> None:
    """A house of that name."""
    check(
        make_document(
            houses=[{"house": name}],
            offers=[{"offer": name, "house": name, "mineral": "tin"}],
        )
    )


def test_a_missing_table_is_not_an_empty_one() -> None:
    """Without sites there is one store; with a sheet of sites that has no rows there is none."""
    check(make_document())
    check(make_document(sites=[]))
    assert there_and_back(make_document())[0].sites is None
    assert there_and_back(make_document(sites=[]))[0].sites == ()


@pytest.mark.parametrize("folder", ["vault", "vault-small", "teaching/tiers-all-units", "published/cap41"])
def test_a_shipped_instance_is_the_same(folder: str) -> None:
    """The vault and others, by everything that they say."""
    check(orebook.read(INSTANCES / folder).document)


def test_the_good_instance_is_the_same_problem(tmp_path: Path) -> None:
    """Read through the front door, from the workbook and from the folder that is made of it."""
    good = orebook.read(write(tmp_path / "good"))
    orebook.write_workbook(good, tmp_path / "good.xlsx")
    orebook.write_instance(orebook.read(tmp_path / "good.xlsx"), tmp_path / "again")
    assert orebook.read(tmp_path / "good.xlsx") == good == orebook.read(tmp_path / "again")
    assert {p.name for p in (tmp_path / "again").iterdir()} == set(GOOD)
    assert SCHEMA == "orebook/instance/1"


@pytest.mark.parametrize("text", ["a\x01b", "a\rb", "a\x7fb", "x005F_", "x" * 32_768])
def test_a_text_that_would_be_lost_is_refused(text: str, tmp_path: Path) -> None:
    """Nothing is written where a cell cannot hold what is in it."""
    document = make_document({"title": text})
    for attempt in (orebook.write_workbook, orebook.write_instance):
        with pytest.raises(WriteError, match=r"^instance\.title: "):
            attempt(document, tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []
