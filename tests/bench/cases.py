"""What is measured: sizes, seeds, limits, and the figures that are to be reached."""

from __future__ import annotations

from dataclasses import dataclass

SOLVERS = {
    "ours": "orebook",
    "highs": "plain HiGHS",
    "scip": "SCIP",
    "cpsat": "CP-SAT",
    "cpsat2": "CP-SAT, 2 workers",
    "untightened": "HiGHS, untightened",
}
"""Names of solvers, and how they are shown."""

ALL = tuple(SOLVERS)
SEEDS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Case:
    """A size, with what every solver is given: seconds for all stages, and the relative gap asked for in each."""

    size: str
    seconds: float
    gap: float = 0.001
    seeds: tuple[int, ...] = SEEDS
    solvers: tuple[str, ...] = ALL
    reach: str = ""


CASES = (
    Case("vault", 60, seeds=(1,), reach="0.1 % proven in 60 s"),
    Case("30x3x2x13", 120, reach="0.1 % proven in 20 s; first plan within 1 % in 3 s"),
    Case("60x3x3x26", 300, reach="0.3 % in 60 s, 0.1 % in 300 s"),
    Case("60x3x3x52", 120, 0.005, reach="0.5 % in 120 s"),
    Case("200x6x3x52", 600, 0.01, reach="1 % in 600 s, under 8 GiB"),
    Case("60x3x2x13", 120, solvers=("ours", "highs")),
    Case("120x3x2x13", 240, solvers=("ours", "highs")),
    Case("240x3x2x13", 480, solvers=("ours", "highs")),
)

GROWTH = ("30x3x2x13", "60x3x2x13", "120x3x2x13", "240x3x2x13")
GROWTH_GAP = 0.005
GROWTH_MOST = 1.5
"""Time to that gap grows at most so many times as fast as the minerals."""

SMALL = (Case("10x3x2x8", 8, seeds=(1, 2)),)
"""What `bench-small` runs, under five minutes together with the rest."""


def whole(seeds: str) -> tuple[int, ...]:
    """Seeds as they are written: `1-5`, `3` or `1,4`. Raises ValueError."""
    ends = [part.split("-") for part in seeds.split(",")]
    return tuple(n for part in ends for n in range(int(part[0]), int(part[-1]) + 1))
