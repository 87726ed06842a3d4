"""A fault planted in a copy of the package: its tests pass without it, and fail with it."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.planted.mutant import FAILED, PASSED, copied, plant, run
from tests.planted.table import MUTANTS
from tests.prove.ledger import Found, Tried


def try_mutants(draw: int, _kept: Path) -> Tried:
    """Try the mutant of a number; past the last there is nothing to try."""
    if draw >= len(MUTANTS):
        return Tried(draw, "none left")
    began, mutant, found = time.perf_counter(), MUTANTS[draw], list[Found]()
    with TemporaryDirectory() as name:
        source = copied(Path(name))
        plant(mutant, source)
        status, said = run(mutant.tests, source)
    if status == PASSED:
        found.append(Found("missed", f"{mutant.name}: {', '.join(mutant.tests)}"))
    elif status != FAILED:
        found.append(Found("cannot be told", f"{mutant.name}: pytest ends with {status}: {said}"))
    elif wrong := _without(mutant.tests):
        found.append(Found("fails without it", f"{mutant.name}: {wrong}"))
    return Tried(draw, found[0].kind if found else "caught", time.perf_counter() - began, tuple(found))


@cache
def _without(tests: tuple[str, ...]) -> str:
    """What tests say that fail with the package as it is; nothing where they pass. Asked once a process."""
    with TemporaryDirectory() as name:
        status, said = run(tests, copied(Path(name)))
    return "" if status == PASSED else said
