"""Who hears of a study while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from orebook.plan import Plan
from orebook.scenarios.outcome import Outcome
from orebook.solver.run.listener import Listener


@dataclass(frozen=True)
class StudyListener:
    """Calls that a study makes; `base` is the listener of the base plan's own solve."""

    on_base_begin: Callable[[], None] = lambda: None
    base: Listener = field(default_factory=Listener)
    on_base_solved: Callable[[Plan], None] = lambda _plan: None
    on_begin: Callable[[int], None] = lambda _count: None
    """So many scenarios are about to be solved; some may be cached."""
    on_outcome: Callable[[Outcome], None] = lambda _outcome: None
    """A scenario was solved; one that was cached makes no call."""
