"""A batch of problems with a plan planted in each: it is found or bettered."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from orebook.decisions import Decisions
from orebook.problem import Problem
from tests.properties.check_planted import wrong
from tests.properties.planted import planted
from tests.prove.batches import tried_batch
from tests.prove.ledger import Found, Tried


def try_planted(draw: int, kept: Path) -> Tried:
    """Try a batch; a problem whose plan is missed is kept as a file."""
    found, problems = list[Found](), list[Problem]()

    def check(drawn: tuple[Problem, Decisions]) -> None:
        problems.append(drawn[0])
        if said := wrong(*drawn):
            found.append(Found("missed", said))
            kept.mkdir(parents=True, exist_ok=True)
            text = drawn[0].document.model_dump_json(exclude_none=True)
            (kept / f"{draw:06d}-{len(problems)}.json").write_text(text, encoding="utf-8")

    tried = tried_batch(draw, planted(), check)
    return replace(tried, found=tuple(found), counts={"problems": len(problems)})
