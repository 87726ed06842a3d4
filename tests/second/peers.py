"""Every other solver by its name."""

from __future__ import annotations

from collections.abc import Callable

from orebook.solver.lp.matrix import Matrix
from tests.second import cpsat, plain_highs, scip
from tests.second.door import Asked, Point

DOORS: dict[str, Callable[[Matrix, str, Asked], Point]] = {
    "highs": plain_highs.solve,
    "scip": scip.solve,
    "cpsat": cpsat.solve,
}
