"""Every rule in every room: what the table of rules lists is formulated, judged, accounted for and said, or it says why not."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import get_args

import pytest

import orebook
from orebook.accounting.exact_problem import exact_problem_of
from orebook.decisions import Decisions
from orebook.explanations import words
from orebook.explanations.engine import monotonicity, slacks
from orebook.explanations.engine.ablations import removals
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.shortage_causes import _TAKE, causes_of
from orebook.explanations.questions import rule_ledger
from orebook.explanations.subproblem import order_probe
from orebook.explanations.words.blocking_rows import kept_says
from orebook.formulation.build import RULES as FORMULATED
from orebook.formulation.build import build
from orebook.judge import Judge
from orebook.judge.rules import RULES as JUDGED
from orebook.plan import Plan
from orebook.rule_of_thumb.greedy import rule_of_thumb
from orebook.schema.facts import About, Fact
from orebook.schema.model import Model
from orebook.schema.rules import CAN_GIVE_WAY, ROWS, RULES, BuiltInRule, RuleName, name_and_keys
from orebook.solver.infeasibility.row_words import row_says
from orebook.workbench.fact_views import fact_views
from tests.builders import make_problem
from tests.docs.files import ROOT

WEEKLY = orebook.read_model("weekly")
TEACHING = ROOT / "instances" / "teaching"
NO_SLACK = {"eligibility": "it keeps offers out, and has no amount to spare; the ledger counts the offers"}
NO_CAUSE = {
    "storage": "store",
    "offers": "lead time, offer window, offer limit, lot or minimum",
    "funding": "budget and releases take it away with the money",
    "eligibility": "bar, licence, score",
    "commit": "it makes a plan buy more of a mineral, never less, but for money: which is the cause",
    "must": "likewise",
    "entitlement": "it keeps withdrawals short and leaves more in store; a withdrawal says what keeps it",
    "bids": "what is sold is worth less than cover, or would lapse",
    "convert": "what could be converted is told of a conversion",
    "substitute": "what stands in is told of a target",
    "shelf": "what has lapsed is no cover whether or not it leaves",
}
"""Rules whose name is no cause of a shortage: what stands for them."""


@cache
def taught(rule: str) -> Plan:
    """The plan of the case that teaches a rule."""
    return orebook.solve(orebook.read(TEACHING / rule), WEEKLY, audit=False)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_in_every_room(rule: RuleName) -> None:
    """Formulated, judged, accounted for, its limits known, taken out by name, and taught by a case."""
    assert rule in FORMULATED
    assert rule in JUDGED
    assert rule in WEEKLY.rules
    assert (rule in slacks.SLACKS) != (rule in NO_SLACK)
    assert (rule in monotonicity.LIMITS) == RULES[rule].limits_alone
    assert (rule in monotonicity.LOOSENING_RULES) != RULES[rule].allows
    assert any(r.about == About(rule=rule) for r in removals(make_problem(), WEEKLY)) != RULES[rule].allows
    assert (TEACHING / rule / "expected.json").is_file()
    assert RULES[rule].asks


def test_no_room_knows_more_rules_than_the_table() -> None:
    """What rooms list are rules of the table; orders alone decide those that the probe of an order asks."""
    for listed in (FORMULATED, JUDGED, slacks.SLACKS, monotonicity.LIMITS, monotonicity.LOOSENING_RULES, WEEKLY.rules):
        assert set(listed) <= set(RULES) == set(get_args(BuiltInRule))
    assert set(order_probe._ONE_ORDER) == {name for name, kind in RULES.items() if kind.one_order}
    assert set(order_probe._ALL_ORDERS) == {name for name, kind in RULES.items() if kind.orders_alone}


@pytest.mark.parametrize("rule", RULES)
def test_rows_of_model_judge_and_slacks_are_those_of_the_table(rule: RuleName) -> None:
    """In the case that teaches a rule, its rows in model, judge and slacks have names, keys, and a rule of the table."""
    plan = taught(rule)
    built = build(plan.problem, plan.model)
    own = {name for name, owner in built.rule_of.items() if owner == rule}
    for name in own & ROWS.keys():
        assert ROWS[name].rule == rule
    for slack in slacks.slacks(plan, rule) or ():
        name, keys = name_and_keys(slack.row)
        assert ROWS[name].rule == rule
        assert len(keys) == len(ROWS[name].keys)
    without = orebook.solve(plan.problem, plan.model.without(rule), audit=False)
    for breach in Judge(plan.problem, plan.model).judge(Decisions.of(without.document)).breaches:
        name, keys = name_and_keys(breach.row)
        assert (ROWS[name].rule, ROWS[name].unit, len(ROWS[name].keys)) == (breach.rule, breach.unit, len(keys))


def test_every_row_that_can_be_broken_is_in_the_table() -> None:
    """Names of rows that the judge's rules write, in the text of their modules, are the table's."""
    modules = (ROOT / "src" / "orebook" / "judge" / "rules").glob("*.py")
    text = "".join(module.read_text(encoding="utf-8") for module in modules)
    assert set(re.findall(r'f"([a-z]+(?:_[a-z]+)*)\[', text)) <= ROWS.keys()
    assert [name for name in ROWS if not re.search(rf"\b{name}\b", text)] == []


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_said(name: str) -> None:
    """Of an offer that it keeps out, in words of its own; where its rule can give way, also as a part of a clash."""
    kind = ROWS[name]
    row = f"{name}[{','.join(kind.keys)}]"
    assert kept_says(row) == f"{kind.keeps_out} ({row})"
    assert kind.rule == "flow" or kind.rule in RULES


@pytest.mark.parametrize("rule", RULES)
def test_a_clash_of_a_rule_is_said(rule: RuleName) -> None:
    """A whole rule that clashes is said by what it asks."""
    assert row_says(make_problem(), rule, "") == RULES[rule].asks


@pytest.mark.parametrize("rule", RULES)
def test_a_short_mineral_can_blame_a_rule(rule: RuleName) -> None:
    """Each rule that can keep a mineral short is a cause, or something stands for it."""
    called = {"houses": "house limit", "shares": "share", "market": "market cap", "frozen": "frozen weeks"}.get(
        rule, rule
    )
    assert (called in _TAKE) != (rule in NO_CAUSE)
    if called in _TAKE:
        plan = taught(rule)
        found = {c for m in plan.problem.minerals for c in causes_of(plan.problem, plan.model, m)}
        assert called in found


@pytest.mark.parametrize("rule", RULES)
def test_the_rule_of_thumb_keeps_a_rule(rule: RuleName) -> None:
    """In the case that teaches a rule, the rule of thumb's plan breaks it nowhere but where commitments or musts are.

    It sells nothing, so that goods may lapse.
    """
    problem = orebook.read(TEACHING / rule)
    judgement = Judge(problem, WEEKLY).judge(rule_of_thumb(exact_problem_of(problem, WEEKLY)))
    assert {b.rule for b in judgement.breaches} <= {"commit", "must", "shares", "split"} - {rule} | {"shelf"}


@pytest.mark.parametrize("rule", RULES)
def test_a_rules_fact_is_said_and_shown(rule: RuleName) -> None:
    """The ledger of a rule's case says what it costs, and the workbench shows it."""
    plan = taught(rule)
    facts = [f for f in rule_ledger.ledger(Counterfactuals(plan, 4.0), rule) if f.about.row is None]
    said = [words.worded(f) for f in facts]
    assert [f.about.rule for f in facts] == ([] if RULES[rule].allows else [rule])
    assert all(rule in f.says and "not known" not in f.says for f in said)
    assert all(fact_views(plan, (f,)) for f in said)


@pytest.mark.parametrize("rule", sorted(CAN_GIVE_WAY))
def test_what_a_room_does_not_know_is_not_known(rule: RuleName, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forgotten by the slacks and the limits, a rule is solved for, and what is left of it is said not to be known."""
    monkeypatch.delitem(slacks.SLACKS, rule)
    monkeypatch.delitem(monotonicity.LIMITS, rule)
    plan = taught(rule)
    (fact,) = [f for f in rule_ledger.ledger(Counterfactuals(plan, 4.0), rule) if f.about.row is None]
    assert fact.method != "arithmetic"
    assert "rows" not in fact.figures
    assert "what is left of it is not known" in words.worded(fact).says


def test_a_fact_without_a_rule_of_the_table_is_said() -> None:
    """A rule that nobody here knows is said to be unknown, and not to cost nothing."""
    said = words.worded(Fact(kind="rule", about=About(rule="own"), figures={}, method="solve")).says
    assert said == "The rule own (what is left of it is not known): without it no plan was found in time."


def test_a_model_without_a_rule_lists_no_removal_of_it() -> None:
    """Only rules that hold are taken out."""
    model: Model = WEEKLY.without("market")
    assert not any(r.about.rule == "market" for r in removals(replace(make_problem()), model))
