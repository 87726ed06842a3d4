"""Every stage in every room: one table says what it measures, and all that switch on stages know each of them."""

from __future__ import annotations

from typing import get_args

import pytest

import orebook
from orebook.accounting.exact_problem import exact_problem_of
from orebook.accounting.ledger import ledger_of
from orebook.accounting.objectives import measures
from orebook.accounting.priced_orders import price_order
from orebook.decisions import Decisions, Out
from orebook.exact import exact
from orebook.explanations.words.stage_measures import difference
from orebook.formulation.build import STAGES as FORMULATED
from orebook.schema.model import Stage
from orebook.schema.stages import (
    BY_PRIORITY,
    FIGURE_OF,
    STAGE_OF,
    STAGES,
    TIE_BREAKING,
    BuiltInStage,
    StageName,
    stage_of,
)
from orebook.workbench.labels import STAGE_LABELS
from tests.builders import make_problem

WEEKLY = orebook.read_model("weekly")


def test_every_room_knows_every_stage() -> None:
    """The table, the formulation, the judge's measures and the workbench's labels list the same stages."""
    problem = make_problem(
        withdrawals=[{"withdrawal": "x", "mineral": "tin", "week": 2, "tonnes": 1}],
        prior=[{"offer": "a", "week": 1, "tonnes": 1}],
    )
    every = WEEKLY.model_copy(update={"stages": (*WEEKLY.stages, Stage(stage="ration"))})
    case = exact_problem_of(problem, every)
    ledger = ledger_of(case, lambda order: price_order(case, order), Decisions())
    assert set(STAGES) - BY_PRIORITY.keys() == set(get_args(BuiltInStage)) == set(measures(ledger))
    assert set(STAGES) == set(FORMULATED)
    assert set(STAGE_LABELS) == {*STAGES, "audit", "futures"}


def test_stages_of_a_priority_are_measured_over_its_members() -> None:
    """1 of 4 t of priority 1 is not served, and 2 of 3 of priority 5: a member that is not listed, or none."""
    stages = (
        *(Stage(stage="unmet", priority=p) for p in (1, 5, 9)),
        *(Stage(stage="ration", priority=p) for p in (1, 5)),
    )
    listed = WEEKLY.model_copy(update={"stages": stages})
    assert [s.stage for s in listed.stages] == ["unmet/1", "unmet/5", "unmet/9", "ration/1", "ration/5"]
    problem = make_problem(
        minerals=[{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 1}],
        stock=[{"mineral": "tin", "site": "store", "tonnes": 9}],
        members=[{"member": "first", "priority": 1}],
        withdrawals=[
            {"withdrawal": "a", "member": "first", "mineral": "tin", "week": 2, "tonnes": 4},
            {"withdrawal": "b", "member": "other", "mineral": "tin", "week": 2, "tonnes": 2},
            {"withdrawal": "c", "mineral": "tin", "week": 2, "tonnes": 1},
        ],
    )
    case = exact_problem_of(problem, listed)
    outs = (Out("a", "store", exact(3)), Out("b", "store", exact(0.5)), Out("c", "store", exact(0.5)))
    found = measures(ledger_of(case, lambda order: price_order(case, order), Decisions(outs=outs)))
    assert {name: float(x) for name, x in found.items() if name in BY_PRIORITY} == {
        "unmet/1": 1,
        "unmet/5": 2,
        "ration/1": 0.25,
        "ration/5": 0.75,
    }


@pytest.mark.parametrize("name", FIGURE_OF)
def test_a_main_stages_differences_are_said(name: StageName) -> None:
    """A difference of a measure has a name, comes back to its stage, and is said in words of its own."""
    figure = FIGURE_OF[name]
    assert STAGE_OF[figure] == stage_of(figure).name == name
    assert difference(figure, 10.0)
    assert not difference(figure, 0.0)


def test_tie_breaking_stages_count_whole_orders() -> None:
    """Those without figures of differences are the tie-breaking ones, measured in orders and tickets."""
    assert {"changes", "tickets"} == TIE_BREAKING
    assert {STAGES[name].unit for name in TIE_BREAKING} == {"orders", "tickets"}
