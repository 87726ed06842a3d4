"""The answers worked out by hand in instances/teaching, held against the judge alone: no model, no solver."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from orebook.decisions import Converted, Decisions, Draw, Order, Out, Put, Sale, StandIn
from orebook.exact import Fraction, exact
from orebook.files.instances import read
from orebook.files.models import read_model
from orebook.judge import judge
from orebook.problem import Problem, Site
from orebook.schema.plan import Return

TEACHING = Path(__file__).parents[2] / "instances" / "teaching"
CASES = sorted(p.parent.name for p in TEACHING.glob("*/expected.json"))


def _expected(case: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((TEACHING / case / "expected.json").read_text(encoding="utf-8"))
    return found


def _store(problem: Problem, mineral: str) -> Site:
    kind = problem.minerals[mineral].storage_class
    return next(s for s in problem.sites.values() if s.accepts is None or kind in s.accepts)


def _puts(problem: Problem, orders: tuple[Order, ...]) -> tuple[Put, ...]:
    arriving: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for order in orders:
        offer = problem.offers[order.offer]
        arriving[offer.mineral, problem.arrives(offer, order.week)] += order.tonnes
    return tuple(Put(m, _store(problem, m).name, week, t) for (m, week), t in sorted(arriving.items()))


def _arrived(puts: tuple[Put, ...], mineral: str) -> Fraction:
    return sum((p.tonnes for p in puts if p.mineral == mineral), Fraction())


def _outs(problem: Problem, puts: tuple[Put, ...]) -> tuple[Out, ...]:
    """Every withdrawal takes what has arrived; no case has two of one mineral, nor one with stock."""
    return tuple(
        Out(
            w.name,
            _store(problem, w.mineral).name,
            min(exact(w.tonnes), _arrived(puts, w.mineral)),
        )
        for w in problem.withdrawals.values()
    )


def _draws(problem: Problem, cash: dict[int, Fraction]) -> tuple[Draw, ...]:
    """Each week's cash: sources with a largest share draw all of it, the one without draws the rest."""
    shares = {s.name: exact(s.max_share) for s in problem.sources.values() if s.max_share is not None}
    rest = next(s.name for s in problem.sources.values() if s.max_share is None)
    parts = {**shares, rest: 1 - sum(shares.values())}
    return tuple(Draw(name, week, part * usd) for name, part in parts.items() for week, usd in cash.items() if usd > 0)


def _by_hand(problem: Problem, case: str) -> Decisions:
    orders = tuple(Order(o, week, exact(tonnes)) for o, week, tonnes in _expected(case)["tickets"])
    served, puts = _expected(case).get("served"), _puts(problem, orders)
    if served:  # a case of loans has one store, to which they come back
        outs = tuple(Out(name, "store", exact(tonnes)) for name, tonnes in served.items())
        puts += tuple(Put(r.mineral, "store", r.week, exact(r.tonnes)) for r in _back(problem, outs))
    leaves = _leaves(case)
    made = judge(problem, leaves, read_model("weekly")).conversions
    puts += tuple(Put(problem.conversions[c.conversion].into, "store", c.arrives, exact(c.gives_t)) for c in made)
    unfunded = replace(leaves, orders=orders, puts=puts, outs=outs if served else _outs(problem, puts))
    cash = {c.week: c.cash_usd for c in judge(problem, unfunded, read_model("weekly")).cash}
    return replace(unfunded, draws=_draws(problem, cash))


def _leaves(case: str) -> Decisions:
    """What is sold and converted, and what stands in, by the README; out of the one store."""
    told = _expected(case)
    return Decisions(
        sales=tuple(Sale(bid, "store", week, exact(tonnes)) for bid, week, tonnes in told.get("sales", ())),
        conversions=tuple(Converted(name, "store", week, exact(t)) for name, week, t in told.get("conversions", ())),
        stand_ins=tuple(StandIn(i, by, week, exact(tonnes)) for i, by, week, tonnes in told.get("stand_ins", ())),
    )


def _back(problem: Problem, outs: tuple[Out, ...]) -> tuple[Return, ...]:
    judged = judge(problem, Decisions(outs=outs), read_model("weekly")).returns
    return tuple(r for r in judged if r.withdrawal is not None and r.week <= problem.weeks)


@pytest.mark.parametrize("case", [c for c in CASES if _expected(c)["status"] == "optimal"])
def test_the_answer_by_hand_keeps_every_rule_but_those_given_up(case: str) -> None:
    """The tickets of the README break exactly the policy rows that the case gives up."""
    problem = read(TEACHING / case)
    judged = judge(problem, _by_hand(problem, case), read_model("weekly"))
    assert [b.row for b in judged.breaches] == _expected(case)["given_up"]


@pytest.mark.parametrize("case", [c for c in CASES if _expected(c)["status"] == "optimal"])
def test_the_answer_by_hand_is_worth_what_its_readme_says(case: str) -> None:
    """Every stage's measure of the tickets is the README's; tidying may have spent 0.1 % of the cost."""
    problem = read(TEACHING / case)
    measures = judge(problem, _by_hand(problem, case), read_model("weekly")).measures
    stages = {name: exact(stage["value"]) for name, stage in _expected(case)["stages"].items()}
    cost = stages.pop("cost")
    assert {name: measures[name] for name in stages} == stages
    assert cost <= measures["cost"] <= cost + abs(cost) / 1000
    if case not in ("changes", "tickets"):
        assert measures["cost"] == cost
