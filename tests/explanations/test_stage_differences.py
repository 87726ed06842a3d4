"""How far best values lie from the plan's, by hand: 10 days not served and 20 short, both proven, in the plan."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from orebook.explanations.engine.intervals import Proven
from orebook.explanations.engine.stage_differences import differences
from orebook.schema.facts import Interval


def _differences(unmet: Proven, cover: Proven, *, held: bool = False, **known: bool) -> dict[str, Interval]:
    counterfactuals: Any = SimpleNamespace(
        base={"unmet": Proven(10, 10), "cover": Proven(20, 20), "cost": Proven(300, 300)},
        plan=SimpleNamespace(document=SimpleNamespace(given_up=())),
        bound=lambda _changes, stage: {"unmet": 10.0, "cover": 15.0}[stage],
    )
    answer: Any = SimpleNamespace(reached={"unmet": unmet, "cover": cover, "cost": Proven(250, 250)})
    return differences(counterfactuals, answer, (), held=held, **{"better": False, **known})


def test_what_can_only_help_helps_the_first_stage_that_differs() -> None:
    """Of the next one nothing is known: 2 days more are served, and for that up to 6 more are short."""
    assert _differences(Proven(8, 8), Proven(25, 26), better=True) == {"unmet_days": (-2, -2), "cover_days": (5, 6)}
    assert _differences(Proven(10, 10), Proven(18, 21), better=True) == {"unmet_days": (0, 0), "cover_days": (-2, 0)}
    assert _differences(Proven(10, 10), Proven(18, 21), worse=True) == {"unmet_days": (0, 0), "cover_days": (0, 1)}


def test_the_list_ends_with_the_first_open_stage() -> None:
    """Cover is known as an interval, so cost is not told; known to a hair, it is."""
    assert list(_differences(Proven(10, 10), Proven(18, 21))) == ["unmet_days", "cover_days"]
    assert _differences(Proven(10, 10), Proven(18, 18))["cost_usd"] == (-50, -50)


def test_of_held_minerals_the_bound_is_that_of_all_plans() -> None:
    """The plan found with the others held is 18 days short, and no plan is under 15."""
    assert _differences(Proven(10, 10), Proven(18, 18), held=True)["cover_days"] == (-5, -2)
