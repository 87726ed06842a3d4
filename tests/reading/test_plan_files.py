"""plan.json from whatever origin: what is read, and what is refused with its place."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orebook.errors import InputError
from orebook.files.instances import read_plan

PLAN: dict[str, Any] = {
    "schema": "orebook/plan/1",
    "instance": {"name": "good", "digest": "0"},
    "model": {"name": "weekly", "digest": "0"},
    "status": "optimal",
    "audited": "timed out",
    "tickets": [{"offer": "a", "week": 1, "tonnes": 2.5}, {"offer": "b", "week": 2.0, "tonnes": 3}],
}


def said(text: str, tmp_path: Path) -> list[str]:
    """What is said of a plan.json of that text."""
    path = tmp_path / "plan.json"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        read_plan(path)
    return [str(f) for f in error.value.findings]


def test_a_plan_by_hand_needs_only_its_decisions(tmp_path: Path) -> None:
    """Offer, week and tonnes make a ticket; a whole number may be typed as 2.0."""
    path = tmp_path / "plan.json"
    path.write_text("\ufeff" + json.dumps(PLAN))
    plan = read_plan(path)
    assert [(t.offer, t.week, t.tonnes) for t in plan.tickets] == [("a", 1, 2.5), ("b", 2, 3.0)]
    assert plan.audited == "timed out"


def ticket(**cells: Any) -> Callable[[dict[str, Any]], None]:
    """An edit of the second ticket."""
    return lambda plan: plan["tickets"][1].update(cells)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (ticket(tonnes=float("nan")), "tickets[1].tonnes: nan is not a finite number; write one"),
        (ticket(goods_usd=float("inf")), "tickets[1].goods_usd: inf is not a finite number; write one, or nothing"),
        (ticket(tonnes=-1), "tickets[1].tonnes: -1 is below 0; write 0 or more"),
        (ticket(tonnes="3"), 'tickets[1].tonnes: "3" is text; write 3 without quotes'),
        (ticket(week=1.5), "tickets[1].week: 1.5 is not a whole number; write 1 or 2"),
        (ticket(week=True), "tickets[1].week: true is not a number"),
        (ticket(lots=0.5), "tickets[1].lots: 0.5 is not a whole number; write 0 or 1"),
        (ticket(tons=3), 'tickets[1].tons: is not a key of plan.json; did you mean "tonnes"?'),
        (lambda p: p["tickets"][1].pop("offer"), "tickets[1].offer: is missing"),
        (lambda p: p.update(tickets=5), "tickets: 5 is not a list"),
        (lambda p: p.update(audited="yes"), 'audited: "yes" is not true or false'),
        (lambda p: p.update(status="good"), 'status: "good" is not one of optimal, feasible, infeasible, unknown'),
        (lambda p: p.update(schema="orebook/plan/2"), 'schema: "orebook/plan/2" is not one of orebook/plan/1'),
    ],
)
def test_one_edit_of_a_plan_is_refused(edit: Callable[[dict[str, Any]], None], says: str, tmp_path: Path) -> None:
    """One edit of a good plan is refused with its place in the JSON."""
    plan = copy.deepcopy(PLAN)
    edit(plan)
    assert said(json.dumps(plan), tmp_path) == [f"plan.json {says}"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"tickets": [1,]}', "plan.json:1: is not JSON: "),
        ("[]", "plan.json: is not a JSON object"),
        ('{"tickets": [], "tickets": []}', 'plan.json: cannot be read as JSON: key "tickets" stands twice'),
        ("[" * 100_000, "plan.json: cannot be read as JSON: "),
        ("", "plan.json:1: is not JSON: "),
    ],
)
def test_what_is_no_plan_is_refused(text: str, says: str, tmp_path: Path) -> None:
    """Broken JSON, endless nesting and a key that stands twice are faults and no crash."""
    (only,) = said(text, tmp_path)
    assert only.startswith(says)


def test_all_faults_of_a_plan_are_listed(tmp_path: Path) -> None:
    """Each fault comes with its place, in one list; 1e999 is no number."""
    text = json.dumps(PLAN).replace("2.5", "1e999").replace('"week": 2.0', '"week": 0')
    assert [s.split(":")[0] for s in said(text, tmp_path)] == [
        "plan.json tickets[0].tonnes",
        "plan.json tickets[1].week",
    ]
