"""Small problems written as tables of dicts; only what a test is about needs to be said."""

from __future__ import annotations

from typing import Any

from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.document import Document

Rows = list[dict[str, Any]]


def make_document(head: dict[str, Any] | None = None, **tables: Rows) -> Document:
    """A document with one mineral, one house and one offer, unless the test says otherwise.

    The default: `tin`, 1 t of use a day at 100 USD/t, target 10 days; house `traxys` offers it as `a` in 1 t lots,
    at most 20 t a week, at the benchmark; 2 weeks.
    """
    content: dict[str, Any] = {
        "instance": {"name": "case", "weeks": 2, "target_days": 10, **(head or {})},
        "minerals": [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100}],
        "houses": [{"house": "traxys"}],
        "offers": [{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 20}],
        **tables,
    }
    return Document.model_validate(content)


def make_problem(head: dict[str, Any] | None = None, **tables: Rows) -> Problem:
    """The problem of `make_document(head, **tables)`."""
    return problem_of(make_document(head, **tables))
