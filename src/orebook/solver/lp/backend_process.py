"""A process that solves: questions on standard input, what it says on standard output; its solver is named when it begins."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from queue import SimpleQueue
from typing import Any

from orebook.solver.lp.backends import backend_named
from orebook.solver.lp.backends.backend import RefusedError
from orebook.solver.lp.messages import Answer, Question, Refused

Say = Callable[[Any], None]


def main(name: str) -> None:
    """Answer questions with a solver, one after the other, until standard input is closed."""
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
        say(_answer(name, asked.get(), stop, say))


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


def _answer(name: str, question: Question, stop: threading.Event, say: Say) -> Answer | Refused:
    backend = backend_named(name)
    try:
        backend.load(question.program, question.settings)
        answer = backend.minimise(question.start, question.basis, stop if question.heeds else None, say)
    except RefusedError as error:
        return Refused(str(error))
    return replace(answer, dual_ray=backend.dual_ray()) if question.ray else answer
