"""A second opinion on a proof: another process, presolve off, another seed, asked for what the proof says is not there.

For every stage that claims its gap, the row  measure <= value - gap  is added to that stage's program, and a fresh solve
must find it infeasible. Where the relaxation is above it that is settled at once: alone, or with those of the claim's faces
that hold when their minerals are solved again; what the relaxation comes to is counted in fractions (`duality.py`). A plan
that it finds instead, judged by nothing but the rows, refutes the claim. An audit that runs out of time has said nothing.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from dataclasses import replace
from typing import Literal

from orebook.exact import Fraction
from orebook.plan import Plan
from orebook.solver.duality import dual_bound
from orebook.solver.face import Face
from orebook.solver.faces import faced, holds
from orebook.solver.highs import Limits, Part, Solver
from orebook.solver.matrix import Matrix
from orebook.solver.run import Claim, Run, Solved

Verdict = Literal["confirmed", "refuted", "timed out"]
TIME_FACTOR = 2.0
"""The audit takes at most so many times the solving time,"""

START_UP_S = 10.0
"""and what a fresh process needs to begin, which is all of it for a small problem."""

FACE_S = 10.0
"""For one face in one way, so that a hard one leaves time for the others."""


def verdict_of(claims: tuple[Claim, ...], seconds: float, seed: int) -> Verdict:
    """Hold every claim against a fresh process, within so many seconds for all of them."""
    deadline = time.perf_counter() + seconds
    for claim in claims:
        left = deadline - time.perf_counter()
        if left <= 0:
            return "timed out"
        answer = _ask(claim, left, seed)
        if answer != "confirmed":
            return answer
    return "confirmed"


def _ask(claim: Claim, seconds: float, seed: int) -> Verdict:
    if claim.below < 0 and claim.stage not in ("cost", "value"):
        return "confirmed"  # no such measure is negative
    question = pickle.dumps((claim.stage, claim.matrix.bare(), claim.below, claim.faces, seconds, seed + 1))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "orebook.solver.audit"],
            input=question, capture_output=True, timeout=seconds + 10, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "timed out"
    answer = done.stdout.decode().strip()
    return answer if answer in ("confirmed", "refuted") else "timed out"  # type: ignore[return-value]


def answer(stage: str, matrix: Matrix, below: float, faces: tuple[Face, ...], seconds: float, seed: int) -> Verdict:
    """What a fresh solve says of a claim: its relaxation first, then that with the faces, then all of it."""
    began = time.perf_counter()
    limits = Limits(gap=0.0, absolute_gap=0.0, seconds=seconds, seed=seed, presolve=False)
    if _above(matrix, stage, below, limits):
        return "confirmed"
    held = _held(faces, matrix, limits, began)
    if held and _above(faced(matrix, held), stage, below, _left(limits, began)):
        return "confirmed"
    outcome = Solver(matrix.holding(stage, below)).solve(matrix.cost[stage], matrix.offset[stage], _left(limits, began))
    if outcome.has_plan:
        return "refuted"
    return "confirmed" if outcome.ending == "infeasible" else "timed out"


def _held(faces: tuple[Face, ...], matrix: Matrix, limits: Limits, began: float) -> list[Face]:
    """The faces that hold; those that a solve cannot tell of in a while are tried once more, with presolve."""
    held, open_ = list[Face](), list(faces)
    for presolve in (False, True):
        for face in tuple(open_):
            left = _left(limits, began)
            if holds(face, matrix, replace(left, seconds=min(FACE_S, left.seconds), presolve=presolve)):
                held.append(face)
                open_.remove(face)
    return held


def _above(matrix: Matrix, stage: str, below: float, limits: Limits) -> bool:
    """Whether the relaxation lies over a value, in exact arithmetic; the solver proposes the multipliers."""
    cost = matrix.cost[stage]
    outcome = Solver(matrix).solve(cost, 0.0, limits, None, Part.relaxed(matrix))
    if outcome.ending != "proven":
        return False
    bound = dual_bound(matrix, cost, outcome.row_dual)
    return bound is not None and bound + Fraction(matrix.offset[stage]) > Fraction(below)


def _left(limits: Limits, began: float) -> Limits:
    return replace(limits, seconds=max(0.0, limits.seconds - (time.perf_counter() - began)))


def audited(run: Run, solved: Solved) -> Solved:
    """The same run with the audit's verdict on its plan; a refuted proof is withdrawn and solved again the other way."""
    verdict = verdict_of(solved.claims, _seconds(solved), run.options.seed)
    if verdict == "refuted" and run.presolve:
        run.listener.on_refuted()
        again = replace(run, presolve=False).solve()
        second = verdict_of(again.claims, _seconds(again), run.options.seed)
        return replace(again, plan=_marked(again, second))
    return replace(solved, plan=_marked(solved, verdict))


def _seconds(solved: Solved) -> float:
    return TIME_FACTOR * solved.seconds + START_UP_S


def _marked(solved: Solved, verdict: Verdict) -> Plan:
    if verdict == "refuted" or not solved.claims:
        return solved.plan.audited(False)
    return solved.plan.audited(True if verdict == "confirmed" else "timed out")


def main() -> None:
    """Answer one question from standard input on standard output."""
    sys.stdout.write(answer(*pickle.loads(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
