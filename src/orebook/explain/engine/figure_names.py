"""What figures that are differences of a stage's measure are called."""

from __future__ import annotations

from collections.abc import Mapping

from orebook.schema.model import StageName

FIGURE_OF: dict[StageName, str] = {
    "unmet": "unmet_days",
    "fair": "fair_share",
    "cover": "cover_days",
    "cost": "cost_usd",
    "value": "value_usd",
}
"""stage -> the name of the figure."""

STAGE_OF: Mapping[str, StageName] = {name: stage for stage, name in FIGURE_OF.items()}
"""The name of the figure -> stage."""
