"""A second opinion on what a run prints: other processes, presolve off, another seed, asked whether each bound holds.

Every main stage prints a bound that no plan beats, and that bound is what is held to account, less what grams and tolerances
blur. A certificate of it is checked in fractions, which takes a moment; where there is none, or it falls short, a fresh solve
must find no plan under the bound: `recheck.py`. A plan that it finds instead, judged by nothing but the rows, refutes the
claim. An audit that runs out of time has said nothing.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from tempfile import TemporaryFile

from orebook.plan import Plan
from orebook.solver.audit.recheck import Verdict, plain
from orebook.solver.lp.stop import Stop
from orebook.solver.run.claim import Claim
from orebook.solver.run.run import Run, Solved

TIME_FACTOR = 2.0
"""The audit takes at most so many times the solving time,"""

START_UP_S = 10.0
"""and what a fresh process needs to begin, which is all of it for a small problem."""

SMALL_MODEL_COLUMNS = 5000
"""Coefficients of a program that is soon solved."""

POLL_S = 0.02
"""Between two looks at the processes."""


def verdict_of(
    claims: Iterable[Claim], seconds: float, seed: int, processes: int = 1, stop: Stop | None = None
) -> Verdict:
    """Hold every claim against a fresh process, so many at a time, within so many seconds for all of them.

    Refuted as soon as one is; confirmed where all are.
    """
    deadline = time.perf_counter() + seconds
    waiting = deque(_together([claim for claim in claims if not plain(claim)]))
    running = list[subprocess.Popen[bytes]]()
    verdict: Verdict = "confirmed"
    try:
        while waiting or running:
            left = deadline - time.perf_counter()
            if left <= -START_UP_S or (left <= 0 and not running) or (stop and stop.asked):
                return "timed out"
            while waiting and left > 0 and len(running) < processes:
                running.append(_asked(waiting.popleft(), left, seed + 1))
            for ended in [process for process in running if process.poll() is not None]:
                running.remove(ended)
                answer = _answer(ended)
                if answer == "refuted":
                    return answer
                verdict = verdict if answer == "confirmed" else answer
            time.sleep(POLL_S)
    finally:
        for process in running:
            process.kill()
            process.wait()
    return verdict


def _together(claims: list[Claim]) -> list[list[Claim]]:
    """The claims by process: those of a small program in one, as it is there sooner than a process is."""
    small = [claim for claim in claims if claim.matrix.A.nnz <= SMALL_MODEL_COLUMNS]
    return [*([small] if small else []), *([claim] for claim in claims if claim.matrix.A.nnz > SMALL_MODEL_COLUMNS)]


def _asked(claims: list[Claim], seconds: float, seed: int) -> subprocess.Popen[bytes]:
    """A process that looks into claims; the question goes through a file, as a pipe would have to be fed."""
    bare = [replace(claim, matrix=claim.matrix.bare()) for claim in claims]
    with TemporaryFile() as question:
        pickle.dump((bare, seconds, seed), question)
        question.seek(0)
        command = [sys.executable, "-m", "orebook.solver.audit.recheck"]
        return subprocess.Popen(command, stdin=question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def _answer(ended: subprocess.Popen[bytes]) -> Verdict:
    """What a process said; one that died has said nothing."""
    assert ended.stdout is not None
    with ended.stdout:
        answer = ended.stdout.read().decode().strip()
    return answer if answer in ("confirmed", "refuted") else "timed out"  # type: ignore[return-value]


def audited(run: Run, solved: Solved) -> Solved:
    """The same run with the audit's verdict on its plan; a refuted proof is withdrawn and solved again the other way."""
    verdict = _verdict(run, solved)
    if verdict == "refuted" and run.options.presolve:
        run.listener.on_refuted()
        again = replace(run, options=replace(run.options, presolve=False)).solve()
        return replace(again, plan=_marked(again, _verdict(run, again)))
    return replace(solved, plan=_marked(solved, verdict))


def _verdict(run: Run, solved: Solved) -> Verdict:
    seconds, options = TIME_FACTOR * solved.seconds + START_UP_S, run.options
    return verdict_of(solved.claims, seconds, options.seed, options.threads, run.stop)


def _marked(solved: Solved, verdict: Verdict) -> Plan:
    if verdict == "refuted" or not any(claim.closed for claim in solved.claims):
        return solved.plan.audited(False)
    return solved.plan.audited(True if verdict == "confirmed" else "timed out")
