"""A batch of problems with a change each: the model patched for it is the model built from nothing."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch as replaced

from orebook.problem import Problem
from orebook.solver.run import patch
from tests.prove.batches import tried_batch
from tests.prove.ledger import Tried
from tests.solver.patching import as_fresh, changed_problems


def try_patched(draw: int, _kept: Path) -> Tried:
    """Try a batch, in whatever part of its minerals a problem changes."""

    def check(drawn: tuple[Problem, Problem]) -> None:
        assert as_fresh(*drawn), drawn

    with replaced.object(patch, "MAX_CHANGED_SHARE", 1.0):
        return tried_batch(draw, changed_problems(), check)
