"""Faults in what members may draw, bring back and are left short of."""

from __future__ import annotations

from tests.planted.mutant import Mutant

ROWS, BACK, KEPT = "accounting/entitlement_rows.py", "accounting/returns.py", "accounting/served.py"
RATION, ROUNDED = "solver/run/rationing.py", "rounding/puts_and_outs.py"
TESTS, SOLVED = "judge/rules/test_entitlement.py", "solver/test_members.py"
BY_HAND = f"{TESTS}::test_the_contracts_case_by_hand"

MUTANTS = [
    Mutant(
        "a loan that is back counts on",
        "problem.py",
        "(self.repay_week is None or week < self.repay_week)",
        "(self.repay_week is None or week > 0)",
        (BY_HAND,),
    ),
    Mutant(
        "what is drawn in other weeks counts in a week's limit",
        ROWS,
        "[j for j in listed if j.week == week]",
        "[j for j in listed if j.week <= week]",
        (BY_HAND,),
    ),
    Mutant(
        "what comes back rounded up",
        BACK,
        "return gram_below(",
        "return GRAM + gram_below(",
        (f"{TESTS}::test_what_comes_back_is_put_away_in_whole_grams",),
    ),
    Mutant(
        "a premium that is not brought back",
        BACK,
        "gram_below((1 + exact(withdrawal.premium_pct) / 100) * served)",
        "gram_below(served)",
        (f"{TESTS}::test_what_comes_back_is_put_away_in_whole_grams",),
    ),
    Mutant(
        "stock said to keep what cover that must be there keeps",
        KEPT,
        'if model.on("must") and _tight(_over_must(ledger, j)):',
        'if model.on("frozen") and _tight(_held(ledger, j)):',
        (f"{TESTS}::test_what_keeps_a_withdrawal_short",),
    ),
    Mutant(
        "the largest part alone is settled",
        RATION,
        "while free:",
        "while free and not held:",
        (f"{SOLVED}::test_who_cannot_be_worse_off_is_not_left_where_the_worst_is",),
    ),
    Mutant(
        "what loans bring back not put away",
        ROUNDED,
        "a.arrives == week), back.get(week, ZERO))",
        "a.arrives == week), ZERO)",
        (f"{SOLVED}::test_a_loan_that_comes_back_and_one_that_is_owed",),
    ),
]
