"""A plan of a reserve of three members, worked out by hand, in which each one's name and figures can be told from the others'.

Tin at 100 USD/t, 120 in week 3, 0.2 m3 a tonne; gallium at 1000 USD/t, 0.5 m3. In the cave 40 t of tin and 5 t of gallium.
acme takes 4.125 t of tin in week 1, borrows 6.135 t until week 3 at 10 % (6.7485 t come back) and 3.375 t in week 2 until
week 5 at 5 % (3.54375 t are owed); borealis buys 2.235 t in week 2, and brings 1.257 t back from before the plan; cygnus
takes 1.515 t of gallium in week 1, and owes 0.333 t from before the plan in week 7.

In store at the end of the weeks: 29.74, 25.387 and 32.1355 t of tin, 3.485 t of gallium: 7.6905, 6.8199, 8.1696 m3. At 0.07
USD that is 1.5876 of rent; 0.5 USD/t on what comes back of the plan's loans are 3.37425 of handling. 1000.10 USD are lent at
52 %: 30.003 of interest; 5.2 % of 16.67 USD that are not drawn, 0.05001 of fees.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.builders import Rows, make_problem
from tests.judge.cases import WEEKLY, decide

from orebook.judge import judge
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.model import Model

MEMBERS: Rows = [
    {"member": "acme", "fee_usd_per_year": 523, "carry_share": 0.5},
    {"member": "borealis", "fee_usd_per_year": 100, "carry_share": 0.3},
    {"member": "cygnus", "fee_usd_per_year": 101},
]
ENTITLEMENTS: Rows = [
    {"member": "acme", "mineral": "tin", "tonnes": 20.75, "inventory_usd_per_t": 91.3},
    {"member": "acme", "mineral": "gallium", "tonnes": 2.345},
    {"member": "borealis", "mineral": "tin", "tonnes": 10.625, "inventory_usd_per_t": 95.55},
    {"member": "cygnus", "mineral": "gallium", "inventory_usd_per_t": 812.4},
    {"member": "cygnus", "mineral": "tin", "tonnes": 3.875, "inventory_usd_per_t": 93.15},
]
USE: Rows = [
    {"member": "acme", "mineral": "tin", "daily_use_t": 2.15},
    {"member": "borealis", "mineral": "tin", "daily_use_t": 1.23},
    {"member": "cygnus", "mineral": "gallium", "daily_use_t": 0.61},
]
OWED: Rows = [
    {"member": "borealis", "mineral": "tin", "week": 2, "tonnes": 1.257},
    {"member": "cygnus", "mineral": "gallium", "week": 7, "tonnes": 0.333},
]


def membered_problem(**tables: Rows | None) -> Problem:
    """The instance, with these tables in the place of its own; None: without."""
    there: dict[str, Any] = {
        "minerals": [
            {"mineral": "tin", "price_usd_per_t": 100, "m3_per_t": 0.2},
            {"mineral": "gallium", "price_usd_per_t": 1000, "m3_per_t": 0.5},
        ],
        "prices": [{"mineral": "tin", "week": 3, "price_usd_per_t": 120}],
        "offers": [{"offer": "secret-offer", "house": "traxys", "mineral": "tin"}],
        "sites": [{"site": "quiet-cave", "rent_usd_per_m3_week": 0.07, "handling_usd_per_t": 0.5}],
        "stock": [
            {"mineral": "tin", "site": "quiet-cave", "tonnes": 40},
            {"mineral": "gallium", "site": "quiet-cave", "tonnes": 5},
        ],
        "withdrawals": [
            {"withdrawal": "hush-1", "member": "acme", "mineral": "tin", "week": 1, "tonnes": 4.125},
            {
                "withdrawal": "hush-2",
                "member": "acme",
                "mineral": "tin",
                "week": 1,
                "tonnes": 6.135,
                "kind": "loan",
                "repay_week": 3,
                "premium_pct": 10,
            },
            {
                "withdrawal": "hush-3",
                "member": "acme",
                "mineral": "tin",
                "week": 2,
                "tonnes": 3.375,
                "kind": "loan",
                "repay_week": 5,
                "premium_pct": 5,
            },
            {
                "withdrawal": "still-1",
                "member": "borealis",
                "mineral": "tin",
                "week": 2,
                "tonnes": 2.235,
                "kind": "sale",
            },
            {"withdrawal": "mute-1", "member": "cygnus", "mineral": "gallium", "week": 1, "tonnes": 1.515},
        ],
        "funding": [{"source": "exim", "limit_usd": 1016.77, "rate_pct": 52, "drawn_usd": 1000.1, "undrawn_pct": 5.2}],
        "members": MEMBERS,
        "entitlements": ENTITLEMENTS,
        "use": USE,
        "owed": OWED,
        **tables,
    }
    head = {"name": "cave-case", "title": "Tin of Traxys in the quiet cave", "weeks": 3, "start": date(2026, 2, 9)}
    return make_problem(head, **{name: rows for name, rows in there.items() if rows is not None})


def membered_plan(problem: Problem | None = None, model: Model = WEEKLY) -> Plan:
    """The plan, which serves every withdrawal in full, and keeps every rule."""
    problem = problem or membered_problem()
    decided = decide(
        [],
        [("tin", "quiet-cave", 3, "6.7485")],
        [(j.name, "quiet-cave", str(j.tonnes)) for j in problem.withdrawals.values()],
    )
    judgement = judge(problem, decided, model)
    assert judgement.breaches == ()
    return Plan.assemble(problem, model, judgement, status="feasible", stages=(), given_up=(), repeatable=True)
