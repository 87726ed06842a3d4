"""Every stage in every room: one table says what it measures, and all that switch on stages know each of them."""

from __future__ import annotations

from typing import get_args

import pytest

import orebook
from orebook.accounting.exact_problem import exact_problem_of
from orebook.accounting.ledger import ledger_of
from orebook.accounting.objectives import measures
from orebook.accounting.priced_orders import price_order
from orebook.decisions import Decisions
from orebook.explanations.words.stage_measures import difference
from orebook.formulation.build import STAGES as FORMULATED
from orebook.schema.stages import FIGURE_OF, STAGE_OF, STAGES, TIE_BREAKING, BuiltInStage, StageName, stage_of
from orebook.workbench.labels import STAGE_LABELS
from tests.builders import make_problem

WEEKLY = orebook.read_model("weekly")


def test_every_room_knows_every_stage() -> None:
    """The table, the formulation, the judge's measures and the workbench's labels list the same stages."""
    problem = make_problem(
        withdrawals=[{"withdrawal": "x", "mineral": "tin", "week": 2, "tonnes": 1}],
        prior=[{"offer": "a", "week": 1, "tonnes": 1}],
    )
    case = exact_problem_of(problem, WEEKLY)
    ledger = ledger_of(case, lambda order: price_order(case, order), Decisions())
    assert set(STAGES) == set(get_args(BuiltInStage)) == set(FORMULATED) == set(measures(ledger))
    assert set(STAGE_LABELS) == {*STAGES, "audit", "futures"}


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
