"""A plan of two loans, worked out by hand, in which each lender's name and figures can be told from everything else.

Tin at 100 USD/t, 120 in week 3: 4 t in store, 10 t bought in week 1 and 5 t in week 2, 4 t withdrawn in week 2, which pay
50 USD/t. Gallium at 1000 USD/t: 0.5 t in store. Stock at the market: 1400 + 500, 1500 + 500, 1800 + 500 USD.

exim has lent 1000 of 5000 before; 600 are drawn in week 1, and the 200 that come in go back to it in week 2: balances of 1600,
1400, 1400. At 52 % a year that is 16 + 14 + 14 of interest; 5.2 % on what is not drawn up to week 2 are 3.40 + 3.60, 1 % on
the draw 6.
harbour lends 400 and 500 of 3333.33: balances of 400, 900, 900. At 26 % that is 2 + 4.50 + 4.50; 10.4 % on what is not drawn
are 5.86666 + 4.86666 + 4.86666, 2 % on draws 8 + 10.
"""

from __future__ import annotations

from datetime import date

from tests.builders import make_problem
from tests.judge.cases import WEEKLY, decide

from orebook.judge import judge
from orebook.plan import Plan
from orebook.problem import Problem


def lent_problem() -> Problem:
    """The instance; its names and its title say who else is in it."""
    return make_problem(
        {"name": "harbour-case", "title": "Tin of Traxys, paid by Harbour", "weeks": 3, "start": date(2026, 2, 9)},
        minerals=[
            {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100},
            {"mineral": "gallium", "price_usd_per_t": 1000},
        ],
        prices=[{"mineral": "tin", "week": 3, "price_usd_per_t": 120}],
        offers=[{"offer": "secret-offer", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 20}],
        sites=[{"site": "quiet-cave"}],
        stock=[
            {"mineral": "tin", "site": "quiet-cave", "tonnes": 4},
            {"mineral": "gallium", "site": "quiet-cave", "tonnes": 0.5},
        ],
        withdrawals=[
            {
                "withdrawal": "hush",
                "member": "boeing",
                "mineral": "tin",
                "week": 2,
                "tonnes": 4,
                "pays_usd_per_t": 50,
            }
        ],
        funding=[
            {
                "source": "exim",
                "limit_usd": 5000,
                "rate_pct": 52,
                "drawn_usd": 1000,
                "to_week": 2,
                "undrawn_pct": 5.2,
                "draw_fee_pct": 1,
            },
            {"source": "harbour", "limit_usd": 3333.33, "rate_pct": 26, "undrawn_pct": 10.4, "draw_fee_pct": 2},
        ],
    )


def lent_plan() -> Plan:
    """The plan, which keeps every rule."""
    problem = lent_problem()
    decided = decide(
        [("secret-offer", 1, 10), ("secret-offer", 2, 5)],
        [("tin", "quiet-cave", 1, 10), ("tin", "quiet-cave", 2, 5)],
        [("hush", "quiet-cave", 4)],
        [("exim", 1, 600), ("harbour", 1, 400), ("harbour", 2, 500)],
        [("exim", 2, 200)],
    )
    judgement = judge(problem, decided, WEEKLY)
    assert judgement.breaches == ()
    plan = Plan.assemble(problem, WEEKLY, judgement, status="feasible", stages=(), given_up=(), repeatable=True)
    stamp = plan.document.instance.model_copy(update={"changes": ("funding.harbour.rate_pct=26",)})
    return Plan(plan.document.model_copy(update={"instance": stamp}), problem, WEEKLY, judgement)
