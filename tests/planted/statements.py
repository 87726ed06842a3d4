"""Faults in what members are handed."""

from __future__ import annotations

from tests.planted.mutant import Mutant

COUNTED, TOLD, CENTS = "accounting/statement.py", "report/member/statement.py", "report/cents.py"
BY_HAND = "report/test_statement.py::"
TONNES = (f"{BY_HAND}test_tonnes_by_hand",)
COSTS = f"{BY_HAND}test_parts_of_the_costs_by_hand"

MUTANTS = [
    Mutant(
        "an entitlement that loans use up for good",
        COUNTED,
        "for j, served in own if j.is_out(last)",
        "for j, served in own",
        TONNES,
    ),
    Mutant(
        "a loan back after the plan that no longer counts",
        COUNTED,
        "if j.is_out(last)",
        "if j.repay_week is None",
        TONNES,
    ),
    Mutant(
        "what others owe told as a member's",
        COUNTED,
        "[r for r in listed if r.member == member.name]",
        "listed",
        (*TONNES, f"{BY_HAND}test_a_member_sees_nothing_of_another_in_any_form"),
    ),
    Mutant(
        "what is left at the market of week 1",
        COUNTED,
        "problem.benchmark[mineral, last]",
        "problem.benchmark[mineral, 1]",
        (f"{BY_HAND}test_what_is_left_at_inventory_price_and_at_the_market_by_hand",),
    ),
    Mutant("costs of members rounded each for itself", CENTS, "most_cut_off[:missing]", "most_cut_off[:0]", (COSTS,)),
    Mutant(
        "the missing cent for the last",
        CENTS,
        "key=lambda n: (cents[n] - amounts[n] * 100, n)",
        "key=lambda n: (cents[n] - amounts[n] * 100, -n)",
        (f"{BY_HAND}test_of_equal_remainders_the_first_gets_the_cent",),
    ),
    Mutant(
        "a statement with every member in it",
        TOLD,
        "tuple(m for m in found if member in (None, m.member))",
        "found",
        (f"{BY_HAND}test_a_member_sees_nothing_of_another_in_any_form",),
    ),
    Mutant(
        "a statement that names the instance",
        TOLD,
        "instance=problem.digest[:12]",
        "instance=problem.name",
        (f"{BY_HAND}test_the_statement_itself_holds_nothing_of_another",),
    ),
]
