"""Folder to workbook to folder and back: nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

import orebook
from orebook.errors import WriteError
from orebook.schema.document import SCHEMA, Document
from tests.broken.good import GOOD, write
from tests.builders import make_document
from tests.drawn import documents
from tests.workbook.odd import ODD_NAMES, odd_documents
from tests.workbook.there_and_back import nothing_is_lost, there_and_back

INSTANCES = Path(__file__).parents[2] / "instances"


@settings(max_examples=10)
@given(documents(members=True, leaving=True))
def test_a_drawn_instance_is_the_same(document: Document) -> None:
    """Every table, also one that is there without rows, comes back as it was; `make prove` draws more."""
    nothing_is_lost(document)


@settings(max_examples=12)
@given(odd_documents())
def test_an_odd_instance_is_the_same(document: Document) -> None:
    """Names that look like numbers, dates or formulas, numbers of 17 digits, early dates and empty tables come back."""
    nothing_is_lost(document)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_every_odd_name_comes_back(name: str) -> None:
    """A house of that name."""
    nothing_is_lost(
        make_document(
            houses=[{"house": name}],
            offers=[{"offer": name, "house": name, "mineral": "tin"}],
        )
    )


def test_a_missing_table_is_not_an_empty_one() -> None:
    """Without sites there is one store; with a sheet of sites that has no rows there is none."""
    nothing_is_lost(make_document())
    nothing_is_lost(make_document(sites=[]))
    assert there_and_back(make_document())[0].sites is None
    assert there_and_back(make_document(sites=[]))[0].sites == ()


@pytest.mark.parametrize("folder", ["vault", "vault-small", "teaching/tiers-all-units", "published/cap41"])
def test_a_shipped_instance_is_the_same(folder: str) -> None:
    """The vault and others, by everything that they say."""
    nothing_is_lost(orebook.read(INSTANCES / folder).document)


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
