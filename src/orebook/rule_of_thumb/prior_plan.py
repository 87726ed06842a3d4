"""The prior plan placed today: its tickets as decisions of this instance, whatever the rules now say."""

from __future__ import annotations

from collections import defaultdict

from orebook.accounting.exact_problem import ExactProblem
from orebook.decisions import Decisions
from orebook.exact import exact
from orebook.rule_of_thumb.order_book import OrderBook
from orebook.rule_of_thumb.quotas import Planned


def prior_today(case: ExactProblem) -> tuple[Decisions, int]:
    """The decisions, and how many tickets are left out: of offers that are gone, or after the last week."""
    problem, book = case.problem, OrderBook(case, Planned(defaultdict(float), 0.0))
    there = {
        key: t for key, t in problem.prior.items() if key[1] <= problem.weeks and key[0] in problem.terms(key[1]).offers
    }
    for (name, week), tonnes in there.items():
        book.place(problem.terms(week).offers[name], week, exact(tonnes))
    return book.decisions(), len(problem.prior) - len(there)
