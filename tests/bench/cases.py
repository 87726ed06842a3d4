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


def course(size: str, seconds: float) -> str:
    """What runs of one size in one limit are called: they are set beside each other."""
    return f"{size}, {seconds:g} s"


@dataclass(frozen=True)
class Case:
    """A size, with what every solver is given: seconds for all stages, and the relative gap asked for in each."""

    size: str
    seconds: float
    gap: float = 0.001
    seeds: tuple[int, ...] = SEEDS
    solvers: tuple[str, ...] = ALL
    reach: tuple[tuple[float, float], ...] = ()
    """What `orebook` is to reach: a gap in both stages, and in how many seconds."""
    first: float | None = None
    """Seconds in which `cover` is to be within 1 % of the best known value."""
    memory: float | None = None
    """GiB that it is to stay under."""

    @property
    def course(self) -> str:
        """The size and the limit, by which runs are set beside each other."""
        return course(self.size, self.seconds)


CASES = (
    Case("vault", 60, seeds=(1,), reach=((0.001, 60),)),
    Case("30x3x2x13", 60, reach=((0.001, 20),), first=3),
    Case("60x3x3x26", 60, reach=((0.003, 60),)),
    Case("60x3x3x26", 300, solvers=("ours", "highs"), reach=((0.001, 300),)),
    Case("60x3x3x52", 120, 0.005, reach=((0.005, 120),)),
    Case("200x6x3x52", 600, 0.01, reach=((0.01, 600),), memory=8),
    Case("60x3x2x13", 120, 0.005, solvers=("ours", "highs")),
    Case("120x3x2x13", 240, 0.005, solvers=("ours", "highs")),
    Case("240x3x2x13", 480, 0.005, solvers=("ours", "highs")),
)

GROWTH = tuple(case.course for case in CASES if case.size in ("30x3x2x13", "60x3x2x13", "120x3x2x13", "240x3x2x13"))
GROWTH_GAP = 0.005
GROWTH_MOST = 1.5
"""Time to that gap grows at most so many times as fast as the minerals."""

SMALL = (Case("10x3x2x8", 8, seeds=(1, 2)),)
"""What `bench-small` runs, under five minutes together with the rest."""


def whole(seeds: str) -> tuple[int, ...]:
    """Seeds as they are written: `1-5`, `3` or `1,4`. Raises ValueError."""
    ends = [part.split("-") for part in seeds.split(",")]
    return tuple(n for part in ends for n in range(int(part[0]), int(part[-1]) + 1))
