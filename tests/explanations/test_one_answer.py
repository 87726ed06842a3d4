"""One question has one answer: on the command line, in a service's run, from Python, and among all that a report asks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import orebook
from orebook.cli.explain import ExplainOptions, run
from orebook.explanations.answer_cache import FACTS, Answers
from orebook.explanations.catalogue import ASK, Question, questions
from orebook.explanations.report_questions import explain_all
from orebook.files.atomic import write_folder
from orebook.files.plan_folder import open_plan
from orebook.plan import Plan
from orebook.report import files_of
from orebook.schema.facts import Fact
from orebook.service.runs.run_requests import ExplainRequest
from orebook.service.work import explain as service
from orebook.service.work.task import ParentChannel
from orebook.solver.lp.stop import Stop
from orebook.workbench.answers import ASKED_KINDS, speaks_of
from tests.builders import make_problem


def _two_offers() -> Plan:
    """800 USD for 10 days of tin at 100 USD/t: a cheap offer of 6 t, a dear one, and two minerals so that one is held."""
    problem = make_problem(
        {"weeks": 2, "budget_usd": 800},
        minerals=[
            {"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "m3_per_t": 1},
            {
                "mineral": "zinc",
                "daily_use_t": 1,
                "price_usd_per_t": 10,
                "target_days": 5,
                "m3_per_t": 1,
                "shelf_weeks": 2,
            },
        ],
        houses=[{"house": "traxys", "capacity_t": 50}],
        offers=[
            {"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_t": 6},
            {"offer": "b", "house": "traxys", "mineral": "tin", "lot_t": 1, "premium_pct": 20},
            {"offer": "c", "house": "traxys", "mineral": "tin", "lot_t": 1, "premium_pct": 50},
            {"offer": "z", "house": "traxys", "mineral": "zinc", "lot_t": 1},
        ],
        sites=[{"site": "store", "capacity_m3": 40}],
        stock=[{"mineral": "zinc", "site": "store", "tonnes": 1, "age_weeks": 1}],
        entitlements=[{"member": "motor", "mineral": "tin", "tonnes": 1}],
        withdrawals=[{"withdrawal": "j", "member": "motor", "mineral": "tin", "week": 2, "tonnes": 2}],
    )
    return orebook.solve(problem, gap=0, audit=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The plan in its folder."""
    path = tmp_path_factory.mktemp("plans") / "two"
    write_folder(path, files_of(_two_offers()))
    return path


QUESTIONS: dict[str, Question] = {
    "baselines": ("baselines",),
    "shortage": ("shortage", "tin"),
    "rule": ("rule", "budget"),
    "margin": ("margin", "stores"),
    "ticket": ("ticket", "a", "1"),
    "offer": ("offer", "c"),
    "exposed": ("exposed",),
    "ration": ("ration",),
    "rotation": ("rotation",),
    "whole": ("whole",),
    "confidence": ("confidence",),
    "firmness": ("firmness", "tin"),
}


def test_every_kind_of_question_is_tried() -> None:
    """Those that there are, and those that the page of a plan asks one by one."""
    assert set(QUESTIONS) == set(ASK)
    assert set(ASKED_KINDS) <= set(ASK)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_the_same_facts_whoever_asks(folder: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """To the last figure and word."""
    question, plan = QUESTIONS[kind], open_plan(folder)
    week = next(t.week for t in plan.document.tickets if t.offer == "a")
    question = ("ticket", "a", str(week)) if kind == "ticket" else question
    assert run(folder, ExplainOptions((question,), False, "weekly", 1, True)) == 0
    terminal = _read(capsys.readouterr().out)
    request = ExplainRequest.model_validate({"kind": "explain", "questions": [question]})
    served = service._some(plan, request.questions, ParentChannel()).files["facts.json"]
    assert terminal
    assert _read(served.decode()) == terminal
    assert _listed(orebook.explain(plan)._asked(*question)) == _listed(terminal)


@pytest.mark.slow
def test_among_all_that_the_report_asks_each_is_the_same(folder: Path) -> None:
    """The workbench takes the answer of a question from a run that asked everything: those are the command line's facts."""
    plan = open_plan(folder)
    every = explain_all(folder, plan, Answers(plan), workers=1, stop=Stop()).facts
    alone = orebook.explain(plan)
    for question in questions(plan):
        if question[0] in ASKED_KINDS:
            mine = [fact for fact in every if speaks_of(fact, question)]
            assert _listed(mine) == _listed(alone._asked(*question))


def _read(text: str) -> list[Fact]:
    return FACTS.validate_python(json.loads(text))


def _listed(facts: list[Fact]) -> list[str]:
    return [fact.model_dump_json() for fact in facts]
