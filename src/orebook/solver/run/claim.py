"""What a run says that can be held against it. Light to read, as it is handed to processes of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from orebook.solver.lp.certificate import Certificate
from orebook.solver.lp.matrix import Matrix

if TYPE_CHECKING:
    from orebook.schema.stages import StageName


@dataclass(frozen=True)
class Claim:
    """What a stage prints: no point of `matrix` (earlier stages held) has a measure under `bound`.

    `closed`: the bound is within the gap asked for of the value reached. `certificate` shows it, or part of it.
    """

    stage: StageName
    matrix: Matrix
    bound: float
    closed: bool = True
    certificate: Certificate | None = None
