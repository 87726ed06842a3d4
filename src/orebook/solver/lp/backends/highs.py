"""HiGHS, the default.

Settled here, each for a reason measured on HiGHS 1.15.1: the presolve rule *probing* is off (it returned wrong optima), threads
and seed are fixed (same input, same bytes). On small programs, the rules that put one column for another, *doubleton equation*
and *aggregator*, are off too: they returned wrong optima where a column has next to no room, as it has where a stage is kept at
0. Large programs are proven by the duals of relaxations, and are slower without them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from typing import Any

import highspy
import numpy as np

from orebook.errors import SolveError
from orebook.solver.lp.backends.backend import Capabilities, RefusedError, Say
from orebook.solver.lp.messages import Answer, Basis, Floats, Heuristics, Plan, Program, Settings, Sign, Status

PROBING, SUBSTITUTION = 1 << 15, 1 << 9 | 1 << 12
"""The bits of `presolve_rule_off` that switch presolve rules off: *probing*; *doubleton equation* and *aggregator*."""

SMALL_COLUMNS = 5000
"""Columns of the largest program without the latter."""

_SLOW = {"mip_heuristic_run_root_reduced_cost": False}
_REST = {f"mip_heuristic_run_{name}": False for name in ("rens", "rins", "feasibility_jump")}
HEURISTICS: dict[Heuristics, dict[str, Any]] = {
    "all": {},
    "quick": _SLOW | {"mip_allow_restart": False},
    "none": _SLOW | _REST | {"mip_heuristic_effort": 0.0},
}
"""How it looks for plans: on a small program, a search among columns of small reduced cost is slow and seldom of use; where
only a bound is asked for, any search is."""

INTERIOR = {"solver": "ipm", "run_crossover": "off"}
"""A relaxation by the interior point method; crossover to a basis takes longer than the method itself."""

_STATUS: dict[Any, Status] = {
    highspy.HighsModelStatus.kOptimal: "optimal",
    highspy.HighsModelStatus.kInfeasible: "infeasible",
    highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
    highspy.HighsModelStatus.kTimeLimit: "time",
    highspy.HighsModelStatus.kInterrupt: "interrupt",
    highspy.HighsModelStatus.kSolutionLimit: "count",
    highspy.HighsModelStatus.kIterationLimit: "count",
}


class Backend:
    """HiGHS through highspy."""

    capabilities = Capabilities(duals=True, basis=True, dual_ray=True)

    def __init__(self) -> None:
        self._highs = highspy.Highs()
        self._integer = True

    def load(self, program: Program, settings: Settings) -> None:
        """Options first, then the arrays as they are: attribute by attribute it is copied a number at a time."""
        small = len(program.cost) <= SMALL_COLUMNS
        rules = {"presolve_rule_off": PROBING | SUBSTITUTION if small else PROBING}
        for name, value in {**_options(settings), **rules}.items():
            if value is not None and self._highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
                raise RefusedError(f"{name} = {value}")
        self._integer = bool(program.integer.any())
        if self._highs.passModel(*as_passed(program)) == highspy.HighsStatus.kError:
            raise RefusedError("the model")

    def minimise(self, start: Floats | None, basis: Basis | None, stop: Event | None, say: Say) -> Answer:
        """Solve it; duals and basis come with a relaxation that was solved to its end."""
        highs = self._highs
        if start is not None:
            solution = highspy.HighsSolution()
            solution.col_value = list(start)
            highs.setSolution(solution)
        if basis is not None:
            highs.setBasis(_basis(basis))
        self._tell(stop, say)
        highs.run()
        return self._answer()

    def log_to(self, write: Callable[[str], None]) -> None:
        """By HiGHS' logging callback."""
        self._highs.cbLogging.subscribe(lambda event: write(event.message))

    def dual_ray(self) -> Floats | None:
        """Of a relaxation that was found empty without presolve."""
        if self._highs.getModelStatus() != highspy.HighsModelStatus.kInfeasible:
            return None
        _, there, ray = self._highs.getDualRay()
        return np.array(ray) if there else None

    def _tell(self, stop: Event | None, say: Say) -> None:
        def interrupt(event: Any) -> None:
            if stop is not None and stop.is_set():
                event.data_in.user_interrupt = True

        highs = self._highs
        highs.cbMipLogging.subscribe(lambda e: say(Sign(e.data_out.mip_primal_bound, e.data_out.mip_dual_bound)))
        highs.cbMipImprovingSolution.subscribe(lambda e: say(Plan(np.array(e.data_out.mip_solution))))
        if stop is not None:
            highs.cbMipInterrupt.subscribe(interrupt)
            highs.cbSimplexInterrupt.subscribe(interrupt)

    def _answer(self) -> Answer:
        highs = self._highs
        info, status, solution = highs.getInfo(), highs.getModelStatus(), highs.getSolution()
        there = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        relaxed = there and status == highspy.HighsModelStatus.kOptimal and not self._integer
        basis = highs.getBasis() if relaxed else None
        return Answer(
            status=_STATUS.get(status, "other"),
            word=highs.modelStatusToString(status),
            bound=info.mip_dual_bound if self._integer else info.objective_function_value,
            objective=info.objective_function_value,
            x=np.array(solution.col_value) if there else None,
            duals=(np.array(solution.col_dual), np.array(solution.row_dual)) if relaxed else None,
            basis=None if basis is None else (_numbers(basis.col_status), _numbers(basis.row_status)),
            presolved=self._integer and info.simplex_iteration_count == 0,
        )


def as_passed(program: Program) -> tuple[Any, ...]:
    """The arguments of `highspy.Highs.passModel`."""
    return (
        len(program.cost),
        len(program.row_lower),
        len(program.values),
        highspy.MatrixFormat.kRowwise.value,
        highspy.ObjSense.kMinimize.value,
        0.0,
        program.cost,
        program.lower,
        program.upper,
        program.row_lower,
        program.row_upper,
        program.starts,
        program.columns,
        program.values,
        program.integer,
    )


def _options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {
        "output_flag": True,  # the callbacks are silent without it
        "log_to_console": False,
        "threads": 1,
        "random_seed": settings.seed,
        "presolve": "choose" if settings.presolve else "off",
        "mip_rel_gap": settings.gap,
        "time_limit": settings.seconds,
        "mip_max_nodes": settings.nodes,
        "mip_max_stall_nodes": settings.stalled_nodes,
        "mip_max_improving_sols": settings.improvements,
        "simplex_iteration_limit": settings.iterations,
        **dict.fromkeys(("primal_feasibility_tolerance", "mip_feasibility_tolerance"), settings.feasibility),
    }
    by = INTERIOR if settings.interior else {}
    return {**options, **by, **HEURISTICS[settings.heuristics], "mip_abs_gap": settings.absolute_gap}


def _numbers(statuses: Any) -> Any:
    return np.fromiter(map(int, statuses), np.int8)


def _basis(given: Basis) -> Any:
    basis, statuses = highspy.HighsBasis(), [highspy.HighsBasisStatus(k) for k in range(5)]
    basis.valid, basis.alien = True, False
    basis.col_status, basis.row_status = ([statuses[k] for k in part] for part in given)
    return basis


def program_text(program: Program, offset: float, rows: Sequence[str], columns: Sequence[str], ending: str) -> str:
    """A program with names as the text of a file, whose ending (.mps, .lp) says the format. Raises SolveError."""
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.passModel(*as_passed(program))
    highs.changeObjectiveOffset(offset)
    for k, name in enumerate(columns):
        highs.passColName(k, name)
    for k, name in enumerate(rows):
        highs.passRowName(k, name)
    with TemporaryDirectory() as folder:
        made = Path(folder) / f"program{ending}"
        if highs.writeModel(str(made)) == highspy.HighsStatus.kError or not made.exists():
            raise SolveError(f"the solver cannot write a program as {ending}")
        return made.read_text(encoding="utf-8")
