"""`orebook next-week`: the instance a week after a plan, by what really happened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orebook import formats as f
from orebook.cli.exit_status import BAD_INPUT
from orebook.cli.output import refused, result, result_json, say
from orebook.errors import InputError, WriteError
from orebook.export import files_of
from orebook.files.atomic import write_folder
from orebook.files.plan_folder import open_plan
from orebook.rolling.moving_on import NextWeek, next_week
from orebook.rolling.week_facts import read_facts


@dataclass(frozen=True)
class NextWeekOptions:
    """The options of the command: files of what happened, the folder to write, and JSON in place of lines."""

    approved: Path | None
    prices: Path | None
    received: Path | None
    frozen_weeks: int | None
    out: Path
    as_json: bool


def run(plan: Path, options: NextWeekOptions) -> int:
    """0, or 2 where the plan or a file cannot be used, or the folder holds anything."""
    try:
        facts = read_facts(options.approved, options.prices, options.received, options.frozen_weeks)
        moved = next_week(open_plan(plan), facts)
        write_folder(options.out, dict(files_of(moved.problem.document)), new=True)
    except InputError as error:
        return refused(error.findings, as_json=options.as_json)
    except WriteError as error:
        say(f"error: {error}")
        return BAD_INPUT
    if options.as_json:
        result_json(_figures(moved, options.out))
        return 0
    orders = f"{f.count(moved.ordered, 'order')} placed, {f.usd(moved.cash_usd)} paid"
    stands = f"; the first {f.count(moved.frozen_weeks, 'week')} of the new plan stand" if moved.frozen_weeks else ""
    result(f"The week is done: {orders}{stands}.")
    for says in moved.differences:
        result(f"  {says}")
    say(f"written: {options.out}")
    return 0


def _figures(moved: NextWeek, folder: Path) -> dict[str, object]:
    start = moved.problem.start
    return {
        "folder": str(folder),
        "start": None if start is None else start.isoformat(),
        "digest": moved.problem.digest,
        "ordered": moved.ordered,
        "cash_usd": moved.cash_usd,
        "frozen_weeks": moved.frozen_weeks,
        "differences": list(moved.differences),
    }
