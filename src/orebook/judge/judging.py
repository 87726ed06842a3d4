"""A plan judged: from the problem and what the plan decides, without anything that built or solved a model."""

from __future__ import annotations

from functools import lru_cache, partial

from orebook.decisions import Decisions
from orebook.exact import Fraction
from orebook.judge import outward
from orebook.judge.case import case_of
from orebook.judge.judgement import Judgement
from orebook.judge.ledger import ledger_of
from orebook.judge.measures import measures
from orebook.judge.money import cash_weeks
from orebook.judge.orders import price_order
from orebook.judge.rules import breaches
from orebook.judge.strays import sift
from orebook.problem import Problem
from orebook.schema.model import Model


class Judge:
    """Judges plans of one problem under one model; what they share is worked out once."""

    def __init__(self, problem: Problem, model: Model) -> None:
        self._case = case_of(problem, model)
        self._price = lru_cache(maxsize=1 << 14)(partial(price_order, self._case))

    def judge(self, decisions: Decisions) -> Judgement:
        """Everything that follows from the decisions, exactly; unknown names are breaches, never errors."""
        ledger = ledger_of(self._case, self._price, decisions)
        return Judgement(
            breaches=tuple(breaches(ledger)),
            tickets=tuple(outward.ticket(order) for order in ledger.orders),
            puts=outward.puts(ledger),
            outs=outward.outs(ledger),
            draws=outward.draws(ledger),
            cover=tuple(outward.cover(reached) for reached in ledger.cover),
            engaged=ledger.engaged,
            costs=outward.costs(ledger),
            exact_costs=ledger.costs,
            cash=ledger.cash,
            stores=ledger.stores,
            stock=ledger.flow.stock,
            unmet=ledger.flow.unmet,
            measures=measures(ledger),
        )

    def cash(self, decisions: Decisions) -> dict[int, Fraction]:
        """USD to be paid in each week, whatever is drawn for it."""
        known, _strays = sift(self._case.problem, decisions)
        return {c.week: c.cash_usd for c in cash_weeks(self._case, tuple(map(self._price, known.orders)), {})}


def judge(problem: Problem, decisions: Decisions, model: Model) -> Judgement:
    """One plan judged. Where many plans of one problem are, keep a `Judge`."""
    return Judge(problem, model).judge(decisions)
