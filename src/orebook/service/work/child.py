"""The process of one run: limits on memory, a channel to the worker, and an end with it should the worker be gone."""

from __future__ import annotations

import os
import resource
import signal
import threading
from multiprocessing import connection, parent_process
from multiprocessing.connection import Connection
from typing import Any

from orebook.collector import own_process
from orebook.service.work.task import Done, ParentChannel, Task

NO_THREAD = "can't start new thread"
"""What Python says where there is no memory for a thread's stack."""
NICE = 10
"""Solves give way to the web process on the same machine."""


def main(task: Task, pipe: Connection) -> None:
    """Do the task; messages to the worker are ("progress" | "kept" | "best" | "done", content), one from it is "stop"."""
    own_process()
    os.nice(NICE)
    # One signal ends this process and all that it starts. A session of its own would do, too, but Linux may share a
    # machine evenly between sessions, and niceness counts within one only: sched(7), autogroups.
    os.setpgid(0, 0)
    lock = threading.Lock()

    def say(kind: str, content: Any) -> None:
        with lock:
            pipe.send((kind, content))

    channel = ParentChannel(
        lambda progress: say("progress", progress), lambda kept: say("kept", kept), lambda best: say("best", best)
    )
    threading.Thread(target=_listen, args=(pipe, channel), daemon=True).start()
    _limit(task.memory_mb)  # after the thread, which without memory would be waited for without end
    from orebook.service.work.task_registry import (
        done,  # what it needs is read where processes are forked, not by the worker
    )

    try:
        ended = done(task, channel)
    except Exception as error:  # noqa: BLE001  whatever it is, the run ends with it and says so
        if isinstance(error, MemoryError) or NO_THREAD in str(error):
            ended = Done("failed", f"needs more than the {task.memory_mb} MB of memory that a run may take")
        else:
            ended = Done("failed", f"an error of orebook's own, please report it: {type(error).__name__}")
            say("trace", _trace(error))
    say("done", ended)


def _limit(memory_mb: int) -> None:
    size = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _listen(pipe: Connection, channel: ParentChannel) -> None:
    """Stop when told so; end at once when the worker is gone."""
    parent = parent_process()
    assert parent is not None
    while True:
        for ready in connection.wait([pipe, parent.sentinel]):
            if ready is not pipe:
                _vanish()
            try:
                if pipe.recv() == "stop":
                    channel.stop.asked = True
            except (EOFError, OSError):
                _vanish()


def _vanish() -> None:
    os.killpg(0, signal.SIGKILL)


def _trace(error: BaseException) -> str:
    import traceback

    return "".join(traceback.format_exception(error))
