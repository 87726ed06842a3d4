"""A package that brings a check, an event, a question, rules and a stage: each works as what is built in does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).parent / "example"
BEGIN = """
import json, sys
sys.path.insert(0, {example!r})
import orebook
from orebook.schema.model import Model, RuleLevel, Stage

def model(*rules, stages=(), level="contract"):
    weekly = orebook.read_model("weekly")
    more = {{rule: {{"level": level, **({{"priority": 1}} if level == "policy" else {{}})}} for rule in rules}}
    listed = [*stages, *(s.model_dump() for s in weekly.stages if s.stage not in ("changes", "tickets"))]
    said = weekly.model_dump(exclude_none=True)
    return Model.model_validate({{**said, "rules": {{**said["rules"], **more}}, "stages": listed}})

problem = orebook.read("vault-small").change("rules.frozen=off")  # its frozen week has five orders of two houses
"""


def said(code: str) -> Any:
    """What a fresh process with the package on its path says."""
    script = BEGIN.format(example=str(EXAMPLE)) + code
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_a_rule_is_kept_judged_and_explained() -> None:
    """No week has more than three orders; without the rule one has, the judge says so, and the ledger what it costs."""
    plain, most, rows, broken, fact = said(
        """
from collections import Counter
from orebook.judge import judge
from orebook.decisions import Decisions
busiest = lambda plan: max(Counter(t.week for t in plan.document.tickets).values())
plain, kept = orebook.solve(problem, model(), audit=False), orebook.solve(problem, model("week_limit"))
assert kept.status == "optimal" and kept.audit is True
broken = judge(problem, Decisions.of(plain.document), model("week_limit")).breaches
rows = sorted(s.row for s in __import__("orebook.explanations.engine.slacks", fromlist=["slacks"]).slacks(kept, "week_limit"))
(fact,) = [f for f in orebook.explain(kept).rules("week_limit") if f.about.row is None]
print(json.dumps([busiest(plain), busiest(kept), rows, [b.row for b in broken], fact.says]))
"""
    )
    assert plain > 3 >= most
    assert rows == [f"week_limit[{w}]" for w in range(1, 5)]
    assert broken
    assert any(row.startswith("week_limit[") for row in broken)
    assert fact.startswith("The rule week_limit (4 rows, ")


def test_a_rule_without_slacks_is_not_explained() -> None:
    """It is kept and judged, and of what is left of it the ledger says that it is not known."""
    houses, fact = said(
        """
kept = orebook.solve(problem, model("one_house_a_week"), audit=False)
houses = max(len({t.house for t in kept.document.tickets if t.week == w}) for w in range(1, 5))
(fact,) = [f for f in orebook.explain(kept).rules("one_house_a_week") if f.about.row is None]
print(json.dumps([houses, fact.says]))
"""
    )
    assert houses == 1
    assert fact.startswith("The rule one_house_a_week (what is left of it is not known): without it ")


def test_a_policy_rule_gives_way() -> None:
    """Musts that take four orders in week 1: the limit of three gives way by one, named in its own unit."""
    given = said(
        """
from tests.builders import make_problem
minerals = [{"mineral": f"m{k}", "daily_use_t": 1, "price_usd_per_t": 100, "target_days": 1, "must_days": 1} for k in range(4)]
offers = [{"offer": f"o{k}", "house": "traxys", "mineral": f"m{k}", "lead_weeks": 0} for k in range(4)]
tight = make_problem({"weeks": 1}, minerals=minerals, offers=offers)
plan = orebook.solve(tight, model("week_limit", level="policy"), audit=False)
print(json.dumps([[g.rule, g.row, g.by, g.unit] for g in plan.document.given_up]))
"""
    )
    assert given == [["week_limit", "week_limit[1]", 1.0, "orders"]]


def test_a_stage_is_minimised_and_proven() -> None:
    """As few weeks as can be, before all else: none at all, where nothing must be bought; after cover, fewer than without."""
    first, unit, status = said(
        """
plan = orebook.solve(problem, model(stages=[{"stage": "weeks_used"}]), gap=0)
stage = plan.document.stages[0]
print(json.dumps([[stage.value, stage.bound], dict(zip(plan.stages["stage"], plan.stages["unit"]))["weeks_used"], plan.status]))
"""
    )
    assert first[0] == first[1]
    assert (unit, status) == ("weeks", "optimal")


def test_a_check_an_event_and_a_question() -> None:
    """A warning by the check, changes by the event, a fact with its sentence by the question."""
    warned, changes, says = said(
        """
from orebook.files.instances import inspect
from orebook.explanations.catalogue import ask
from orebook.explanations.engine.counterfactuals import Counterfactuals
warned = [f.check for f in inspect("instances/vault")[1]]
changes = problem.change("strike(house=hartree, weeks=3)").changes
facts, _ = ask(Counterfactuals(orebook.solve(problem, audit=False)), ("orders_a_week",))
print(json.dumps([warned, list(changes), [f.says for f in facts]]))
"""
    )
    assert "unlucky" in warned
    assert any("lead_weeks=+3" in change or "strike" in change for change in changes)
    assert says[0].startswith("The busiest week has ")


@pytest.mark.parametrize(
    ("points", "says"),
    [
        ("[orebook.rules]\nmine = nowhere:RULE\n", "broken brings rules mine, which cannot be loaded"),
        ("[orebook.events]\nhouse_out = json:loads\n", "a package brings events house_out, which is there already"),
    ],
)
def test_what_is_broken_says_who_brings_it(points: str, says: str, tmp_path: Path) -> None:
    """A module that is not there, and a name that is taken."""
    info = tmp_path / "broken-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(points)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import orebook; "
    code += 'orebook.solve(orebook.read("vault-small").change("house_out(house=hartree)"))'
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert says in done.stderr
