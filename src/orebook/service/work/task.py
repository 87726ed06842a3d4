"""What goes into a run's process and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from orebook.service.runs.run_requests import RunRequest
from orebook.solver.lp.stop import Stop

NEXT_INSTANCE = "next-instance.json"
"""The file of a next week: the instance that comes of it."""


@dataclass(frozen=True)
class Task:
    """A run as its process gets it: what is asked, the instance as JSON, and the texts of each plan that it needs.

    `best`: the texts of the best plan that an earlier attempt came to, which this one goes on from.
    """

    run_id: str
    request: RunRequest
    document: str
    plans: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    base: str | None = None
    best: Mapping[str, str] | None = None
    memory_mb: int = 8192


@dataclass(frozen=True)
class Done:
    """How the work ended: a state in which a run ends, why, figures for lists, and files by name."""

    state: str
    reason: str = ""
    result: dict[str, Any] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass
class ParentChannel:
    """What a task tells while it works, and how it hears that it should stop.

    `kept`: a result that stands if the process ends before it says more. `best`: the texts of the best plan so far, from which
    another process goes on should this one be gone.
    """

    progress: Callable[[dict[str, Any]], None] = lambda _p: None
    kept: Callable[[Done], None] = lambda _d: None
    best: Callable[[dict[str, str]], None] = lambda _b: None
    stop: Stop = field(default_factory=Stop)
