"""`orebook roll`: plan, commit a week, move on with the price that came true, and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from orebook.cli.output import print_tables, refused, result_json, say
from orebook.cli.solve import EMPTY_HANDED, FAILED, NO_PLAN
from orebook.errors import InputError, WriteError
from orebook.files.atomic import write_file
from orebook.files.instances import read
from orebook.files.models import read_model
from orebook.plan_tables import csv_bytes, json_bytes
from orebook.problem import Problem
from orebook.reading import suggest
from orebook.reading.text import fault
from orebook.rolling.history import read_history
from orebook.rolling.loop import Course
from orebook.rolling.policies import WAYS, Limits
from orebook.rolling.results import Rolled
from orebook.rolling.run_policies import Sent, all_rolled
from orebook.rolling.week_tables import cover_table, line, rows, ways_table
from orebook.solver.lp.stop import Stop, on_interrupt

MAX_ROWS = 15
"""Rows of a table on a terminal."""


@dataclass(frozen=True)
class Asked:
    """The options of the command."""

    model: str
    weeks: int
    prices: Path | None
    start: str | None
    ways: tuple[str, ...]
    gap: float | None
    time_limit: float | None
    workers: int
    out: Path | None
    as_json: bool


def run(instance: Path, asked: Asked) -> int:
    """0 where every way came to its last week; 3 where a way has no plan, 5 where it was stopped."""
    stop = Stop()
    try:
        with on_interrupt(stop):
            return _run(instance, asked, stop)
    except InputError as error:
        return refused(error.findings, as_json=asked.as_json)
    except WriteError as error:
        say(f"error: {error}")
        return FAILED


def _run(instance: Path, asked: Asked, stop: Stop) -> int:
    problem = read(instance)
    model = read_model(asked.model)
    history = read_history(asked.prices, problem) if asked.prices else None
    start = _start(asked, problem)
    if history is not None and start is None:
        raise _refused("no_start", "prices have dates, and the instance has no start; name a Monday with --start")
    limits = Limits(asked.gap, asked.time_limit)
    out = asked.out or Path("plans") / f"{problem.name}-roll"
    course = Course(problem, model, asked.weeks, history, start, limits)
    ways = _ways(asked, foresight=history is not None)
    found = all_rolled(
        Sent.of(course, out / "weeks"),
        ways,
        asked.workers,
        stop,
        lambda name, week: say(line(name, week)),
        lambda r: say(f"{r.way}: {len(r.weeks)} weeks" + (f"; ended in {r.ended}" if r.ended else "")),
    )
    _tell(found, out, asked)
    if stop.asked or len(found) < len(ways):
        return EMPTY_HANDED
    return NO_PLAN if any(r.ended for r in found) else 0


def _start(asked: Asked, problem: Problem) -> date | None:
    if asked.start is None:
        return problem.start
    try:
        return date.fromisoformat(asked.start)
    except ValueError:
        raise _refused("bad_start", f'"{asked.start}" is no date; write such as 2026-02-09') from None


def _ways(asked: Asked, *, foresight: bool) -> list[str]:
    """Those asked for, else all; without prices that come true nothing can be foreseen."""
    unknown = [name for name in asked.ways if name not in WAYS]
    if unknown:
        raise _refused("unknown_way", f'"{unknown[0]}" is no way of planning; {suggest.mend(unknown[0], WAYS)}')
    wanted = asked.ways or tuple(WAYS)
    return [name for name in WAYS if name in wanted and (foresight or not WAYS[name].foresight)]


def _tell(found: list[Rolled], out: Path, asked: Asked) -> None:
    document: dict[str, Any] = {"schema": "orebook/roll/1", "ways": [r.model_dump(mode="json") for r in found]}
    write_file(out / "roll.json", json_bytes(document), force=True)
    write_file(out / "roll.csv", csv_bytes(rows(found)), force=True)
    if asked.as_json:
        result_json(document)
    elif found:
        print_tables([ways_table(found), cover_table(found)], MAX_ROWS, "in roll.json")
    say(f"written: {out / 'roll.csv'}, roll.json, and each week's plan in {out / 'weeks'}")


def _refused(check: str, says: str) -> InputError:
    return InputError([fault("roll", None, check, says)])
