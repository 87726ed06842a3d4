"""A second opinion on a proof: another process, presolve off, another seed, asked for what the proof says is not there.

For every stage that claims its gap, the row  measure <= value - gap  is added to that stage's program, and a fresh solve
must find it infeasible; where the relaxation alone is above it, that is settled at once. A plan that it finds instead,
judged by nothing but the rows, refutes the claim. An audit that runs out of time has said nothing.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from dataclasses import replace
from typing import Literal

import numpy as np

from orebook.plan import Plan
from orebook.solver.highs import Limits, Part, Solver
from orebook.solver.matrix import Matrix
from orebook.solver.run import Claim, Run, Solved

Verdict = Literal["confirmed", "refuted", "timed out"]
TIME_FACTOR = 2.0
"""The audit takes at most so many times the solving time,"""

START_UP_S = 10.0
"""and what a fresh process needs to begin, which is all of it for a small problem."""


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
    question = pickle.dumps((claim.stage, claim.matrix.bare(), claim.below, seconds, seed + 1))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "orebook.solver.audit"],
            input=question, capture_output=True, timeout=seconds + 10, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "timed out"
    answer = done.stdout.decode().strip()
    return answer if answer in ("confirmed", "refuted") else "timed out"  # type: ignore[return-value]


def answer(stage: str, matrix: Matrix, below: float, seconds: float, seed: int) -> Verdict:
    """What a fresh solve says of a claim: its relaxation first, which often settles it, then all of it."""
    began = time.perf_counter()
    cost, offset = matrix.cost[stage], matrix.offset[stage]
    relaxed = Part(matrix.lower, matrix.upper, np.zeros_like(matrix.integer))
    limits = Limits(gap=0.0, absolute_gap=0.0, seconds=seconds, seed=seed, presolve=False)
    outcome = Solver(matrix).solve(cost, offset, limits, None, relaxed)
    if outcome.ending == "proven" and outcome.bound > below:
        return "confirmed"
    left = replace(limits, seconds=max(0.0, seconds - (time.perf_counter() - began)))
    outcome = Solver(matrix.holding(stage, below)).solve(cost, offset, left)
    if outcome.has_plan:
        return "refuted"
    return "confirmed" if outcome.ending == "infeasible" else "timed out"


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
