"""A plan judged: from the problem and what the plan decides, without anything that built or solved a model."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

from orebook.accounting import plan_rows, served
from orebook.accounting.exact_problem import exact_problem_of
from orebook.accounting.ledger import ledger_of
from orebook.accounting.objectives import measures
from orebook.accounting.priced_orders import price_order
from orebook.accounting.weeks import CashWeek
from orebook.decisions import Decisions
from orebook.judge.judgement import Judgement
from orebook.judge.rules import breaches
from orebook.judge.unknown_names import sift
from orebook.problem import Problem
from orebook.schema.model import Model


class Judge:
    """Judges plans of one problem under one model; what they share is worked out once."""

    def __init__(self, problem: Problem, model: Model) -> None:
        self._case = exact_problem_of(problem, model)
        self._price = lru_cache(maxsize=1 << 14)(partial(price_order, self._case))

    def judge(self, decisions: Decisions) -> Judgement:
        """Everything that follows from the decisions, exactly; unknown names are breaches, never errors."""
        known, unknown = sift(self._case.problem, decisions)
        ledger = ledger_of(self._case, self._price, known)
        return Judgement(
            breaches=(*unknown, *breaches(ledger)),
            tickets=tuple(plan_rows.ticket(ledger, order) for order in ledger.orders),
            on_order_usd=tuple(order.on_order for order in ledger.orders),
            puts=plan_rows.puts(ledger),
            outs=plan_rows.outs(ledger),
            draws=plan_rows.draws(ledger),
            receipts=plan_rows.receipts(ledger),
            repays=plan_rows.repays(ledger),
            idle=plan_rows.idle(ledger),
            withdrawals=served.withdrawals(ledger),
            returns=served.returns(ledger),
            sales=plan_rows.sales(ledger),
            conversions=plan_rows.conversions(ledger),
            waste=plan_rows.waste(ledger),
            cover=tuple(plan_rows.cover(reached) for reached in ledger.cover),
            engaged=ledger.engaged,
            costs=plan_rows.costs(ledger),
            exact_costs=ledger.costs,
            cash=ledger.cash,
            stores=ledger.stores,
            stock=ledger.flow.stock,
            unmet=ledger.flow.unmet,
            measures=measures(ledger),
        )

    def cash(self, decisions: Decisions) -> tuple[CashWeek, ...]:
        """What is paid and comes in each week, before anything is drawn or paid back."""
        known, _unknown = sift(self._case.problem, replace(decisions, draws=(), repays=()))
        return ledger_of(self._case, self._price, known).cash


def judge(problem: Problem, decisions: Decisions, model: Model) -> Judgement:
    """One plan judged. Where many plans of one problem are, keep a `Judge`."""
    return Judge(problem, model).judge(decisions)
