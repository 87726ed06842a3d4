"""Outcomes cached on disk by content, a file each: the same list solved again tomorrow solves only what is new."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from pydantic import ValidationError

from orebook.files.atomic import write_file
from orebook.plan import Plan
from orebook.scenarios.outcome import Outcome
from orebook.scenarios.scenario import Scenario

CACHE_VERSION = 3
"""Counted up when what an outcome says changes."""
CACHEABLE = frozenset({"optimal", "feasible", "infeasible", "refused"})
"""Endings that would be the same tomorrow; a scenario that failed or ran out of time is solved again."""


@dataclass
class OutcomeCache:
    """The outcomes of one base plan at one gap and time limit, in a folder; None caches nothing."""

    folder: Path | None
    base: Plan
    gap: float | None = None
    time_limit_s: float | None = None

    def __post_init__(self) -> None:
        plan = self.base
        tickets = sorted((t.offer, t.week, t.tonnes) for t in plan.document.tickets)
        content = [
            CACHE_VERSION,
            version("orebook"),
            plan.problem.digest,
            plan.model.digest(),
            tickets,
            self.gap,
            self.time_limit_s,
        ]
        self._content = json.dumps(content, sort_keys=True)

    def get(self, scenario: Scenario) -> Outcome | None:
        """The outcome of a scenario with these changes, whatever its name was then."""
        path = self._path(scenario)
        if path is None or not path.is_file():
            return None
        try:
            found = Outcome.model_validate_json(path.read_bytes())
        except ValidationError:
            return None
        return found.model_copy(update={"name": scenario.name, "note": scenario.note})

    def put(self, scenario: Scenario, outcome: Outcome) -> None:
        """Cache an outcome that would be the same tomorrow."""
        path, unaided = self._path(scenario), outcome.has_plan and outcome.why
        if path is not None and outcome.status in CACHEABLE and not unaided:
            write_file(path, outcome.model_dump_json().encode(), force=True)

    def _path(self, scenario: Scenario) -> Path | None:
        if self.folder is None:
            return None
        key = hashlib.sha256(f"{self._content} {json.dumps(scenario.what_changes)}".encode()).hexdigest()[:24]
        return self.folder / f"{key}.json"
