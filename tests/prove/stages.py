"""Models, drawn: stages in any number and order, with and without slack, and policy at any level."""

from __future__ import annotations

from random import Random
from typing import Any

from orebook.schema.model import Model
from orebook.schema.rules import CAN_GIVE_WAY
from tests.oracle.models import FIRM, POLICY

MAIN = ("unmet", "fair", "cover", "cost", "value")
TIDY = ("changes", "tickets")
WITHOUT_ROWS = frozenset({"shelf"})
"""Rules of which no draw has a row: nothing is drawn for them, so that draws are known by their numbers."""
SLACKS = (0.0, 0.0, 0.0, 0.001, 0.01, 0.05, 0.3)


def model_of(r: Random) -> Model:
    """A model: in half of the draws every rule is firm, in others it is as in `weekly`, in others anything goes."""
    return Model.model_validate(
        {
            "name": "drawn",
            "rules": _rules(r),
            "stages": [{"stage": s, "slack": r.choice(SLACKS)} for s in _stages(r)],
            "weights": {"critical_weight": r.choice([4, 4, 1, 0]), "unmet_weight": r.choice([10, 10, 1, 0])},
            "solver": {"time_limit_s": 30},
        }
    )


def _stages(r: Random) -> list[str]:
    main = r.sample(MAIN, r.choice([1, 1, 2, 3, 3, 4, 5]))
    tidy = r.sample(TIDY, r.choice([0, 0, 1, 2]))
    listed = [*main, *tidy] if r.random() < 0.8 else r.sample([*main, *tidy], len(main) + len(tidy))
    # a list of nothing but what an instance may not have is a list of nothing
    return listed if {"cover", "cost", "value", "tickets"} & {*listed} else [*listed, "cover"]


def _rules(r: Random) -> dict[str, Any]:
    kind = r.random()
    firm: dict[str, Any] = {rule: {"level": "contract"} for rule in FIRM}
    if kind < 0.5:
        return firm | {rule: {"level": "contract"} for rule in POLICY}
    if kind < 0.75:
        return firm | {rule: {"level": "policy", "priority": k} for k, rule in enumerate(POLICY, 1)}
    levels = firm | {rule: {"level": "contract"} for rule in WITHOUT_ROWS}
    for rule in sorted({*CAN_GIVE_WAY} - WITHOUT_ROWS):
        level = r.choice(["contract", "contract", "policy", "policy", "off"])
        levels[rule] = {"level": level} | ({"priority": r.randint(1, 5)} if level == "policy" else {})
    for rule in ("funding", "eligibility", "frozen", "storage"):
        if r.random() < 0.1:
            levels[rule] = {"level": "off"}
    return levels
