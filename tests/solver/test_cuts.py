"""Faces of minerals lift the relaxation, and cut no plan off."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given

import orebook
from orebook.errors import NoPlanError, SolveError, StoppedError
from orebook.problem import Problem
from orebook.solver.audit.audit import verdict_of
from orebook.solver.cuts.block_cuts import Pricing, find_cuts, holds, lagrangian_bound, with_cuts
from orebook.solver.cuts.cut_workers import cut_workers
from orebook.solver.lp.certificate import Certificate
from orebook.solver.lp.cut import Cut
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.duality import dual_bound
from orebook.solver.lp.gaps import gap_of
from orebook.solver.lp.limits import Limits, Progress
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.relaxation import relaxation
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run import stage
from orebook.solver.run.built_model import BuiltModel
from orebook.solver.run.claim import Claim
from orebook.solver.run.run import Run
from orebook.solver.run.stage import StageRun
from tests.drawn import problems
from tests.properties.edits import DRAWS
from tests.solver.matrices import INF, matrix
from tests.solver.searches import BY_STRUCTURE

ENOUGH = Limits(0.0, 0.0, 600.0)
AGAIN = Limits(0.0, 0.0, 600.0, seed=7, presolve=False)


def _relaxed(of: Matrix) -> Outcome:
    return Solver(of).solve(of.cost["cover"], 0.0, ENOUGH, None, Domain.relaxed(of))


def _pricing(of: Matrix) -> Pricing:
    return Pricing.of(of, of.cost["cover"], _relaxed(of), 600.0, 0)


def _matrix(name: str) -> Matrix:
    return BuiltModel.of(orebook.read(f"instances/{name}"), orebook.read_model("weekly")).matrix


@DRAWS
@given(problem=problems(members=True, leaving=True))
def test_no_plan_breaks_a_face(problem: Problem) -> None:
    """The best plan of a drawn problem keeps the cuts of both its minerals, each found at the relaxation's prices."""
    matrix = BuiltModel.of(problem, orebook.read_model("weekly")).matrix
    best = Solver(matrix).solve(matrix.cost["cover"], 0.0, ENOUGH)
    try:
        x = best.x
    except (NoPlanError, StoppedError):
        return
    pricing = _pricing(matrix)
    for cut in filter(None, (pricing.cut(k) for k in range(len(matrix.blocks)))):
        assert cut.weights @ x[cut.columns] >= cut.least - 1e-6 * max(1.0, abs(cut.least))
        assert holds(cut, matrix, AGAIN)


def test_they_lift_the_relaxation_and_hold() -> None:
    """vault-small: with its cuts the relaxation's bound is higher, still under the plan; one cut moved up does not hold."""
    matrix = _matrix("vault-small")
    pricing = _pricing(matrix)
    found = find_cuts(range(len(matrix.blocks)), cut_workers(pricing, Options(0.0, 600.0), Stop()), lambda: False)
    assert found
    lifted = _relaxed(with_cuts(matrix, found)).bound
    best = Solver(matrix).solve(matrix.cost["cover"], 0.0, Limits(1e-4, 0.0, 600.0))
    assert _relaxed(matrix).bound * (1 + 1e-6) < lifted <= matrix.cost["cover"] @ best.x
    assert all(holds(cut, matrix, AGAIN) for cut in found)
    assert not holds(replace(found[0], least=found[0].least + 1e-2 * pricing.scale), matrix, AGAIN)


def test_a_later_stage_begins_with_the_cuts_of_the_one_before() -> None:
    """vault-small: the first bound of a stage that knows its cuts is that with them, and it hands them on."""
    matrix = _matrix("vault-small")
    found = find_cuts(
        range(len(matrix.blocks)), cut_workers(_pricing(matrix), Options(0.0, 600.0), Stop()), lambda: False
    )
    options = Options(gap=0.5, time_limit_s=600.0, search=BY_STRUCTURE)
    heard = list[tuple[int, float]]()

    def hear(_stage: str, progress: Progress) -> None:
        heard.append((len(run.known_cuts), progress.bound or 0.0))

    for known in ((), found):
        run = StageRun("cover", Solver(matrix), options, 600.0, hear, known_cuts=known)
        assert run.solve(None).cuts[: len(known)] == known
    firsts = [next(bound for n, bound in heard if n == len(known)) for known in ((), found)]
    assert firsts == pytest.approx([_relaxed(matrix).bound, _relaxed(with_cuts(matrix, found)).bound], rel=1e-9)
    assert firsts[0] < firsts[1]


def test_a_plan_that_cuts_alone_prove_is_not_kept_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """vault-small: where the Lagrangian bound is near enough to the plan, no relaxation is solved with the cuts."""
    matrix, solved = _matrix("vault-small"), list[int]()
    best, relaxed = Solver(matrix).solve(matrix.cost["cover"], 0.0, ENOUGH), _relaxed(matrix)
    found = find_cuts(
        range(len(matrix.blocks)), cut_workers(_pricing(matrix), Options(0.0, 600.0), Stop()), lambda: False
    )
    value = matrix.value("cover", best.x)
    gaps = [gap_of("cover", value, relaxed.bound + lift) for lift in (0.0, sum(f.lift(relaxed.x) for f in found))]
    assert gaps[1] < gaps[0]

    def counted(solver: Solver, *rest: Any) -> Outcome:
        solved.append(solver.matrix.A.shape[0])
        return relaxation(solver, *rest)

    monkeypatch.setattr(stage, "relaxation", counted)
    run = StageRun(
        "cover", Solver(matrix), Options(sum(gaps) / 2, 600.0, search=BY_STRUCTURE), 600.0, lambda _s, _p: None
    )
    end = run.solve(best.x)
    assert end.ending == "proven"
    assert gap_of("cover", value, end.bound) == pytest.approx(gaps[1])
    assert solved == [matrix.A.shape[0]]


@pytest.mark.slow
def test_a_relaxation_with_cuts_that_takes_too_long_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """vault-small: it has its share of the time and no more, and the plan and its proof come all the same."""
    matrix, given_s = _matrix("vault-small"), list[float]()

    def endless(
        solver: Solver, cost: Floats, offset: float, limits: Limits, part: Domain, basis_from: Outcome | None
    ) -> Outcome:
        if len(solver.matrix.rows) == len(matrix.rows):
            return relaxation(solver, cost, offset, limits, part, basis_from)
        given_s.append(limits.seconds)
        return Outcome("stopped", -np.inf, limits.seconds, "time")

    monkeypatch.setattr(stage, "relaxation", endless)
    options = Options(gap=1e-6, time_limit_s=600.0, search=BY_STRUCTURE)
    end = StageRun("cover", Solver(matrix), options, 600.0, lambda _s, _p: None, first=True, then="cost").solve(None)
    best = Solver(matrix).solve(matrix.cost["cover"], 0.0, ENOUGH)
    assert end.ending == "proven"
    assert matrix.value("cover", end.x) == pytest.approx(matrix.value("cover", best.x), rel=1e-5)
    assert len(given_s) == 1
    assert given_s[0] <= options.shares.cut_relaxation * 600


def test_what_cuts_are_broken_by_is_a_bound_by_itself() -> None:
    """vault-small: the Lagrangian bound lies between the relaxation and the relaxation with its cuts."""
    matrix = _matrix("vault-small")
    relaxed = _relaxed(matrix)
    found = find_cuts(
        range(len(matrix.blocks)), cut_workers(_pricing(matrix), Options(0.0, 600.0), Stop()), lambda: False
    )
    lagrangian = relaxed.bound + sum(cut.lift(relaxed.x) for cut in found)
    assert relaxed.bound < lagrangian <= _relaxed(with_cuts(matrix, found)).bound * (1 + 1e-9)


def test_threads_find_the_same() -> None:
    """vault-small: two threads give the same cuts, in the same order."""
    matrix = _matrix("vault-small")
    pricing, minerals = _pricing(matrix), range(len(matrix.blocks))
    one, two = (
        find_cuts(minerals, cut_workers(pricing, Options(0.0, 600.0, threads=n), Stop()), lambda: False) for n in (1, 2)
    )
    assert [f.mineral for f in one] == [f.mineral for f in two]
    assert all(np.array_equal(a.weights, b.weights) and a.least == b.least for a, b in zip(one, two, strict=True))


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # the cluster's own library warns when its processes end
def test_a_cluster_finds_the_same() -> None:
    """vault-small: a process behind a scheduler gives the same cuts; an address where none answers is refused."""
    from distributed import LocalCluster

    matrix = _matrix("vault-small")
    pricing, minerals = _pricing(matrix), range(len(matrix.blocks))
    here = find_cuts(minerals, cut_workers(pricing, Options(0.0, 600.0), Stop()), lambda: False)
    with LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        options = Options(0.0, 600.0, cluster=cluster.scheduler_address)
        there = find_cuts(minerals, cut_workers(pricing, options, Stop()), lambda: False)
    assert [(f.mineral, f.least) for f in there] == [(f.mineral, f.least) for f in here]
    with pytest.raises(SolveError, match="no scheduler answers"):
        cut_workers(pricing, Options(0.0, 600.0, cluster="tcp://127.0.0.1:1"), Stop())


@pytest.mark.slow
def test_an_audit_takes_the_word_of_no_cut() -> None:
    """A claim that rests on a cut which does not hold is not confirmed by it: here it is refuted by a plan."""
    problem, model = orebook.read("instances/vault-small"), orebook.read_model("weekly")
    solved = Run(problem, model, replace(Options.of(model, audit=False), search=BY_STRUCTURE)).solve()
    claim = next(c for c in solved.claims if c.stage == "cover")
    matrix, cost = claim.matrix, claim.matrix.cost["cover"]
    used = np.flatnonzero((matrix.block == 0) & (cost != 0))
    value = next(s.value for s in solved.plan.document.stages if s.stage == "cover")
    wrong = Cut(0, used, cost[used], value * 1.2)
    certificate = Certificate(np.append(np.zeros(matrix.A.shape[0]), 1.0), (wrong,))
    false = Claim("cover", matrix, value * 1.1, certificate=certificate)
    assert verdict_of((claim,), 600.0, 0) == "confirmed"
    assert verdict_of((false,), 600.0, 0) == "refuted"


def test_a_fee_that_minerals_share_is_not_counted_on_top_of_a_face() -> None:
    """A lot of 4 t for 4 USD from a house that costs 100 USD, or 1 t for 3.6 USD: 1 t costs 3.6 USD.

    The relaxation is a quarter of a lot and a fortieth of the house, 3.5 USD. By itself, the house free, the mineral costs no
    less than 3.6 USD, 2.6 more than its part of the relaxation: 6.1 USD is a bound on nothing.
    """
    columns = [(4.0, 0.0, 10.0, True), (3.6, 0.0, 10.0, False), (100.0, 0.0, 1.0, True)]
    program = matrix(columns, [(1, [4, 1, 0], INF), (-INF, [1, 0, -10], 0)])
    program = replace(program, block=np.array([0, 0, -1], np.int32), blocks=("tin",))
    relaxed = Solver(program).solve(program.cost["cost"], 0.0, ENOUGH, None, Domain.relaxed(program))
    assert relaxed.bound == pytest.approx(3.5)
    cut = Pricing.of(program, program.cost["cost"], relaxed, 600.0, 0).cut(0)
    assert cut is not None
    assert relaxed.bound + cut.lift(relaxed.x) == pytest.approx(6.1)
    bound, multipliers = lagrangian_bound(program, program.cost["cost"], relaxed.row_dual, (cut,))
    assert bound == pytest.approx(3.6)
    exact = dual_bound(with_cuts(program, (cut,)), program.cost["cost"], multipliers)
    assert exact is not None
    assert float(exact) == pytest.approx(3.6)
