"""What a report is made of: a plan, what is known of it, and what is left out of this copy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan

from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.report.redaction import redacted, redacted_hedge
from orebook.schema.facts import Fact, Interval, Kind
from orebook.schema.hidden import Hidden
from orebook.schema.stages import stage_of

NEGLIGIBLE = 1e-6
"""An amount that is rounding."""


@dataclass(frozen=True)
class Brief:
    """A plan with its facts; what is `hidden` is in neither. `dropped` are the answers that failed their check."""

    plan: Plan
    facts: tuple[Fact, ...]
    hidden: frozenset[Hidden]
    dropped: tuple[str, ...]
    hedged: HedgedPlan | None = None
    """The hedged plan whose main plan it is."""

    @classmethod
    def of(
        cls,
        plan: Plan | HedgedPlan,
        facts: Iterable[Fact] = (),
        hide: Iterable[Hidden] = (),
        dropped: Sequence[str] = (),
    ) -> Brief:
        """The brief of a plan, or of a hedged one and its main plan, redacted before anything is made of it."""
        hidden, hedged = frozenset(hide), plan if isinstance(plan, HedgedPlan) else None
        main = plan.main if isinstance(plan, HedgedPlan) else plan
        shown, known, why = redacted(main, tuple(facts), tuple(dropped), hidden)
        return cls(shown, known, hidden, why, redacted_hedge(hedged, hidden) if hedged else None)

    def hides(self, what: Hidden) -> bool:
        """Whether this copy goes without it."""
        return what in self.hidden

    def of_kind(self, kind: Kind) -> tuple[Fact, ...]:
        """The facts of a kind, in their order."""
        return tuple(fact for fact in self.facts if fact.kind == kind)

    def said(self, facts: Iterable[Fact]) -> tuple[str, ...]:
        """The sentences of facts; those that would tell what is hidden have none."""
        return tuple(fact.says for fact in facts if fact.says)


def ends(fact: Fact, name: str) -> Interval | None:
    """A figure as the ends of an interval; None where the fact has none of that name."""
    value = fact.figures.get(name)
    return value if value is None or isinstance(value, tuple) else (value, value)


def number(fact: Fact, name: str) -> float:
    """A figure that is one number, 0 where the fact has none; of an interval the end that a plan reaches."""
    found = ends(fact, name)
    return 0.0 if found is None else found[1]


def less(interval: Interval | None) -> Interval | None:
    """What a difference takes away: the interval with its sign turned, its rounding taken off."""
    return None if interval is None else (_clean(-interval[1]), _clean(-interval[0]))


def tells(fact: Fact, name: str) -> bool:
    """Whether a difference is there, whatever the gaps."""
    low, high = ends(fact, name) or (0.0, 0.0)
    return low >= stage_of(name).least_told or high <= -stage_of(name).least_told


def _clean(x: float) -> float:
    return x if isnan(x) or abs(x) > NEGLIGIBLE else 0.0
