"""Plans for the judge, written in a line: what is ordered, put away, taken out and drawn."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from orebook.accounting.exact_prices import TierPrice, tier_prices
from orebook.decisions import Decisions, Draw, Order, Out, Put, Repay
from orebook.exact import Fraction
from orebook.judge import Breach, Judgement, judge
from orebook.problem import Problem
from orebook.schema.model import Model

WEEKLY = Model.model_validate(tomllib.loads((Path(__file__).parents[2] / "models" / "weekly.toml").read_text()))
NOTHING = Decisions()
Amount = str | int
"""Tonnes or USD: whole, or a decimal as text."""


def decide(
    orders: Sequence[tuple[str, int, Amount]] = (),
    puts: Sequence[tuple[str, str, int, Amount]] = (),
    outs: Sequence[tuple[str, str, Amount]] = (),
    draws: Sequence[tuple[str, int, Amount]] = (),
    repays: Sequence[tuple[str, int, Amount]] = (),
) -> Decisions:
    """Decisions: orders (offer, week, t), puts (mineral, site, week, t), outs (withdrawal, site, t), draws and repays
    (source, week, USD)."""
    return Decisions(
        orders=tuple(Order(offer, week, Fraction(t)) for offer, week, t in orders),
        puts=tuple(Put(mineral, site, week, Fraction(t)) for mineral, site, week, t in puts),
        outs=tuple(Out(withdrawal, site, Fraction(t)) for withdrawal, site, t in outs),
        draws=tuple(Draw(source, week, Fraction(usd)) for source, week, usd in draws),
        repays=tuple(Repay(source, week, Fraction(usd)) for source, week, usd in repays),
    )


def judged(problem: Problem, decisions: Decisions = NOTHING, model: Model = WEEKLY) -> Judgement:
    """The judgement under the weekly model."""
    return judge(problem, decisions, model)


def broken(problem: Problem, rule: str, decisions: Decisions = NOTHING, model: Model = WEEKLY) -> dict[str, Breach]:
    """The breaches of one rule, by row."""
    return {b.row: b for b in judge(problem, decisions, model).breaches if b.rule == rule}


def by(problem: Problem, rule: str, decisions: Decisions = NOTHING, model: Model = WEEKLY) -> dict[str, Fraction]:
    """How far each row of one rule is exceeded."""
    return {row: breach.by for row, breach in broken(problem, rule, decisions, model).items()}


def price(problem: Problem, offer: str = "a", week: int = 1) -> TierPrice:
    """A tonne of the offer at its first tier."""
    return tier_prices(problem, problem.offers[offer], week)[0]
