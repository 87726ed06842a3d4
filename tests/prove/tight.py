"""Each stage of a tight draw: no plan of anyone's is under a bound that orebook prints, and what it does without, it must.

`found` is what orebook gets wrong:
  bound        a plan is under the bound that a stage printed: a wrong optimum, called one
  worse        a plan is better than the one found by more than the gap asked for, and no bound says otherwise
  better       a plan that rows of policy are said to rule out, or a better stage than any other solver says there can be
  infeasible   called so, and there is a plan; `gave way`: rows of policy given up that a plan keeps
  unproven     a proof within the gap was not had, where another solver has one at once
  verify, lots, grams, below nothing   see `standing.py`;  exception, hangs, dies   what it says
`canaries` are the same of other solvers: a bound over a plan, or no plan where there is one.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import orebook
from orebook.errors import InfeasibleError, OrebookError, StoppedError
from orebook.formulation.build import build
from orebook.judge import Judge
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.document import Document
from orebook.schema.model import Model
from orebook.schema.plan import StageResult
from orebook.schema.stages import STAGES, TIE_BREAKING
from orebook.solver.infeasibility.feasibility_relaxation import RelaxedPolicies
from orebook.solver.lp.gaps import within
from orebook.solver.lp.matrix import matrix_of
from orebook.solver.run.listener import Listener
from tests.bench.untightened import untightened
from tests.prove.draws import tight
from tests.prove.kept import keep
from tests.prove.ledger import Found, Tried
from tests.prove.peers import PEERS, Arbiter, Side, claim, plan_of
from tests.prove.stages import model_of
from tests.prove.standing import standing
from tests.prove.wilder import wilder
from tests.second.door import Point

HAIR = 1e-6
"""Part of a measure (at least of the least of it that counts) that tolerances may hide."""
PLAIN = 1e-5
"""The same where two solvers have only their words."""
TAME = 1500
"""Draws from this one on have rare things besides."""
GAPS = (0.005, 0.005, 1e-6, 0.0)


TIDY: frozenset[str] = frozenset(TIE_BREAKING)


@dataclass(frozen=True)
class Drawn:
    """A draw: its document, the model and the gap it is solved with."""

    document: Document
    model: Model
    gap: float
    audit: bool

    @classmethod
    def of(cls, draw: int) -> Drawn:
        """The draw of a number, always the same."""
        r = Random(f"tight/{draw}")
        document = tight(r)
        if draw >= TAME:
            document = wilder(document, Random(f"wilder/{draw}"))
        return cls(document, model_of(r), r.choice(GAPS), r.random() < 0.05)


def try_tight(draw: int, kept: Path) -> Tried:
    """Solve a draw and hold what comes of it against all others; what is found is kept as files."""
    began, drawn = time.perf_counter(), Drawn.of(draw)
    check = Check(problem_of(drawn.document), drawn)
    ending = check.run()
    folder = kept / f"{draw:06d}"
    if check.found or check.canaries:
        keep(folder, drawn.document, drawn.model)
    seconds = time.perf_counter() - began
    return Tried(draw, ending, seconds, tuple(check.found), tuple(check.canaries), dict(check.counts))


@dataclass
class Check:
    """One draw being tried."""

    problem: Problem
    drawn: Drawn
    found: list[Found] = field(default_factory=list)
    canaries: list[Found] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    plan: Plan | None = None
    _loosened: list[RelaxedPolicies] = field(default_factory=list)

    def run(self) -> str:
        """How the draw ended, in a word."""
        model, began = self.drawn.model, time.perf_counter()
        try:
            plan = orebook.solve(
                self.problem,
                model,
                gap=self.drawn.gap,
                audit=self.drawn.audit,
                listener=Listener(on_given_up=self._loosened.append),
            )
        except InfeasibleError:
            if peer := plan_of(self.problem, self.drawn.model):
                self.found.append(Found("infeasible", f"{peer} has a plan"))
            return "infeasible"
        except StoppedError as error:
            self.found.append(Found("stopped", str(error)))
            return "stopped"
        except Exception as error:  # noqa: BLE001 whatever it is, it is a finding
            kind = type(error).__name__ if isinstance(error, OrebookError) else f"exception {type(error).__name__}"
            self.found.append(Found(kind, str(error)[:300]))
            return "failed"
        finally:
            self.counts["s orebook"] += round(time.perf_counter() - began, 3)  # type: ignore[assignment]
        self.plan = plan
        self.found += standing(plan)
        self.counts["audits"] += self.drawn.audit
        if self.drawn.audit and plan.audit == "timed out":
            self.counts["audits timed out"] += 1
        elif self.drawn.audit and plan.status == "optimal" and not plan.audit and {*_names(plan)} - TIDY:
            self.found.append(Found("audit", "a proof was not confirmed"))
        self._stages(plan)
        return "given up" if plan.document.given_up else plan.status

    def _side(self) -> Side:
        formulation = build(self.problem, self.drawn.model)
        return Side(formulation, matrix_of(formulation))

    def _sides(self) -> dict[str, Side]:
        """The program of each peer: SCIP's is worded plainly, where nothing gave way and there is a split to word."""
        if self._loosened or not self.drawn.model.on("split"):
            ours = self._side()
            ours = Side(ours.formulation, self._loosened[-1].matrix) if self._loosened else ours
            return dict.fromkeys(PEERS, ours)
        plain, ours = untightened(self.problem, self.drawn.model), self._side()
        return {peer: Side(plain, matrix_of(plain)) if peer == "scip" else ours for peer in PEERS}

    def _arbiter(self, excused: frozenset[tuple[str, str]] = frozenset()) -> Arbiter:
        model = self.drawn.model
        return Arbiter(self.problem, Judge(self.problem, model), excused, funded=model.on("funding"))

    def _stages(self, plan: Plan) -> None:
        gave = {(g.rule, g.row) for g in plan.document.given_up}
        if self._loosened:
            self._needlessly(plan)
        excused = self._loosened[-1].excused if self._loosened else frozenset(gave)
        arbiter, sides = self._arbiter(frozenset(excused)), self._sides()
        limits: dict[str, float] = {}
        slack: dict[str, float] = {s.stage: s.slack for s in plan.model.stages}
        for said in plan.document.stages:
            self._stage(said, plan, sides, arbiter, limits)
            keep_to = abs(said.value) * slack[said.stage] + HAIR * max(1.0, abs(said.value))
            limits[said.stage] = said.value + keep_to
            sides = {peer: side.holding(said.stage, limits[said.stage]) for peer, side in sides.items()}

    def _needlessly(self, plan: Plan) -> None:
        """No plan keeps every row of policy, by anyone's word that stands up."""
        side, arbiter, stage = self._side(), self._arbiter(), plan.document.stages[0].stage
        for peer in PEERS:
            point = claim(peer, side, stage)
            if point.x is not None and arbiter.measures(side, stage, point.x):
                self.found.append(Found("gave way", f"{peer} has a plan that keeps every row"))
                return

    def _stage(
        self, said: StageResult, plan: Plan, sides: dict[str, Side], arbiter: Arbiter, limits: dict[str, float]
    ) -> None:
        stage, near = said.stage, self._near(said, plan)
        claims = {peer: self._claim(peer, sides[peer], stage) for peer in PEERS}
        judged: dict[str, float] = {}
        for peer, point in claims.items():
            if point.x is None or point.value >= said.value - near:
                continue
            measures = arbiter.measures(sides[peer], stage, point.x)
            if measures is None:
                self.counts[f"{peer}: points that are no plan"] += 1
            elif any(float(measures[s]) > most + 1e-9 * max(1.0, abs(most)) for s, most in limits.items()):
                self.counts[f"{peer}: points over an earlier stage"] += 1
            else:
                judged[peer] = float(measures[stage])
        best, part = min(judged.values(), default=said.value), max(self.drawn.gap, PLAIN)
        for peer, value in judged.items():
            if value < said.bound - near:
                self.found.append(
                    Found(f"bound of {stage}", f"{said.bound!r} (value {said.value!r}), {peer}: {value!r}")
                )
            elif stage not in TIDY and value < said.value - near - part * max(abs(value), _smallest(stage)):
                self.found.append(Found(f"worse {stage}", f"{said.value!r}, {peer}: {value!r}"))
        self.counts["stages"] += 1
        self._words(said, claims, min(best, said.value), near, judged)

    def _words(
        self, said: StageResult, claims: dict[str, Point], best: float, near: float, judged: dict[str, float]
    ) -> None:
        """What solvers say of a stage, beside the best plan that there is."""
        over = {p: c.bound > best + near + PLAIN * max(abs(best), _smallest(said.stage)) for p, c in claims.items()}
        none = {p: c.x is None and "infeasible" in c.status.lower() for p, c in claims.items()}
        for peer, c in claims.items():
            if over[peer] or none[peer]:
                what = "no plan" if none[peer] else f"{c.bound!r}"
                self.canaries.append(Found(f"{peer}, {said.stage}", f"says {what}, there is {best!r} {judged}"))
        if all(over[p] or none[p] for p in ("highs off", "scip")) and not judged:
            self.found.append(
                Found(f"better {said.stage}", f"{said.value!r}, no other has any under {claims['scip'].bound!r}")
            )
        least = HAIR * max(abs(best), _smallest(said.stage))
        proven = [p for p, c in claims.items() if c.x is not None and c.value - c.bound <= least]
        open_ = not within(said.gap, self.drawn.gap) and said.value - said.bound > near
        if said.stage not in TIDY and open_ and len(proven) == len(PEERS):
            self.found.append(Found(f"unproven {said.stage}", f"gap {said.gap:.3g} after {said.seconds:.1f} s"))

    def _claim(self, peer: str, side: Side, stage: str) -> Point:
        began = time.perf_counter()
        point = claim(peer, side, stage)
        self.counts[f"s {peer}"] += round(time.perf_counter() - began, 3)  # type: ignore[assignment]
        return point

    def _near(self, said: StageResult, plan: Plan) -> float:
        """What grams, cents and the last digits of a measure come to."""
        return HAIR * max(abs(said.value), _smallest(said.stage)) + sum(_grams(said.stage, plan))


def _smallest(stage: str) -> float:
    """The least of a measure that counts."""
    return STAGES[stage].smallest


def _names(plan: Plan) -> Iterator[str]:
    return (s.stage for s in plan.document.stages)


def _grams(stage: str, plan: Plan) -> Iterator[float]:
    """What a gram more or less of everything comes to, in the stage's unit."""
    problem, weights = plan.problem, plan.model.weights
    gram = 1e-6
    for t in problem.targets:
        m = problem.minerals[t.mineral]
        use = m.use_t_per_day
        if use == 0 or t.days == 0:
            continue
        each = {"fair": 1 / (t.days * use), "cover": m.criticality * (1 + weights.critical_weight) / use}
        worth = m.value_usd_per_day / use if m.value_usd_per_day is not None else problem.benchmark[t.mineral, t.week]
        yield gram * (each | {"value": worth * (1 + weights.critical_weight)}).get(stage, 0.0)
    for j in problem.withdrawals.values():
        m = problem.minerals[j.mineral]
        use = m.use_t_per_day or 1.0
        worth = m.value_usd_per_day / use if m.value_usd_per_day is not None else problem.benchmark[j.mineral, j.week]
        yield gram * {"unmet": m.criticality / use, "value": worth * weights.unmet_weight}.get(stage, 0.0)
    if stage in ("cost", "value"):
        yield 0.01
        yield from (gram * abs(t.order_cash_usd - t.fee_usd) / t.tonnes for t in plan.document.tickets)
