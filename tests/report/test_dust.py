"""A target missed by grams is met, and a withdrawal short of grams is served, wherever a planner reads of it."""

from __future__ import annotations

import io
from functools import cache

import pytest
from openpyxl import load_workbook
from rich.console import Console
from tests.builders import make_problem

import orebook
from orebook.explanations.catalogue import questions
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.questions.shortage import shortages
from orebook.explanations.words import worded
from orebook.report import cover, files_of
from orebook.report.compared import tables
from orebook.report.page import html, markdown
from orebook.report.summary import summary
from orebook.scenarios.outcome import outcome_of
from orebook.scenarios.outcome_rows import outcome_rows
from orebook.scenarios.scenario import Scenario
from orebook.service.work.results import figures_of
from orebook.workbench import plan_diff
from orebook.workbench.plan_parts import parts_of

GRAM = 1.5e-6
"""Days of tin, and a rounding."""


@cache
def plan(left: float = 5e-6) -> orebook.Plan:
    """Tin, 1 t a day: 10 days wanted, and 5 t drawn in week 1; 15 t but for what is left out are on offer."""
    problem = make_problem(
        offers=[{"offer": "a", "house": "traxys", "mineral": "tin", "max_t": 15 - left}],
        withdrawals=[{"withdrawal": "w", "member": "m", "mineral": "tin", "week": 1, "tonnes": 5}],
    )
    return orebook.solve(problem, gap=0, audit=False)


def _terminal(of: orebook.Plan) -> str:
    console = Console(file=io.StringIO(), width=200)
    console.print(summary(of))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_the_figures_stay_exact() -> None:
    """plan.json and cover.csv have the five grams."""
    assert plan().document.cover[0].short_days == pytest.approx(5e-6, abs=GRAM)
    assert plan().cover["short_days"][0] == plan().document.cover[0].short_days
    assert f",{plan().document.cover[0].short_days:.6f}," in str(files_of(plan())["cover.csv"])


def test_counts_and_headlines_say_met() -> None:
    """In every count and headline: one target of one is met, and no withdrawal stands as not served."""
    assert plan().missed == ()
    assert dict(plan().unserved) == {}
    assert cover.headline(plan()) == "The target is met; 1 would be missed without buying."
    for text in (html(plan()), markdown(plan()), _terminal(plan())):
        assert "not served in full" not in text
        assert "The target is met" in text
    assert "1 of 1" in markdown(plan())
    assert figures_of(plan())["targets_missed"] == 0
    assert outcome_rows([outcome_of(Scenario(name="x"), plan(), 0.0)])[0]["targets_missed"] == 0
    assert [row["short_days"] for row in parts_of(plan()).cover] == [0.0]
    assert plan_diff.measures(plan(0.0), plan())[2].sign == 0
    missed = next(row for row in tables({"a": plan(), "b": plan(0.0)})[0].rows if row[0] == "targets missed")
    assert missed == ("targets missed", "0 of 1", "0 of 1")


def test_the_workbook_counts_the_same() -> None:
    """Its sheet Cover says yes, and the Summary counts that."""
    book = load_workbook(io.BytesIO(files_of(plan())["plan.xlsx"]), data_only=True)  # type: ignore[arg-type]
    cells = {row[0]: row[1] for row in book["Summary"].iter_rows(values_only=True)}
    assert cells["targets met"] == 1
    assert cells["sums that are the judge's"] == "all"


def test_questions_say_met() -> None:
    """Nothing is asked of it in the report; asked by name, it is covered, and a mineral without targets has none."""
    assert ("shortage", "tin") not in questions(plan())
    (fact,) = shortages(Counterfactuals(plan()), "tin")
    assert fact.figures["short_days"] == plan().document.cover[0].short_days
    assert worded(fact).says == "tin has 10.0 of 10.0 days of cover at the end of week 2, and misses no target."
    unused = orebook.solve(make_problem(minerals=[{"mineral": "tin", "price_usd_per_t": 100}]), audit=False)
    assert [worded(f).says for f in shortages(Counterfactuals(unused), "tin")] == ["tin has no target."]


def test_what_is_more_than_dust_is_short_and_legible() -> None:
    """20 kg of tin are 0.02 days: missed, and told as that."""
    short = plan(0.02)
    assert len(short.missed) == 1
    assert "Furthest: tin in week 2 with 9.98 of 10 days." in cover.headline(short)
    first = next(iter(shortages(Counterfactuals(short), "tin")))
    assert worded(first).says.startswith(
        "tin has 9.98 of 10 days of cover at the end of week 2: 0.02 days (0.02 t) short"
    )


def test_a_difference_of_dust_is_none() -> None:
    """Two plans five grams apart: as good as the old one, in words."""
    total = next(f for f in orebook.compare(plan(0.0), plan(), causes=False) if f.about.against == "total")
    assert total.says.startswith("The new plan: as good as the old.") or "days" not in total.says
