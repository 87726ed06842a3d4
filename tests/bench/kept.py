"""What a measurement leaves behind: a JSON file each under `results/`, complete by itself; a later run of the same replaces it.

results/SIZE/LIMIT/SOLVER-SEED.json   one solver on one instance, in so many seconds, as 60s; SIZE is 30x3x2x13 (minerals,
                                      houses, offers, weeks) or a name
results/other/NAME.json               what is measured otherwise: what-ifs, scenarios, the way of data to HiGHS
"""

from __future__ import annotations

import os
from pathlib import Path

from orebook.schema.base import Frozen
from orebook.schema.stages import StageName
from tests.bench.cases import course

RESULTS = Path(__file__).with_name("results")

Sign = tuple[float, float | None, float | None]
"""Seconds since the run began, incumbent and bound in the measure's unit; None where there is none yet."""


class Ran(Frozen):
    """Where, when and how something was measured."""

    command: str
    began: str
    """UTC, to the minute."""
    machine: str
    cores: int
    load: float
    """Of the machine, over the five minutes before."""
    versions: dict[str, str]


class StageCourse(Frozen):
    """One stage: how it ended, what the judge says of its plan, what the solver claims, and the signs it gave on its way."""

    stage: StageName
    ended: str
    """`plan`, or why there is none."""
    value: float | None
    """The judge's."""
    claimed: float | None
    """The solver's own value of its plan."""
    bound: float | None
    """The solver's own."""
    began: float
    """Seconds since the run began, as everywhere; `seconds` are those of the stage alone."""
    seconds: float
    signs: tuple[Sign, ...]


class Figures(Frozen):
    """The last plan as the judge sees it: every measure, and how many tickets and houses it has."""

    measures: dict[str, float]
    tickets: int
    houses: int


class Measured(Frozen):
    """What the process of a run tells. Times in seconds, the run's from the reading of the files on."""

    says: str = ""
    """Why there is nothing else, where that is so."""
    read: float = 0.0
    wall: float = 0.0
    """Reading included."""
    inside: float | None = None
    """Of `wall`, inside HiGHS; only of `orebook`."""
    stages: tuple[StageCourse, ...] = ()
    plan: Figures | None = None
    peak_mib: int = 0


class Result(Frozen):
    """One solver on one instance, asked for a relative gap in every stage, within seconds for all of them."""

    size: str
    seed: int
    solver: str
    limit: float
    gap: float
    ran: Ran
    measured: Measured

    @property
    def course(self) -> str:
        """The size and the limit, by which runs are set beside each other."""
        return course(self.size, self.limit)


class Other(Frozen):
    """Another measurement: its figures by name, in the order they were taken."""

    name: str
    ran: Ran
    figures: tuple[dict[str, int | float | str], ...]


def keep(result: Result | Other, folder: Path = RESULTS) -> Path:
    """Write a result whole, in the place of the one before."""
    if isinstance(result, Result):
        path = folder / result.size / f"{result.limit:g}s" / f"{result.solver}-{result.seed}.json"
    else:
        path = folder / "other" / f"{result.name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".tmp")
    fresh.write_text(result.model_dump_json(indent=None) + "\n", encoding="utf-8")
    os.replace(fresh, path)
    return path


def results(folder: Path = RESULTS) -> list[Result]:
    """Every kept run, by size, limit, solver and seed."""
    read = [Result.model_validate_json(p.read_bytes()) for p in folder.glob("*/*/*.json")]
    return sorted(read, key=lambda r: (r.size, r.limit, r.solver, r.seed))


def others(folder: Path = RESULTS) -> dict[str, Other]:
    """Every other kept measurement, by its name."""
    read = [Other.model_validate_json(p.read_bytes()) for p in sorted(folder.glob("other/*.json"))]
    return {o.name: o for o in read}
