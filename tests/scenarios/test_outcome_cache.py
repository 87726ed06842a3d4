"""Outcomes that are cached: found again by all that they hang on, and none that would be another tomorrow."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import orebook
from orebook.plan import Plan
from orebook.scenarios.outcome import Outcome, outcome_of
from orebook.scenarios.outcome_cache import OutcomeCache
from orebook.scenarios.scenario import Scenario
from orebook.schema.plan import StageResult
from tests.builders import make_problem

DEARER = Scenario(name="dearer", changes=("minerals.tin.price_usd_per_t=+10%",))
ENDED = Outcome(name="dearer", changes=DEARER.changes, status="optimal", total_usd=1100)


def _plan() -> Plan:
    return orebook.solve(make_problem({"weeks": 1}), gap=0, audit=False)


def test_an_outcome_is_found_by_all_that_it_hangs_on(tmp_path: Path) -> None:
    """Under any name; not at another gap or time limit, of another plan's tickets, or under other changes."""
    plan = _plan()
    without = replace(plan, document=plan.document.model_copy(update={"tickets": ()}))
    OutcomeCache(tmp_path, plan, 0.1, 5.0).put(DEARER, ENDED)
    found = OutcomeCache(tmp_path, plan, 0.1, 5.0).get(DEARER.model_copy(update={"name": "again"}))
    assert found == ENDED.model_copy(update={"name": "again"})
    for base, gap, seconds in ((plan, 0.2, 5.0), (plan, 0.1, 6.0), (without, 0.1, 5.0)):
        assert OutcomeCache(tmp_path, base, gap, seconds).get(DEARER) is None
    assert OutcomeCache(tmp_path, plan, 0.1, 5.0).get(Scenario(name="dearer", changes=())) is None


def test_what_may_end_otherwise_tomorrow_is_not_cached(tmp_path: Path) -> None:
    """A plan that needed no solver, as the time was over, and a scenario without an end."""
    cache = OutcomeCache(tmp_path, _plan())
    for ended in (ENDED.model_copy(update={"why": "by the rule of thumb"}), Outcome(name="x", status="unknown")):
        cache.put(DEARER, ended)
        assert cache.get(DEARER) is None
    cache.put(DEARER, ENDED)
    assert cache.get(DEARER) == ENDED


def test_orders_that_must_change_are_counted_in_whole_ones() -> None:
    """Proven that no plan changes fewer than 1.2 orders: two have to."""
    plan = _plan()
    for bound, forced in ((1.2, 2), (2.0000001, 2), (0.0, 0)):
        result = StageResult(stage="changes", value=3, bound=bound, gap=0.6, final=3)
        changed = replace(plan, document=plan.document.model_copy(update={"stages": (result,)}))
        outcome = outcome_of(Scenario(name="x"), changed, 0.0)
        assert (outcome.changed, outcome.forced) == (3, forced)
