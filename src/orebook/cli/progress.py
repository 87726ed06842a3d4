"""What a solve says while it runs: incumbent, bound and gap of each stage, on standard error."""

from __future__ import annotations

import time

from orebook.cli.output import say
from orebook.formulation.build import Formulation
from orebook.plan import Plan
from orebook.schema.stages import STAGES, TIE_BREAKING, StageName
from orebook.solver.infeasibility.feasibility_relaxation import RelaxedPolicies
from orebook.solver.lp.gaps import gap_of
from orebook.solver.lp.limits import Progress
from orebook.solver.lp.matrix import Matrix
from orebook.solver.lp.scaling import Ranges
from orebook.solver.run.listener import Listener

EVERY_S = 2.0


class Reporter:
    """Says a line when a stage begins and every two seconds where something has changed."""

    def __init__(self) -> None:
        self._stage, self._at, self._line = "", 0.0, ""

    def listener(self) -> Listener:
        """The calls that a run makes."""
        return Listener(
            on_built=self._built,
            on_progress=self._progress,
            on_refuted=self._refuted,
            on_given_up=self._given_up,
            on_alone=self._alone,
        )

    def _built(self, formulation: Formulation, matrix: Matrix, ranges: Ranges) -> None:
        rows, columns = matrix.A.shape
        left_out = ", ".join(f"{n} {reason}" for reason, n in sorted(formulation.left_out.items())) or "none"
        say(f"model: {columns} columns ({int(matrix.integer.sum())} whole), {rows} rows; orders left out: {left_out}")
        (low, high), (least, most) = ranges.raw, ranges.scaled
        say(f"coefficients from {low:.2g} to {high:.2g}, scaled {least:.2g} to {most:.2g}")
        if ranges.too_wide:
            say("warning: the scaled coefficients span more than 1e8; small amounts may be lost beside large ones")

    def _progress(self, stage: StageName, progress: Progress) -> None:
        line = _line(stage, progress)
        due = stage != self._stage or time.monotonic() - self._at >= EVERY_S
        if due and line != self._line:
            say(f"{progress.seconds:7.1f} s  {line}")
            self._stage, self._at, self._line = stage, time.monotonic(), line

    def _given_up(self, loosened: RelaxedPolicies) -> None:
        rows = ", ".join(sorted(row for _rule, row in loosened.excused))
        say(f"no plan keeps every rule; policy gives way: {rows}")

    def _alone(self, future: str, plan: Plan) -> None:
        main = [s for s in plan.document.stages if s.stage not in TIE_BREAKING]
        reached = ", ".join(f"{s.stage} {s.value:,.6g} {STAGES[s.stage].unit}" for s in main)
        say(f"{future}, if it were known today: {reached}")

    def _refuted(self) -> None:
        say("THE AUDIT REFUTES THE PROOF: a better plan exists. The proof is withdrawn; solving again the other way.")


def _line(stage: StageName, progress: Progress) -> str:
    unit = STAGES[stage].unit
    best, bound = progress.incumbent, progress.bound
    parts = [f"{stage}:", "no plan yet" if best is None else f"{best:,.6g} {unit}"]
    if bound is not None:
        parts.append(f"bound {bound:,.6g}")
    if best is not None and bound is not None:
        parts.append(f"gap {100 * gap_of(stage, best, bound):.2f} % ({max(0.0, best - bound):,.3g} {unit})")
    return "  ".join(parts)
