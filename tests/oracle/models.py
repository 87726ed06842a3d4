"""The models that draws are solved under: each stage, each level, with and without slack."""

from __future__ import annotations

from typing import Any

from orebook.schema.model import Model
from orebook.schema.rules import RuleName
from tests.judge.cases import WEEKLY

FIRM: tuple[RuleName, ...] = (
    "offers",
    "storage",
    "budget",
    "funding",
    "houses",
    "eligibility",
    "entitlement",
    "commit",
    "must",
    "frozen",
    "bids",
    "convert",
    "substitute",
)
POLICY: tuple[RuleName, ...] = ("shares", "ceiling", "market", "split", "shelf")


def _model(name: str, stages: list[tuple[str, float]], policy: dict[str, int], contract: tuple[str, ...] = ()) -> Model:
    """A model of `FIRM` and `contract` rules as contract, `policy` with their priorities."""
    rules: dict[str, Any] = {rule: {"level": "contract"} for rule in (*FIRM, *contract) if rule not in policy}
    rules |= {rule: {"level": "policy", "priority": p} for rule, p in policy.items()}
    return Model.model_validate(
        {"name": name, "rules": rules, "stages": [{"stage": s, "slack": slack} for s, slack in stages]}
    )


MODELS: dict[str, Model] = {
    m.name: m
    for m in (
        WEEKLY,
        _model("fair", [("unmet", 0), ("fair", 0), ("cover", 0), ("cost", 0), ("tickets", 0)], {}, POLICY),
        _model("value", [("value", 0.01), ("tickets", 0)], {"split": 1, "shares": 2}, ("ceiling", "market")),
        _model(
            "thrift",
            [("unmet", 0), ("cost", 0.05), ("cover", 0), ("changes", 0)],
            {"must": 1, "ceiling": 2, "shelf": 3},
        ),
        _model(
            "lenient",
            [("unmet", 0), ("cover", 0), ("value", 0.02), ("changes", 0), ("tickets", 0)],
            {
                "commit": 1,
                "must": 2,
                "budget": 3,
                "houses": 3,
                "shares": 4,
                "market": 5,
                "ceiling": 6,
                "split": 7,
                "shelf": 8,
            },
        ),
    )
}
"""By name. Whatever comes before a stage with slack leaves nothing but orders to what follows: whole tonnes suffice."""
EMERGENCY = _model(
    "emergency", [("unmet/1", 0), ("unmet/5", 0), ("cover", 0), ("cost", 0), ("tickets", 0)], {}, tuple(POLICY)
)
"""Those of the first priority first."""
