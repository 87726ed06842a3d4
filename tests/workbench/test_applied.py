"""What was typed into grids, made to the instance."""

from __future__ import annotations

from typing import Any

import pytest

from orebook.service.web.problem_details import ProblemError
from orebook.workbench.grids.apply_draft import applied
from orebook.workbench.grids.draft import Draft
from orebook.workbench.grids.sliders import said
from tests.builders import make_document

DOCUMENT = make_document(
    {"name": "case", "weeks": 4, "target_days": 10, "budget_usd": 1000},
    prices=[{"mineral": "tin", "week": 2, "price_usd_per_t": 110}],
)


def _tables(**draft: Any) -> dict[str, Any]:
    return dict(applied(DOCUMENT, Draft.model_validate({"version": 1, **draft})).edit("").tables)


def _price(column: str, text: str) -> dict[str, Any]:
    return {"grid": "prices", "key": ["tin"], "column": column, "text": text}


def test_a_price_of_a_week_is_a_row_of_prices() -> None:
    """A cell typed in week 3 is a new row, one emptied in week 2 takes its row out, and the benchmark is the mineral's."""
    tables = _tables(cells=[_price("w3", "120"), _price("w2", ""), _price("price_usd_per_t", "99")])
    assert tables["prices"] == [{"mineral": "tin", "week": 3, "price_usd_per_t": "120"}]
    assert [row["price_usd_per_t"] for row in tables["minerals"]] == ["99"]


def test_rows_come_and_go() -> None:
    """A row added stands after the others, one taken out is gone, and other tables are left alone."""
    tables = _tables(
        added=[{"grid": "houses", "key": ["new 1"], "cells": {"house": "two", "commission_pct": ""}}],
        removed=[{"grid": "houses", "key": [DOCUMENT.houses[0].house]}],
    )
    assert tables == {"houses": [{"house": "two"}]}


def test_sliders_move_the_budget_the_targets_and_the_floors() -> None:
    """10 % more of a budget of 1 000 USD is 1 100; the words say both."""
    draft = Draft.model_validate({"version": 1, "levers": {"budget": 10}})
    assert applied(DOCUMENT, draft).edit("").instance == {"budget_usd": 1100}
    assert said(DOCUMENT, draft.levers)["budget"] == "budget USD 1,000 becomes USD 1,100"
    assert said(DOCUMENT, draft.levers)["floor"] == "none in this instance"


def test_a_row_that_another_took_out_is_named() -> None:
    """A cell of a row that is not there is refused, not written elsewhere."""
    with pytest.raises(ProblemError) as refused:
        _tables(cells=[{"grid": "houses", "key": ["gone"], "column": "commission_pct", "text": "1"}])
    assert 'has no row "gone"' in refused.value.problem.detail
