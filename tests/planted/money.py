"""Faults in money that comes in, is paid back and lies idle."""

from __future__ import annotations

from tests.planted.mutant import Mutant

CASH, LENT = "accounting/cash.py", "accounting/lending.py"
ROUNDED, THUMB = "rounding/money.py", "rule_of_thumb/free_money.py"
LENDING, LENDER = "judge/rules/test_lending.py", "report/test_lender.py"
BY_HAND = f"{LENDING}::test_a_source_charges_for_what_is_not_drawn_and_for_draws"
SPENT = f"{LENDING}::test_what_comes_in_pays_before_anything_is_drawn_or_lies_idle"
POINT = "test_rounding_money.py::"
WEEK = "rolling/test_next_week.py::test_money_of_a_week_by_hand"

MUTANTS = [
    Mutant(
        "a balance that never falls",
        LENT,
        "balance += week.draws_usd[source.name] - week.repays_usd[source.name]",
        "balance += week.draws_usd[source.name]",
        (BY_HAND,),
    ),
    Mutant(
        "what is not drawn charged for after the last week of draws",
        LENT,
        "ZERO if row.ended(week.week) else limit - balance",
        "limit - balance",
        (BY_HAND,),
    ),
    Mutant(
        "what is left idle counted again each week",
        CASH,
        "idle = max(ZERO, idle + come.get(week, ZERO) - spent)",
        "idle = max(ZERO, idle + come.get(week, ZERO) - min(spent, come.get(week, ZERO)))",
        (SPENT,),
    ),
    Mutant(
        "what comes in not taken off the cost",
        CASH,
        '"total_usd": costs["cash_usd"] - costs["receipts_usd"] + carrying',
        '"total_usd": costs["cash_usd"] + carrying',
        (BY_HAND,),
    ),
    Mutant(
        "what comes later pays for what was before",
        "judge/rules/budget.py",
        "zip(ledger.cash[:-1], stands, strict=False) if problem.money_returns_from else ()",
        "()",
        (f"{LENDING}::test_a_budget_holds_in_every_week_and_is_of_what_is_paid_beyond_what_came_in",),
    ),
    Mutant(
        "cents of a week rounded for themselves",
        "report/cents.py",
        "yield to_cent(total) - told",
        "yield to_cent(usd)",
        (f"{LENDER}::test_parts_of_a_cent_are_carried_so_that_weeks_add_up",),
    ),
    Mutant(
        "a lender's cover at prices of week 1",
        "report/stock_worth.py",
        "plan.problem.benchmark[mineral, week]",
        "plan.problem.benchmark[mineral, 1]",
        (f"{LENDER}::test_the_loan_by_week_by_hand",),
    ),
    Mutant(
        "a lender's page that names the instance",
        "report/lender/loan.py",
        "instance=problem.digest[:12]",
        "instance=problem.name",
        (f"{LENDER}::test_the_loan_itself_holds_nothing_of_another",),
    ),
    Mutant(
        "draws to pay back",
        "judge/rules/funding.py",
        "if by := beyond_cent(drawn - cash, cash):",
        "if by := beyond_cent(drawn - cash - repaid, cash):",
        (f"{LENDING}::test_nothing_is_drawn_ahead_or_to_pay_back",),
    ),
    Mutant(
        "a source that lends and takes back in a week",
        ROUNDED,
        "both = min(draws[f], repays[f])",
        "both = ZERO",
        (f"{POINT}test_a_source_does_not_lend_and_take_back_in_a_week",),
    ),
    Mutant(
        "a part of a cent that is never paid back",
        ROUNDED,
        "if abs(most[f] - usd) < CENT and usd > 0 else usd",
        "if False else usd",
        (f"{POINT}test_all_of_a_loan_is_paid_back_to_the_last_part_of_a_cent",),
    ),
    Mutant(
        "the cheapest source paid back first",
        THUMB,
        "for s in reversed(order):",
        "for s in order:",
        ("rule_of_thumb/test_ends.py::test_what_comes_in_pays_first_and_then_goes_back_to_the_dearest",),
    ),
    Mutant(
        "receipts that shares leave no draws for",
        THUMB,
        "if any(week.missing > HALF_A_CENT for week in found):",
        "if False:",
        ("rule_of_thumb/test_ends.py::test_what_comes_in_lies_idle_where_shares_need_the_draws",),
    ),
    Mutant(
        "what is paid back stays drawn a week later",
        "rolling/next_week.py",
        "week.draws_usd[row.source] - week.repays_usd[row.source]",
        "week.draws_usd[row.source]",
        (WEEK,),
    ),
    Mutant(
        "what lies idle is lost a week later",
        "rolling/next_week.py",
        "    if left > 0:\n",
        "    if left < 0:\n",
        (WEEK,),
    ),
    Mutant(
        "orders no larger than the budget alone",
        "formulation/bounds.py",
        "purses += [None if usd is None else usd + self._receipts_usd for usd in shared]",
        "purses += shared",
        ("solver/test_money_returns.py::test_an_order_may_be_as_large_as_what_comes_in_allows",),
    ),
    Mutant(
        "a house engaged so that a source lends more",
        "formulation/order_rows.py",
        "if paid_back(orders.every) or _early_draws_help(problem) else",
        "if paid_back(orders.every) else",
        ("solver/test_money_returns.py::test_no_house_is_engaged_so_that_a_source_lends_more",),
    ),
]
