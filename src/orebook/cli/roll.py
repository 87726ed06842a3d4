"""`orebook roll`: plan, commit a week, move on with the price that came true, and again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orebook.cli.exit_status import FAILED, NO_PLAN, PROVEN, STOPPED
from orebook.cli.output import print_tables, refused, result_json, say
from orebook.errors import InputError, WriteError
from orebook.files.atomic import write_file
from orebook.files.instances import read
from orebook.plan_tables import csv_bytes, json_bytes
from orebook.reading.text import fault
from orebook.report.studies.week_tables import cover_table, policies_table, week_line
from orebook.rolling.results import PolicyResult
from orebook.rolling.study import RollRequest, RollResult, run_roll
from orebook.solver.lp.stop import Stop, on_interrupt

MAX_ROWS = 15
"""Rows of a table on a terminal."""
COMMAND = "roll"
OPTIONS = {"start": "--start", "history": COMMAND, "policies": COMMAND}
"""argument of the study -> what a fault of it goes by."""


@dataclass(frozen=True)
class RollOptions:
    """The options of the command."""

    model: str
    weeks: int
    prices: Path | None
    start: str | None
    policies: tuple[str, ...]
    gap: float | None
    time_limit: float | None
    workers: int
    out: Path | None
    as_json: bool
    events: Path | None = None

    def request(self) -> RollRequest:
        """The study. Raises InputError where the start is no date."""
        return RollRequest(
            weeks=self.weeks,
            history=self.prices,
            events=self.events or (),
            start=None if self.start is None else _date(self.start),
            policies=self.policies,
            model=self.model,
            gap=self.gap,
            time_limit_s=self.time_limit,
            workers=self.workers,
        )


def run(instance: Path, options: RollOptions) -> int:
    """0 where every policy came to its last week; 3 where one has no plan, 5 where it was stopped."""
    stop = Stop()
    try:
        with on_interrupt(stop):
            problem = read(instance)
            folder = options.out or Path("plans") / f"{problem.name}-roll"
            result = run_roll(
                problem,
                options.request(),
                weeks_folder=folder / "weeks",
                name=OPTIONS.__getitem__,
                on_week=lambda policy, week: say(week_line(policy, week)),
                on_policy=_say_end,
                stop=stop,
            )
            _write(result, folder, options)
    except InputError as error:
        return refused(error.findings, as_json=options.as_json)
    except WriteError as error:
        say(f"error: {error}")
        return FAILED
    if not result.complete:
        return STOPPED
    return PROVEN if result.all_planned else NO_PLAN


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        says = f'"{text}" is no date; write such as 2026-02-09'
        raise InputError([fault(COMMAND, None, "bad_start", says)]) from None


def _say_end(policy: PolicyResult) -> None:
    say(f"{policy.way}: {len(policy.weeks)} weeks" + (f"; ended in {policy.ended}" if policy.ended else ""))


def _write(result: RollResult, folder: Path, options: RollOptions) -> None:
    document = result.document()
    write_file(folder / "roll.json", json_bytes(document), force=True)
    write_file(folder / "roll.csv", csv_bytes(result.rows()), force=True)
    if options.as_json:
        result_json(document)
    elif result.policies:
        print_tables([policies_table(result.policies), cover_table(result.policies)], MAX_ROWS, "in roll.json")
    say(f"written: {folder / 'roll.csv'}, roll.json, and each week's plan in {folder / 'weeks'}")
