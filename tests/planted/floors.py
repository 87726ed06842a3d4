"""Faults in floors as they are agreed: who pays what lies under them, and who has a part of what lies above."""

from __future__ import annotations

from tests.planted.mutant import Mutant

PRICES, RULES = "accounting/exact_prices.py", "explanations/engine"
AGREED = "judge/test_prices.py::test_floors_as_they_are_agreed"
TOLD = "report/test_agreed_floors.py"
PAYS = f"{TOLD}::test_a_plan_has_what_each_pays"

MUTANTS = [
    Mutant(
        "another's difference charged to the reserve", PRICES, "return ZERO, lacking", "return lacking, ZERO", (AGREED,)
    ),
    Mutant(
        "a share of the whole price, not of what is above the floor",
        PRICES,
        "max(ZERO, price - exact(floor.floor_usd_per_t))",
        "max(ZERO, price)",
        (AGREED,),
    ),
    Mutant(
        "a share of what is above charged, not given",
        PRICES,
        "return lacking - exact",
        "return lacking + exact",
        (AGREED,),
    ),
    Mutant("a levy that is left out of what lands", PRICES, "freight + top_up + levy,", "freight + top_up,", (AGREED,)),
    Mutant(
        "of equal floors the one that is farthest",
        PRICES,
        "near[f.origin])",
        "-near[f.origin])",
        ("judge/test_prices.py::test_of_equal_floors_the_nearer_one_decides",),
    ),
    Mutant(
        "a levy before a difference that is as high",
        PRICES,
        '("levy", "cfd", "minimum", "reject")',
        '("cfd", "levy", "minimum", "reject")',
        ("judge/test_prices.py::test_of_equal_floors_the_nearer_one_decides",),
    ),
    Mutant(
        "a top-up told as the levy",
        "accounting/cash.py",
        '"levy_usd": sum((o.levy for o in orders), ZERO)',
        '"levy_usd": sum((o.top_up for o in orders), ZERO)',
        (PAYS,),
    ),
    Mutant(
        "digests that hang on who pays where nobody says so",
        "schema/document.py",
        '("floors", "payer"),',
        "",
        (f"{TOLD}::test_without_the_new_columns_all_is_as_it_was",),
    ),
    Mutant(
        "a levy under which no lower quote helps",
        "explanations/subproblem/quote.py",
        'floor.mechanism in ("minimum", "reject")',
        'floor.mechanism != "cfd"',
        (f"{TOLD}::test_a_lower_quote_always_helps_under_a_levy",),
    ),
    Mutant(
        "a floor that another pays, taken for one that costs something",
        f"{RULES}/shortage_causes.py",
        'any(floor.payer == "reserve" for floor in floors)',
        "floors",
        (f"{TOLD}::test_a_floor_that_another_pays_keeps_nobody_short",),
    ),
    Mutant(
        "money that comes back told as paid",
        "explanations/words/rule.py",
        'return f"the plan gets {f.usd(-usd)} by it"',
        'return f"the plan pays {f.usd(-usd)} for it"',
        (f"{TOLD}::test_words_say_who_gets_what",),
    ),
    Mutant(
        "a share of prices that is not withheld",
        "report/redaction.py",
        "|upside_pct",
        "",
        (f"{TOLD}::test_a_share_of_prices_is_withheld_with_prices",),
    ),
    Mutant(
        "a share of a difference that another pays, let through",
        "checks/floors.py",
        '(floor.mechanism, floor.payer) != ("cfd", "reserve")',
        'floor.mechanism != "cfd"',
        (f"{TOLD}::test_a_change_says_who_pays",),
    ),
    Mutant(
        "floors of orders before the news taken from after it",
        "formulation/prices.py",
        "terms = self._problem.terms(week)",
        "terms = self._problem",
        ("test_world.py::test_a_floor_belongs_to_the_week_of_the_order",),
    ),
]
