"""Tickets alone made a whole plan: goods put into stores, withdrawals served and money drawn as the rule of thumb does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from orebook.accounting.exact_problem import ExactProblem
from orebook.decisions import Decisions
from orebook.exact import Fraction
from orebook.rule_of_thumb.order_book import OrderBook
from orebook.rule_of_thumb.quotas import Planned

Tickets = Mapping[tuple[str, int], Fraction]
"""(offer, week) -> tonnes, of offers that there are in weeks of the plan."""


def placed_by_hand(case: ExactProblem, tickets: Tickets) -> Decisions:
    """The decisions of these tickets, whatever the rules say of them."""
    book = OrderBook(case, Planned(defaultdict(float), 0.0))
    for (name, week), tonnes in tickets.items():
        book.place(case.problem.terms(week).offers[name], week, tonnes)
    return book.decisions()
