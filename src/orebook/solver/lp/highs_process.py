"""A process that has HiGHS: questions on standard input, what it says on standard output. Nothing of orebook's is in it."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

import highspy
import numpy as np

from orebook.solver.lp.messages import Answer, Plan, Question, Refused, Sign

Say = Callable[[Any], None]


def main() -> None:
    """Answer questions, one after the other, until standard input is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks hears Ctrl-C, and says so
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer

    def say(what: Any) -> None:
        pickle.dump(what, out, pickle.HIGHEST_PROTOCOL)
        out.flush()

    asked: SimpleQueue[Question] = SimpleQueue()
    stop = threading.Event()
    threading.Thread(target=_listen, args=(asked, stop), daemon=True).start()
    while True:
        say(_answer(asked.get(), stop, say))


def _listen(asked: SimpleQueue[Question], stop: threading.Event) -> None:
    """Pass questions on; end at once, in the middle of a solve too, when nobody is there to ask."""
    try:
        while True:
            said = pickle.load(sys.stdin.buffer)
            if isinstance(said, Question):
                stop.clear()
                asked.put(said)
            else:
                stop.set()
    except BaseException:  # noqa: BLE001 - whatever it is, nothing more will come
        os._exit(0)


def _answer(question: Question, stop: threading.Event, say: Say) -> Answer | Refused:
    highs = highspy.Highs()
    for name, value in question.options.items():
        if highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            return Refused(f"{name} = {value}")
    if highs.passModel(*question.program) == highspy.HighsStatus.kError:
        return Refused("the model")
    if question.start is not None:
        solution = highspy.HighsSolution()
        solution.col_value = list(question.start)
        highs.setSolution(solution)
    if question.basis is not None:
        highs.setBasis(_basis(*question.basis))
    _listen_to(highs, stop if question.heeds else None, say)
    highs.run()
    return _said(highs, question)


def _listen_to(highs: Any, stop: threading.Event | None, say: Say) -> None:
    def interrupt(event: Any) -> None:
        if stop is not None and stop.is_set():
            event.data_in.user_interrupt = True

    highs.cbMipLogging.subscribe(lambda e: say(Sign(e.data_out.mip_primal_bound, e.data_out.mip_dual_bound)))
    highs.cbMipImprovingSolution.subscribe(lambda e: say(Plan(np.array(e.data_out.mip_solution))))
    if stop is not None:
        highs.cbMipInterrupt.subscribe(interrupt)
        highs.cbSimplexInterrupt.subscribe(interrupt)


def _said(highs: Any, question: Question) -> Answer:
    info, status, solution = highs.getInfo(), highs.getModelStatus(), highs.getSolution()
    there = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    relaxed = there and status == highspy.HighsModelStatus.kOptimal and not np.any(question.program[-1])
    basis = highs.getBasis() if relaxed else None
    ray = None
    if question.ray and status == highspy.HighsModelStatus.kInfeasible:
        _, found, multipliers = highs.getDualRay()
        ray = np.array(multipliers) if found else None
    return Answer(
        status=status.name,
        word=highs.modelStatusToString(status),
        bound=info.mip_dual_bound,
        objective=info.objective_function_value,
        x=np.array(solution.col_value) if there else None,
        duals=(np.array(solution.col_dual), np.array(solution.row_dual)) if relaxed else None,
        basis=None if basis is None else (_numbers(basis.col_status), _numbers(basis.row_status)),
        dual_ray=ray,
    )


def _numbers(statuses: Any) -> Any:
    return np.fromiter(map(int, statuses), np.int8)


def _basis(columns: Any, rows: Any) -> Any:
    basis, statuses = highspy.HighsBasis(), [highspy.HighsBasisStatus(k) for k in range(5)]
    basis.valid, basis.alien = True, False
    basis.col_status, basis.row_status = [statuses[k] for k in columns], [statuses[k] for k in rows]
    return basis
