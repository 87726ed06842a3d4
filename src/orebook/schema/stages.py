"""The stages, once: what each measures, in which unit, and what its figures are called wherever they are told."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from orebook.extensions import Chosen, Extended

BuiltInStage = Literal["unmet", "ration", "fair", "cover", "cost", "value", "changes", "tickets"]
StageName = str
"""A stage that is built in, or that a package brings."""
FigureUnit = Literal["days", "share", "usd", "orders", "tickets"]
"""The ending of the names of figures of a measure."""


@dataclass(frozen=True)
class StageKind:
    """A stage.

    `smallest`: below this size a value is measured against it, gap = (value - bound) / max(|value|, smallest), as
    formulation.md has it. `least_told`: less of the measure is none in words. Both are in `unit`.
    """

    name: StageName
    label: str
    """What a planner calls it."""
    unit: str
    figure_unit: FigureUnit
    smallest: float
    least_told: float
    counts: str
    """What a number of the measure counts, unit and all."""
    figure: str | None = None
    """The name of figures that are differences of the measure; tie-breaking stages have none."""
    money: bool = False

    @property
    def tie_breaking(self) -> bool:
        """Whether it only makes the plan easier to live with, and does not bear on `status`."""
        return self.figure is None


_KINDS = (
    StageKind(
        name="unmet",
        label="withdrawals not served",
        unit="weighted days",
        figure_unit="days",
        smallest=1e-3,
        least_told=1e-3,
        counts="weighted days not served",
        figure="unmet_days",
    ),
    StageKind(
        name="ration",
        label="the worst-served withdrawal",
        unit="share",
        figure_unit="share",
        smallest=1e-6,
        least_told=1e-6,
        counts="of the worst-served withdrawal not served",
        figure="ration_share",
    ),
    StageKind(
        name="fair",
        label="the worst target",
        unit="share",
        figure_unit="share",
        smallest=1e-6,
        least_told=1e-6,
        counts="of the worst target short",
        figure="fair_share",
    ),
    StageKind(
        name="cover",
        label="days short",
        unit="weighted days",
        figure_unit="days",
        smallest=1e-3,
        least_told=1e-3,
        counts="weighted days short",
        figure="cover_days",
    ),
    StageKind(
        name="cost",
        label="cost",
        unit="USD",
        figure_unit="usd",
        smallest=1.0,
        least_told=0.005,
        counts="cost USD",
        figure="cost_usd",
        money=True,
    ),
    StageKind(
        name="value",
        label="cost and days short",
        unit="USD",
        figure_unit="usd",
        smallest=1.0,
        least_told=0.005,
        counts="cost and days short, USD",
        figure="value_usd",
        money=True,
    ),
    StageKind(
        name="changes",
        label="orders changed",
        unit="orders",
        figure_unit="orders",
        smallest=1.0,
        least_told=0.0,
        counts="orders changed",
    ),
    StageKind(
        name="tickets",
        label="fewer tickets",
        unit="tickets",
        figure_unit="tickets",
        smallest=1.0,
        least_told=0.0,
        counts="tickets",
    ),
)
BUILT_IN: Mapping[str, StageKind] = MappingProxyType({kind.name: kind for kind in _KINDS})
"""In the order in which models list them."""

PRIORITIES = range(1, 10)
"""Of members; 1 is served first."""

BY_PRIORITY: Mapping[str, tuple[str, int]] = MappingProxyType(
    {f"{name}/{p}": (name, p) for name in ("unmet", "ration") for p in PRIORITIES}
)
"""Stage over the withdrawals of members of one priority -> the stage that it is one of, and the priority."""


def _of_priority(name: str) -> StageKind:
    of, priority = BY_PRIORITY[name]
    kind, (figure, unit) = BUILT_IN[of], (BUILT_IN[of].figure or "").split("_")
    label, counts = f"{kind.label}, priority {priority}", f"{kind.counts}, priority {priority}"
    return replace(kind, name=name, label=label, counts=counts, figure=f"{figure}_{priority}_{unit}")


_ALL = (*_KINDS, *map(_of_priority, BY_PRIORITY))

STAGES: Mapping[str, StageKind] = Extended(
    {kind.name: kind for kind in _ALL}, "stages", lambda stage: {stage.kind.name: stage.kind}
)
"""Those, those of one priority, then those that packages bring."""

TIE_BREAKING: Set[StageName] = Chosen(STAGES, lambda kind: kind.tie_breaking)
MONEY_STAGES: Set[StageName] = Chosen(STAGES, lambda kind: kind.money)

FIGURE_OF: Mapping[StageName, str] = Extended(
    {kind.name: kind.figure for kind in _ALL if kind.figure},
    "stages",
    lambda stage: {stage.kind.name: stage.kind.figure} if stage.kind.figure else {},
)
"""Stage -> the name of figures that are differences of its measure."""

STAGE_OF: Mapping[str, StageName] = Extended(
    {kind.figure: kind.name for kind in _ALL if kind.figure},
    "stages",
    lambda stage: {stage.kind.figure: stage.kind.name} if stage.kind.figure else {},
)
"""The name of such a figure -> stage."""


def base_of(stage: StageName) -> StageName:
    """The stage that one of a priority is one of; itself otherwise."""
    return BY_PRIORITY[stage][0] if stage in BY_PRIORITY else stage


def stage_of(figure: str) -> StageKind:
    """The stage that a figure is a difference of. Raises KeyError for any other figure."""
    return STAGES[STAGE_OF[figure]]
