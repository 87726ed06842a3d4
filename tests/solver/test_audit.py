"""What a run prints is held to account: right bounds are confirmed, wrong ones never, whatever their certificates say."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import orebook
from orebook.errors import InfeasibleError, StoppedError
from orebook.problem import Problem
from orebook.solver.audit import recheck
from orebook.solver.audit.audit import _marked, audited, verdict_of
from orebook.solver.audit.recheck import Recheck, Verdict, plain
from orebook.solver.cuts.block_cuts import Pricing, with_cuts
from orebook.solver.lp.bound_tightening import tightened
from orebook.solver.lp.certificate import Certificate
from orebook.solver.lp.cut import Cut
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.duality import dual_value
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.built_model import BuiltModel
from orebook.solver.run.claim import Claim
from orebook.solver.run.run import Run, Solved
from tests.builders import make_problem
from tests.drawn import problems
from tests.properties.edits import DRAWS
from tests.solver.matrices import INF, matrix

WRONG = Path(__file__).with_name("wrong-optimum")
WORTH = 14_131_656_847.6
"""The least value of that instance: the program as built, presolve off, and its plan counted by the judge."""


def told(claim: Claim) -> Verdict:
    """What a process says of a claim, in this one."""
    return Recheck(claim, time.perf_counter() + 600.0, 1).verdict()


@pytest.fixture(scope="module")
def proven() -> list[tuple[Claim, float]]:
    """vault-small, what 53.1 days short cost: the relaxation's bound and that with cuts, as claims; with the best value."""
    program = BuiltModel.of(orebook.read("instances/vault-small"), orebook.read_model("weekly")).matrix
    program = program.holding("cover", 53.1)
    cost, offset, limits = program.cost["cost"], program.offset["cost"], Limits(0.0, 0.0, 600.0)
    best = Solver(program).solve(cost, offset, limits)
    tight = tightened(program)
    relaxed = Solver(tight).solve(cost, offset, limits, None, Domain.relaxed(tight))
    pricing = Pricing.of(tight, cost, relaxed, 600.0, 0)
    found = tuple(cut for k in range(len(program.blocks)) if (cut := pricing.cut(k)))
    lifted = with_cuts(tight, found)
    higher = Solver(lifted).solve(cost, offset, limits, None, Domain.relaxed(lifted))
    return [
        (Claim("cost", program, end.bound, certificate=Certificate(end.row_dual, some)), best.bound)
        for end, some in ((relaxed, ()), (higher, found))
    ]


def test_the_bound_that_is_printed_is_what_is_claimed() -> None:
    """teaching/budget: each main stage claims its printed bound, and its program holds no plan under it."""
    problem = orebook.read("instances/teaching/budget")
    model = problem.governing(orebook.read_model("weekly"))
    solved = Run(problem, model, Options.of(model, audit=False)).solve()
    printed = {s.stage: s.bound for s in solved.plan.document.stages}
    assert {claim.stage: claim.bound for claim in solved.claims} == {
        name: printed[name] for name in printed if name not in ("changes", "tickets")
    }
    assert verdict_of(solved.claims, 600.0, 0, 2) == "confirmed"


def test_a_wrong_optimum_is_refuted() -> None:
    """The program whose optimum HiGHS' presolve misses by 3.9 m: that bound, and the right one put up by 1e-5 of it."""
    problem, model = orebook.read(WRONG), orebook.read_model(WRONG / "model.toml")
    program = BuiltModel.of(problem, model).matrix
    assert told(Claim("value", program, WORTH)) == "confirmed"
    assert told(Claim("value", program, 14_135_573_035.5)) == "refuted"
    assert told(Claim("value", program, WORTH * (1 + 1e-5))) == "refuted"


def test_a_refuted_proof_is_withdrawn_and_solved_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that prints the wrong optimum ends, by way of its audit, with the right one, and says that it is audited."""
    problem, model = orebook.read(WRONG), orebook.read_model(WRONG / "model.toml")
    heard = list[str]()
    run = Run(problem, model, Options.of(model, gap=1e-6))
    run.listener.on_refuted = lambda: heard.append("refuted")
    solved = run.solve()
    wrong = replace(solved, claims=tuple(replace(c, bound=14_135_573_035.5) for c in solved.claims))
    plan = audited(run, wrong).plan
    assert heard == ["refuted"]
    assert plan.audit is True
    assert plan.document.stages[0].bound == pytest.approx(WORTH, rel=2e-6)


def test_certificates_prove_what_is_printed(proven: list[tuple[Claim, float]], monkeypatch: pytest.MonkeyPatch) -> None:
    """vault-small: the bounds that come of a relaxation and of cuts are confirmed, and no search is made for it."""
    monkeypatch.setattr(Recheck, "_searched", lambda _self: "timed out")
    assert [told(claim) for claim, _ in proven] == ["confirmed", "confirmed"]
    assert proven[0][0].bound < proven[1][0].bound < proven[1][1]
    assert proven[1][0].certificate is not None
    assert proven[1][0].certificate.counting


def test_faces_are_solved_again_where_they_count(
    proven: list[tuple[Claim, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """vault-small: a bound that is there without the cuts asks for none of them; the one with them asks for each."""
    asked = list[int]()

    def held(cut: Cut, *_: object) -> bool:
        asked.append(cut.mineral)
        return True

    monkeypatch.setattr(recheck, "holds", held)
    claim = proven[1][0]
    assert claim.certificate is not None
    program = with_cuts(claim.matrix, claim.certificate.cuts)
    ends, cost = (program.lower, program.upper), program.cost["cost"]
    none = claim.certificate.without(*claim.certificate.counting)
    less = dual_value(program, ends, cost, none.multipliers) + program.offset["cost"]
    assert less < claim.bound
    assert told(replace(claim, bound=less)) == "confirmed"
    assert asked == []
    assert told(claim) == "confirmed"
    assert asked == [claim.certificate.cuts[k].mineral for k in claim.certificate.counting]


@pytest.mark.parametrize("seed", range(4))
def test_bent_multipliers_prove_nothing_wrong(proven: list[tuple[Claim, float]], seed: int) -> None:
    """vault-small: a bound put 1e-5 over the value is not confirmed, however its multipliers are bent."""
    rng = np.random.default_rng(seed)
    for claim, value in proven:
        assert claim.certificate is not None
        y = claim.certificate.multipliers
        bends = (y * (1 + rng.uniform(0, 1, len(y))), -y, y + rng.normal(0, np.abs(y).max(), len(y)), y * 1e6)
        for bent in bends[seed % 4 :]:
            over = replace(claim, bound=value * (1 + 1e-5), certificate=Certificate(bent, claim.certificate.cuts))
            assert told(over) in ("refuted", "timed out")


def test_bent_faces_prove_nothing_wrong(proven: list[tuple[Claim, float]]) -> None:
    """vault-small: cuts put up by what lifts the bound over the value do not hold, and the bound is not confirmed."""
    for claim, value in proven:
        certificate = claim.certificate
        assert certificate is not None
        for k in certificate.counting:
            lift = (value * (1 + 1e-5) - claim.bound) / certificate.multipliers[len(claim.matrix.rows) + k]
            bent = list(certificate.cuts)
            bent[k] = replace(bent[k], least=bent[k].least + lift)
            over = replace(claim, bound=value * (1 + 1e-5), certificate=replace(certificate, cuts=tuple(bent)))
            assert told(over) in ("refuted", "timed out")


def test_a_certificate_of_another_program_proves_nothing_wrong(proven: list[tuple[Claim, float]]) -> None:
    """vault-small: multipliers without the cuts, or none at all, confirm the right bound another way, and no wrong one."""
    claim, value = proven[0]
    assert claim.certificate is not None
    nothing = Certificate(np.zeros(len(claim.matrix.rows)))
    assert told(replace(claim, certificate=nothing)) == "confirmed"
    assert told(replace(claim, certificate=nothing, bound=value * (1 + 1e-5))) == "refuted"


def test_a_bound_that_takes_a_search(monkeypatch: pytest.MonkeyPatch) -> None:
    """2 x + 2 y >= 3, both whole: the relaxation shows 1.5, a search 2; one that may take no time says nothing of 2."""
    program = matrix([(1.0, 0.0, 5.0, True), (1.0, 0.0, 5.0, True)], [(3, [2, 2], INF)])
    assert told(Claim("cost", program, 1.5)) == "confirmed"
    assert told(Claim("cost", program, 2.0)) == "confirmed"
    assert told(Claim("cost", program, 2.00001)) == "refuted"
    assert told(Claim("cost", program, 2.0, closed=False)) == "confirmed"
    monkeypatch.setattr(recheck, "OPEN_S", 0.0)
    assert told(Claim("cost", program, 1.5, closed=False)) == "confirmed"
    assert told(Claim("cost", program, 2.0, closed=False)) == "timed out"


@pytest.mark.slow
@DRAWS
@given(problem=problems(members=True, leaving=True), gap=st.sampled_from([0.0, 5e-3]))
def test_right_bounds_are_confirmed_and_wrong_ones_are_not(problem: Problem, gap: float) -> None:
    """Drawn problems: every bound that is printed is confirmed; 1e-5 over what the plan has, none."""
    model = orebook.read_model("weekly")
    try:
        solved = Run(problem, model, Options.of(model, gap=gap, audit=False)).solve()
    except (InfeasibleError, StoppedError):
        return
    values = {s.stage: s.value for s in solved.plan.document.stages}
    for claim in solved.claims:
        assert told(claim) == "confirmed"
        if values[claim.stage] > 1:
            assert told(replace(claim, bound=values[claim.stage] * (1 + 1e-5))) == "refuted"


def test_an_audit_that_is_stopped_has_said_nothing() -> None:
    """Whoever stops the run stops the audit, whose processes are ended."""
    program = matrix([(1.0, 0.0, 5.0, True)], [(3, [2], INF)])
    assert verdict_of([Claim("cost", program, 2.0)], 600.0, 0, stop=Stop(asked=True)) == "timed out"


def test_a_process_of_the_audit_reads_neither_model_nor_formulation() -> None:
    """What answers for a claim knows matrices alone, so that it is there in a moment."""
    code = "import orebook.solver.audit.recheck, sys; print({'pyomo', 'pydantic', 'orebook.formulation'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        (["confirmed", "confirmed"], "confirmed"),
        (["timed out", "confirmed"], "timed out"),
        (["confirmed", "timed out"], "timed out"),
        (["timed out", "refuted"], "refuted"),
    ],
)
def test_all_claims_must_be_confirmed(answers: list[str], verdict: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that nothing was said of in time leaves nothing said; one that is refuted settles it."""
    waiting = iter(answers)
    process = SimpleNamespace(poll=lambda: 0, kill=lambda: None, wait=lambda: None)
    monkeypatch.setattr("orebook.solver.audit.audit._together", lambda claims: [[claim] for claim in claims])
    monkeypatch.setattr("orebook.solver.audit.audit._asked", lambda *_: process)
    monkeypatch.setattr("orebook.solver.audit.audit._answer", lambda _process: next(waiting))
    program = matrix([(1.0, 0.0, 5.0, True)], [(3, [2], INF)])
    assert verdict_of([Claim("cost", program, 2.0)] * 2, 600.0, 0) == verdict


@pytest.mark.parametrize(
    ("verdict", "closed", "said"),
    [
        ("confirmed", True, True),
        ("timed out", True, "timed out"),
        ("refuted", True, False),
        ("confirmed", False, False),
    ],
)
def test_a_plan_is_marked_by_what_was_said(verdict: Verdict, closed: bool, said: bool | str) -> None:
    """Audited is what was confirmed; a claim that proves no gap leaves nothing to audit."""
    plan = orebook.solve(make_problem({"weeks": 1}), gap=0, audit=False)
    program = matrix([(1.0, 0.0, 5.0, True)], [(3, [2], INF)])
    assert _marked(Solved(plan, (Claim("cost", program, 2.0, closed=closed),), 1.0), verdict).audit == said


def test_which_claims_are_plain() -> None:
    """Days short are never under 0, so a bound of 0 needs no proof; one of 1 does, and so does any bound of money."""
    program = matrix([(1.0, 0.0, 5.0, True)], [(3, [2], INF)])
    claims = [Claim(stage, program, bound) for stage, bound in (("cover", 0.0), ("cover", 1.0), ("cost", -1.0))]
    assert [plain(claim) for claim in claims] == [True, False, False]
