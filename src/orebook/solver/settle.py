"""From the solver's point to a judged plan: integers fixed, the rest solved again, quantised, and held against the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from orebook.decisions import Decisions
from orebook.errors import DisagreementError
from orebook.extract import Rounding, extract, with_draws
from orebook.formulation.build import Formulation
from orebook.judge import Judge
from orebook.judge.judgement import Breach, Judgement
from orebook.problem import Problem
from orebook.schema.model import TIDYING, Model, StageName
from orebook.solver.highs import Limits, Part, Solver
from orebook.solver.matrix import Floats, Matrix
from orebook.solver.tidy import Tidy

DECISIONS = ("lots", "tonnes", "put", "out", "draw")
"""Variables that a plan is made of; all others follow from them."""

AGREEMENT = 1e-5
"""Part of a measure (at least of one of its unit) within which model and judge agree: the solver's tolerance and grams."""


@dataclass(frozen=True)
class Settled:
    """A point of the model and the judged plan that it stands for."""

    x: Floats
    decisions: Decisions
    judgement: Judgement


class Settler:
    """Settles points of one formulation; `excused` are the policy rows given up, by (rule, row).

    `matrix` is any of the formulation's: all have its columns.
    """

    def __init__(
        self,
        problem: Problem,
        model: Model,
        formulation: Formulation,
        matrix: Matrix,
        excused: frozenset[tuple[str, str]],
    ) -> None:
        self._problem, self._model, self._formulation = problem, model, formulation
        self._judge = Judge(problem, model)
        self._excused = excused
        self._tidy = Tidy(formulation, problem, matrix)
        self._decided = [
            (k, (name, v.index()))
            for k, v in enumerate(matrix.columns)
            if (name := v.parent_component().local_name) in DECISIONS
        ]

    def settle(self, solver: Solver, stage: StageName, x: Floats) -> Settled:
        """The plan of a point. Raises DisagreementError where judge and model cannot be made to agree."""
        broken: tuple[Breach, ...] = ()
        for point, rounding in self._points(solver, stage, x):
            decisions, judgement = self._judged(point, rounding)
            broken = tuple(b for b in judgement.breaches if (b.rule, b.row) not in self._excused)
            if not broken:
                self._compare(solver, stage, point, judgement)
                return Settled(point, decisions, judgement)
        says = "; ".join(b.says for b in broken[:3])
        raise DisagreementError(f"the judge finds what the model does not: {says}")

    def _points(self, solver: Solver, stage: StageName, x: Floats) -> Iterator[tuple[Floats, Rounding]]:
        """What to try: the point made exact, with tonnes to the nearest gram, down or up; then the point as it is."""
        exact_point = self._exact(solver, stage, x)
        if exact_point is not None:
            for rounding in ("nearest", "down", "up"):
                yield exact_point, rounding
        yield x, "nearest"

    def _exact(self, solver: Solver, stage: StageName, x: Floats) -> Floats | None:
        """The best continuous part for these integers, tickets without tonnes taken off.

        A tidying stage counts whole orders alone, so there the last main stage says what is best.
        """
        matrix = solver.matrix
        main = [s for s in self._formulation.stages if s not in TIDYING]
        stage = main[-1] if stage in TIDYING and main else stage
        whole = self._tidy.apply(solver.matrix, x)
        for integers in (whole, x):
            fixed = matrix.integer
            upper = np.where(fixed, integers, matrix.upper)
            none = self._tidy.unplaced(matrix, integers)
            upper[none] = matrix.lower[none]
            part = Part(np.where(fixed, integers, matrix.lower), upper, np.zeros_like(fixed))
            limits = Limits(0.0, 0.0, 60.0, to_the_end=True)
            outcome = solver.solve(matrix.cost[stage], matrix.offset[stage], limits, None, part, quiet=True)
            if outcome.has_plan:
                return np.where(fixed, integers, outcome.x)
        return None

    def _judged(self, x: Floats, rounding: Rounding) -> tuple[Decisions, Judgement]:
        values = {key: float(x[k]) for k, key in self._decided}
        decisions = extract(self._problem, self._formulation, values, rounding)
        cash = self._judge.cash(decisions)
        decisions = with_draws(self._problem, decisions, cash, values, self._model.on("funding"))
        return decisions, self._judge.judge(decisions)

    def _compare(self, solver: Solver, stage: StageName, x: Floats, judgement: Judgement) -> None:
        """The model's measures against the judge's, every stage; the judge's may be lower by what rounding saves."""
        grams = sum(abs(t.order_cash_usd) / t.tonnes * 1e-6 for t in judgement.tickets if t.lots is None)
        for name in self._formulation.stages:
            said, judged = solver.matrix.value(name, x), float(judgement.measures[name])
            tolerance = AGREEMENT * max(1.0, abs(judged)) + (grams + 0.01 if name in ("cost", "value") else 0.0)
            # The variables of a stage that is not minimised to its end may overstate it; none may understate it.
            settled = name == stage and name not in TIDYING
            if judged - said > tolerance or (settled and said - judged > tolerance):
                raise DisagreementError(f"{name}: the model says {said!r}, the judge {judged!r}")
