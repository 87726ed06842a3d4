"""The drawn problems are what those who use them count on."""

from __future__ import annotations

from functools import cache
from math import prod

import pytest
from hypothesis import Phase, given, settings

from orebook.checks import faults
from orebook.problem import Offer
from orebook.reading.book import Book
from orebook.resolve import problem_of
from orebook.schema.document import TABLES, Document
from tests.drawn import documents
from tests.drawn_rows import MOST_COMBINATIONS

LOOK = settings(max_examples=60)


@pytest.mark.parametrize("lots_only", [False, True])
def test_a_drawn_document_reads_without_a_fault(lots_only: bool) -> None:
    """No check finds a fault in a drawn document."""

    @LOOK
    @given(documents(lots_only=lots_only))
    def check(document: Document) -> None:
        assert faults(Book.of(document)) == []

    check()


@LOOK
@given(documents(lots_only=True))
def test_lots_are_few_and_whole(document: Document) -> None:
    """Under lots_only all tables of orders can be tried, and every lot is whole tonnes."""
    problem = problem_of(document)

    def combinations(offer: Offer) -> int:
        assert offer.lot_t is not None
        assert offer.max_week_t is not None
        assert offer.lot_t.is_integer()
        lots = int(offer.max_week_t / offer.lot_t)
        return int((1 + lots) ** (offer.to_week - offer.from_week + 1))

    assert prod(map(combinations, problem.offers.values())) <= MOST_COMBINATIONS


@cache
def _first(lots_only: bool) -> list[Document]:
    """A hundred draws, always the same."""
    found = list[Document]()

    @settings(max_examples=200, phases=[Phase.generate])
    @given(documents(lots_only=lots_only, members=True, leaving=True))
    def collect(document: Document) -> None:
        found.append(document)

    collect()
    return found


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("lots_only", [False, True])
def test_every_table_is_drawn(table: str, lots_only: bool) -> None:
    """Each table has rows in some of the first draws."""
    assert any(document.rows(table) for document in _first(lots_only))
