"""A plan small enough to work out by hand, judged; what tests of the plan and of its reports hold on to.

tin: 2 t in store, 6 t bought, 1 t withdrawn: 7 t, 7 of 10 days; 1 day without buying.
gallium: 1 t under way, 3 t bought, 0.5 t a day: 8 of 10 days; 2 days without buying.
Week 1 pays 6 * (100 + 1 commission + 2 freight) + 3 * 1000 + 50 to engage traxys = 3668; week 2 pays 300 due.
"""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from tests.builders import make_problem

from orebook.decisions import Decisions, Draw, Order, Out, Put
from orebook.exact import Fraction
from orebook.judge import judge
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.plan import GivenUp, StageResult

DECISIONS = Decisions(
    orders=(Order("a", 1, Fraction(6)), Order("b", 1, Fraction(3))),
    puts=(Put("gallium", "vault", 2, Fraction(3)), Put("tin", "vault", 1, Fraction(6))),
    outs=(Out("w", "vault", Fraction(1)),),
    draws=(Draw("loan", 1, Fraction(3668)), Draw("private", 2, Fraction(300))),
)
STAGES = (
    StageResult(stage="cover", value=5.5, bound=5.0, gap=0.0909, final=0.0, seconds=0.5),
    StageResult(stage="cost", value=4000.0, bound=4000.0, gap=0.0, final=0.0, seconds=1.5),
)


def weekly() -> Model:
    """The model that ships."""
    text = (Path(__file__).parents[2] / "models" / "weekly.toml").read_text()
    return Model.model_validate(tomllib.loads(text))


def sample_problem(head: dict[str, Any] | None = None, **tables: list[dict[str, Any]]) -> Problem:
    """The instance of the sample, with other tables where a test needs them."""
    minerals = [
        {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "critical_days": 5, "m3_per_t": 0.5},
        {"mineral": "gallium", "daily_use_t": 0.5, "price_usd_per_t": 1000, "critical_days": 2, "m3_per_t": 0.25},
    ]
    offers: list[dict[str, Any]] = [
        {"offer": "a", "house": "traxys", "mineral": "tin", "origin": "chile", "lot_t": 1, "freight_usd_per_t": 2},
        {"offer": "b", "house": "hartree", "mineral": "gallium", "origin": "japan", "lead_weeks": 1},
    ]
    content: dict[str, Any] = {
        "minerals": minerals,
        "offers": offers,
        "houses": [
            {"house": "traxys", "commission_pct": 1, "engage_fee_usd": 50},
            {"house": "hartree", "engaged": True},
        ],
        "origins": [{"origin": "chile", "group": "other"}, {"origin": "japan", "group": "allied"}],
        "sites": [{"site": "vault", "capacity_m3": 10}],
        "stock": [{"mineral": "tin", "site": "vault", "tonnes": 2}],
        "inbound": [{"mineral": "gallium", "site": "vault", "week": 2, "tonnes": 1, "due_usd": 300}],
        "releases": [{"week": 1, "usd": 5000}],
        "funding": [{"source": "loan", "rate_pct": 5.2}, {"source": "private"}],
        "withdrawals": [{"withdrawal": "w", "mineral": "tin", "week": 2, "tonnes": 1}],
        **tables,
    }
    start = {"title": "A sample", "weeks": 3, "start": date(2026, 2, 9), "budget_usd": 10_000}
    return make_problem({**start, **(head or {})}, **content)


def sample_plan(
    problem: Problem | None = None,
    decisions: Decisions = DECISIONS,
    given_up: tuple[GivenUp, ...] = (),
) -> Plan:
    """The sample, or these decisions on this problem, judged and assembled."""
    problem, model = problem or sample_problem(), weekly()
    judged = judge(problem, decisions, model)
    return Plan.assemble(problem, model, judged, status="optimal", stages=STAGES, given_up=given_up, repeatable=True)
