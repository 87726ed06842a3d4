"""A batch of problems with a plan planted in each: it is found or bettered."""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from orebook.decisions import Decisions
from orebook.problem import Problem
from tests.properties.check_planted import wrong
from tests.properties.planted import planted
from tests.prove.ledger import Found, Tried

BATCH = 25


def try_planted(draw: int, kept: Path) -> Tried:
    """Try a batch; a problem whose plan is missed is kept as a file."""
    began, found, problems = time.perf_counter(), list[Found](), list[Problem]()

    @seed(draw)
    @settings(
        max_examples=BATCH,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(planted())
    def check(drawn: tuple[Problem, Decisions]) -> None:
        problems.append(drawn[0])
        if said := wrong(*drawn):
            found.append(Found("missed", said))
            kept.mkdir(parents=True, exist_ok=True)
            text = drawn[0].document.model_dump_json(exclude_none=True)
            (kept / f"{draw:06d}-{len(problems)}.json").write_text(text, encoding="utf-8")

    check()
    return Tried(draw, "tried", time.perf_counter() - began, tuple(found), (), {"problems": len(problems)})
