"""What the caller may ask of the solver; the rest is settled, and why stands beside it in `solver.py`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orebook import arguments
from orebook.schema.model import Model
from orebook.solver.parameters import DEFAULT_SOLVER, SEARCH, SHARES, SearchParameters, TimeShares

MAX_THREADS = 64


@dataclass(frozen=True, slots=True)
class Options:
    """Limits of a whole run. `gap` is relative, `time_limit_s` is for solving, the audit apart."""

    gap: float
    time_limit_s: float
    threads: int = 1
    """Solves at a time; each of them has one thread."""
    seed: int = 0
    audit: bool = True
    cluster: str | None = None
    """The address of a scheduler whose workers solve minerals by themselves."""
    solver: str = DEFAULT_SOLVER
    """What solves: highs, scip, gurobi, or what another package brings."""
    presolve: bool = True
    """Off to go the other way, after a failed audit too."""
    tolerance: float | None = None
    """How far scaled rows may be off; the solver's own where None."""
    log: Callable[[str], None] | None = None
    """Takes the solver's own log of each stage, as it comes."""
    search: SearchParameters = SEARCH
    shares: TimeShares = SHARES

    @classmethod
    def of(
        cls,
        model: Model,
        *,
        gap: float | None = None,
        time_limit_s: float | None = None,
        threads: int | None = None,
        audit: bool = True,
        cluster: str | None = None,
        solver: str | None = None,
        log: Callable[[str], None] | None = None,
    ) -> Options:
        """The model's limits, with what the caller said in their place. Raises InputError for what is no limit."""
        refuse_limits(gap, time_limit_s, threads)
        limits = model.solver
        return cls(
            gap=limits.mip_gap if gap is None else gap,
            time_limit_s=limits.time_limit_s if time_limit_s is None else time_limit_s,
            threads=limits.threads if threads is None else threads,
            seed=limits.seed,
            audit=audit,
            cluster=cluster,
            solver=solver or DEFAULT_SOLVER,
            log=log,
        )


def refuse_limits(gap: float | None, time_limit_s: float | None, threads: int | None = None) -> None:
    """Raises InputError with every limit that is none: a gap that is no part, seconds below 0, no thread at all."""
    arguments.refuse(
        arguments.number("gap", gap, 0, 1),
        arguments.number("time_limit_s", time_limit_s, 0),
        arguments.count("threads", threads, 1, MAX_THREADS),
    )
