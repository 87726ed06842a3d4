"""The progress of a solve as JSON: the stage, what it has and what is proven, and where earlier stages ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from orebook.plan import Plan
from orebook.schema.stages import STAGES, StageName
from orebook.solver.lp.gaps import gap_of
from orebook.solver.lp.limits import Progress
from orebook.solver.run.listener import Listener

EVERY_S = 0.25


class ProgressJson:
    """Tells at most four times a second, and always when a stage begins."""

    def __init__(self, send: Callable[[dict[str, Any]], None]) -> None:
        self._send = send
        self._stages: dict[str, dict[str, Any]] = {}
        self._at, self._stage, self._notes = 0.0, "", list[str]()

    def listener(self, on_plan: Callable[[Plan], None] | None = None) -> Listener:
        """The calls that a run makes; `on_plan` gets the plan that each stage leaves."""
        return Listener(
            on_plan=on_plan,
            on_progress=self._progress,
            on_given_up=lambda loosened: self._note(
                "no plan keeps every rule; policy gives way: " + ", ".join(sorted(row for _, row in loosened.excused))
            ),
            on_alone=lambda future, _plan: self._note(f"solved as if it were known today: {future}"),
            on_refuted=lambda: self._note("the audit refutes the proof; solving again the other way"),
        )

    def auditing(self) -> None:
        """The plan is there; its proof is being audited."""
        self._send({**self._content(), "stage": "audit"})

    def _progress(self, stage: StageName, progress: Progress) -> None:
        best, bound = progress.incumbent, progress.bound
        self._stages[stage] = {
            "stage": stage,
            "unit": STAGES[stage].unit,
            "incumbent": best,
            "bound": bound,
            "gap": None if best is None or bound is None else gap_of(stage, best, bound),
            "seconds": progress.seconds,
        }
        now = time.monotonic()
        if stage != self._stage or now - self._at >= EVERY_S:
            self._stage, self._at = stage, now
            self._send(self._content())

    def _content(self) -> dict[str, Any]:
        return {"stage": self._stage, "stages": list(self._stages.values()), "notes": list(self._notes)}

    def _note(self, text: str) -> None:
        self._notes.append(text)
        self._send(self._content())
