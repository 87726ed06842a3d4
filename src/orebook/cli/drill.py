"""`orebook drill`: shocks come week after week, each week is planned and committed, and the board reads what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orebook.cli.exit_status import FAILED, NO_PLAN, PROVEN, STOPPED
from orebook.cli.output import print_tables, refused, result_json, say
from orebook.cli.output import result as show
from orebook.cli.processes import processes
from orebook.errors import InputError, WriteError
from orebook.files.atomic import write_file
from orebook.files.instances import read
from orebook.plan_tables import json_bytes
from orebook.reading.text import fault
from orebook.report.studies.drill_page import drill_page
from orebook.report.studies.drill_tables import ways_table
from orebook.report.studies.drill_words import in_short
from orebook.report.studies.week_tables import week_line
from orebook.report.workbook.drill import drill_workbook
from orebook.rolling.drill import DrillRequest, run_drill
from orebook.rolling.drilled import DrillResult
from orebook.shipped import shipped
from orebook.solver.lp.stop import Stop, on_interrupt


@dataclass(frozen=True)
class DrillOptions:
    """The options of the command."""

    weeks: int | None
    model: str
    gap: float | None
    time_limit: float
    workers: int | None
    out: Path | None
    as_json: bool

    def request(self, drill: Path) -> DrillRequest:
        """The drill of a file."""
        return DrillRequest(drill, self.weeks, self.model, self.gap, self.time_limit, processes(self.workers))


def run(instance: Path, drill: Path, options: DrillOptions) -> int:
    """0 where every way came to its last week; 3 where one has no plan, 5 where it was stopped."""
    stop = Stop()
    try:
        with on_interrupt(stop):
            problem = read(instance)
            drill = _file(instance, drill)
            folder = options.out or Path("plans") / f"{problem.name}-{drill.stem}"
            result = run_drill(
                problem,
                options.request(drill),
                weeks_folder=folder / "weeks",
                on_week=lambda way, week: say(week_line(way, week)),
                on_way=lambda way: say(
                    f"{way.way}: {len(way.weeks)} weeks{f'; ended in {way.ended}' if way.ended else ''}"
                ),
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


def _file(instance: Path, drill: Path) -> Path:
    """The drill's file, or the one of its name among those of the instance. Raises InputError where there is neither."""
    homes = [home / "drills" for home in (instance, shipped("instances") / instance)]
    found = next((path for path in (drill, *(home / f"{drill}.toml" for home in homes)) if path.is_file()), None)
    if found is None:
        own = sorted({path.stem for home in homes for path in home.glob("*.toml")})
        says = "is missing; write a .toml file with name and [[shock]]" + (
            f", or name one of {', '.join(own)}" if own else ""
        )
        raise InputError([fault(str(drill), None, "missing_file", says)])
    return found


def _write(result: DrillResult, folder: Path, options: DrillOptions) -> None:
    document = result.document()
    write_file(folder / "drill.json", json_bytes(document), force=True)
    write_file(folder / "drill.html", drill_page(result).encode(), force=True)
    write_file(folder / "drill.xlsx", drill_workbook(result), force=True)
    if options.as_json:
        result_json(document)
    else:
        print_tables([ways_table(result)], len(result.ways), "")
        for line in filter(None, in_short(result)):
            show(line)
    say(f"written: {folder / 'drill.html'}, drill.xlsx, drill.json, and each week's plan in {folder / 'weeks'}")
