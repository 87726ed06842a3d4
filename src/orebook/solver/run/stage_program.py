"""One stage as the mixed-integer program that a solver is given, for who studies it or has another solver at hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.errors import InputError, SolveError
from orebook.files.atomic import write_file
from orebook.formulation.build import build, stages_of
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.schema.model import Model
from orebook.schema.stages import StageName
from orebook.solver.lp.backends.highs import program_text
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.gaps import kept_padding, most_kept
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix, matrix_of
from orebook.solver.lp.messages import Program
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.run import Run

FORMATS = (".mps", ".lp")
IN_LP_NAMES = str.maketrans({"[": "(", "]": ")", "-": "~", "*": "#", " ": "_"})
"""Signs of names that the LP format reads as something else, and what stands for them there."""


@dataclass(frozen=True)
class Relaxation:
    """The linear relaxation of a stage, solved: its value in the stage's unit, its point, its duals and reduced costs."""

    value: float
    x: Floats
    row_dual: Floats
    reduced_cost: Floats


@dataclass(frozen=True)
class StageProgram:
    """Minimise cost . x + offset with row_lower <= A x <= row_upper, lower <= x <= upper, x integer where `integer`.

    Shapes: `A` rows by columns; `rows` and `columns` are the names that reports and breaches use. Earlier stages are held by
    rows named `held[STAGE]`. Units are the instance's: tonnes, lots, USD.

        >>> import orebook
        >>> program = orebook.stage_program("teaching/budget", "cost")
        >>> program.rows[-1], len(program.columns) == len(program.cost)
        ('held[cover]', True)
        >>> relaxed = program.relaxation()
        >>> bool((program.A.T @ relaxed.row_dual + relaxed.reduced_cost - program.cost).max() < 1e-6)
        True
    """

    stage: StageName
    A: sp.csr_array
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    integer: NDArray[np.bool_]
    cost: Floats
    offset: float
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    _matrix: Matrix

    def relaxation(self, time_limit_s: float = 600.0) -> Relaxation:
        """The relaxation, solved by HiGHS. Raises SolveError where it does not come to its end."""
        limits, matrix = Limits(0.0, 0.0, time_limit_s), self._matrix
        found = Solver(matrix).solve(self.cost, self.offset, limits, None, Domain.relaxed(matrix))
        if found.ending != "proven":
            raise SolveError(f"the relaxation of {self.stage} is {found.ending}: {found.detail}")
        return Relaxation(found.bound, found.x, found.row_dual, found.reduced_cost)

    def write(self, path: str | Path, *, force: bool = False) -> None:
        """Write it as an .mps or .lp file, names and all; in LP, `-`, `*` and square brackets have stand-ins.

        One that is there already is replaced only for `force`.
        Raises InputError for another ending, WriteError where the file cannot be written.
        """
        path = Path(path)
        if path.suffix not in FORMATS:
            raise InputError([fault(str(path), None, "unknown_format", "has to end in .mps or .lp")])
        names = [self.rows, self.columns]
        if path.suffix == ".lp":
            names = [tuple(name.translate(IN_LP_NAMES) for name in of) for of in names]
        a = self.A
        program = Program(
            cost=self.cost,
            lower=self.lower,
            upper=self.upper,
            integer=self.integer.astype(np.int32),
            row_lower=self.row_lower,
            row_upper=self.row_upper,
            starts=a.indptr.astype(np.int32),
            columns=a.indices.astype(np.int32),
            values=a.data,
        )
        text = program_text(program, self.offset, names[0], names[1], path.suffix)
        write_file(path, text.encode(), force=force)


def stage_program(
    problem: Problem, model: Model, stage: str, options: Options | None = None, stop: Stop | None = None
) -> StageProgram:
    """The program of a stage, as a solver is given it but for the scaling; the stages before it are solved first.

    Raises InputError for a stage that the model does not list or that does not apply, and as a run does for what comes before.
    """
    model = problem.governing(model)
    listed = stages_of(problem, model)
    wanted = next((name for name in listed if name == stage), None)
    if wanted is None:
        says = f"has no stage {stage} that applies to this instance; it has {', '.join(listed)}"
        raise InputError([fault(model.name, None, "no_stage", says)])
    return _named(tightened(_matrix(problem, model, wanted, options, stop or Stop())), wanted)


def _matrix(problem: Problem, model: Model, stage: StageName, options: Options | None, stop: Stop) -> Matrix:
    """The formulation's matrix with every earlier stage held at what a run came to."""
    stages = stages_of(problem, model)
    before = stages[: stages.index(stage)]
    matrix = matrix_of(build(problem, model))
    if not before:
        return matrix
    earlier = model.model_copy(update={"stages": tuple(s for s in model.stages if s.stage in before)})
    options = replace(options or Options.of(model), audit=False)
    plan = Run(problem, earlier, options, stop=stop).solve().plan
    if plan.document.given_up:
        rows = ", ".join(g.row for g in plan.document.given_up)
        raise SolveError(
            f"policy gives way here ({rows}); export the model with these rules off, or the instance changed"
        )
    for result, name in zip(plan.document.stages, before, strict=True):
        matrix = matrix.keeping(name, most_kept(result.value, model.slack_of(name)), kept_padding(result.value))
    return matrix


def _named(matrix: Matrix, stage: StageName) -> StageProgram:
    held = {kept.row: f"held[{kept.stage}]" for kept in matrix.kept}
    return StageProgram(
        stage=stage,
        A=matrix.A,
        row_lower=matrix.row_lower,
        row_upper=matrix.row_upper,
        lower=matrix.lower,
        upper=matrix.upper,
        integer=matrix.integer,
        cost=matrix.cost[stage],
        offset=matrix.offset[stage],
        rows=tuple(held.get(k) or matrix.row_name(k) for k in range(len(matrix.rows))),
        columns=tuple(str(column.name) for column in matrix.columns),
        _matrix=matrix,
    )
