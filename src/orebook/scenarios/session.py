"""A plan and its built model: each what-if of it is a patch of the model and a solve that starts from the plan."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from orebook.changes import changed
from orebook.decisions import Decisions
from orebook.errors import InfeasibleError, InputError, NoPlanError, OrebookError, StoppedError
from orebook.files.models import read_model
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.scenarios.outcome import Ending, Outcome, outcome_of
from orebook.scenarios.prior_plan import with_prior
from orebook.scenarios.scenario import Scenario
from orebook.schema.model import Model
from orebook.schema.tables import InTransit
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options, refuse_limits
from orebook.solver.run.built_model import BuiltModel
from orebook.solver.run.patch import UnpatchableError, patched
from orebook.solver.run.run import Run


@dataclass(frozen=True)
class Patching:
    """How the model of a problem was come by: seconds it took, and why it was built anew; None where it was patched."""

    seconds: float
    rebuilt: str | None


class Session:
    """A problem under a model, solved again and again: the built model stays, and changed figures go into it by position.

    `problem`: where it begins, and, read from it, where it stands.
    `model`: the name of one that ships, its .toml file or the model itself.
    `gap`, `time_limit_s`: of each solve, as in `orebook.solve`; there is no audit.

    `solve` moves the session on: its changes hold from then, and the last plan is where the next solve begins. `whatif`
    leaves it where it is, and changes of the last plan's tickets only what must change. `patching` says of the last call
    whether the model was patched, and in what time; None before the first. Not for two threads at once.

    Raises InputError for a limit that is none or a model that cannot be used.

        >>> import orebook
        >>> session = orebook.Session(orebook.read("teaching/budget"), gap=0)
        >>> session.plan.costs.total_usd
        610000.0
        >>> [session.whatif(f"instance.budget_usd={usd}").costs.total_usd for usd in (500_000, 550_000)]
        [490000.0, 550000.0]
        >>> session.solve("instance.budget_usd=700000").costs.total_usd, session.problem.budget_usd
        (700000.0, 700000.0)
    """

    def __init__(
        self,
        problem: Problem,
        model: str | Path | Model = "weekly",
        *,
        gap: float | None = None,
        time_limit_s: float | None = None,
    ) -> None:
        refuse_limits(gap, time_limit_s)
        self.problem = problem
        self.patching: Patching | None = None
        self._model = model if isinstance(model, Model) else read_model(model)
        self._gap, self._time_limit_s = gap, time_limit_s
        self._plan: Plan | None = None
        self._live: BuiltModel | None = None
        self._whatif_base: BuiltModel | None = None

    @classmethod
    def of(cls, plan: Plan, *, gap: float | None = None, time_limit_s: float | None = None) -> Session:
        """The session of a plan, solved before."""
        session = cls(plan.problem, plan.model, gap=gap, time_limit_s=time_limit_s)
        session._plan = plan
        return session

    @property
    def plan(self) -> Plan:
        """The last plan; solved for where there is none yet."""
        return self._plan or self.solve()

    def solve(self, *changes: str, stop: Stop | None = None) -> Plan:
        """The plan after changes that stay made. Raises as `orebook.solve` does; then nothing is changed."""
        problem = changed(self.problem, changes)
        live = self._built(self._live, problem)
        plan = self._run(live, stop, self._plan)
        self.problem, self._live, self._plan, self._whatif_base = problem, live, plan, None
        return plan

    def whatif(
        self, *changes: str, known: int | None = None, in_transit: InTransit = "lost", stop: Stop | None = None
    ) -> Plan:
        """The plan under changes, as close to the last one as its measures allow.

        `known`: the first week at whose start the changes are known, and from which on they act; the last plan's tickets of
        the weeks before it stay as they were ordered, and `in_transit` says what becomes of goods under way that the changes
        bar. None: they are known from week 1.

        Raises as `orebook.solve` does.
        """
        plan = self.plan
        if known is not None:
            base = with_prior(plan, known - 1)
            problem = changed(base, changes, known, in_transit)
            return self._run(self._built(None, problem), stop, plan)
        if self._whatif_base is None:
            base = with_prior(plan)
            self._whatif_base = BuiltModel.of(base, self._governing(base))
        problem = changed(self._whatif_base.problem, changes)
        return self._run(self._built(self._whatif_base, problem), stop, plan)

    def solve_scenario(self, scenario: Scenario, stop: Stop | None = None) -> Outcome:
        """What a scenario comes to; where it has no plan, the outcome says why."""
        began = time.perf_counter()
        changes = scenario.changes
        try:
            plan = self.whatif(*changes, known=scenario.known, in_transit=scenario.in_transit, stop=stop)
        except OrebookError as error:
            ending, why = _ending(error), str(error)
            seconds = time.perf_counter() - began
            return Outcome(**scenario.model_dump(), status=ending, why=why, seconds=seconds)
        return outcome_of(scenario, plan, time.perf_counter() - began)

    def _built(self, base: BuiltModel | None, problem: Problem) -> BuiltModel:
        began, model = time.perf_counter(), self._governing(problem)
        built, why = _patched(base, problem, model) if base else (None, "nothing was built before")
        built = built or BuiltModel.of(problem, model)
        self.patching = Patching(time.perf_counter() - began, why)
        return built

    def _governing(self, problem: Problem) -> Model:
        return problem.governing(self._model)

    def _run(self, built: BuiltModel, stop: Stop | None, last: Plan | None) -> Plan:
        options = Options.of(built.model, gap=self._gap, time_limit_s=self._time_limit_s, threads=1, audit=False)
        warm_start = WarmStart(Decisions.of(last.document)) if last else None
        return (
            Run(built.problem, built.model, options, stop=stop or Stop(), warm_start=warm_start, built=built)
            .solve()
            .plan
        )


def _patched(base: BuiltModel, problem: Problem, model: Model) -> tuple[BuiltModel | None, str | None]:
    """The patched model, or None and why there is none."""
    try:
        return patched(base, problem, model), None
    except UnpatchableError as error:
        return None, str(error)


def _ending(error: OrebookError) -> Ending:
    kinds: tuple[tuple[type[OrebookError], Ending], ...] = (
        (InputError, "refused"),
        (InfeasibleError, "infeasible"),
        (StoppedError, "unknown"),
        (NoPlanError, "infeasible"),
    )
    return next((ending for kind, ending in kinds if isinstance(error, kind)), "failed")
