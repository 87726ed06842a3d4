"""What `orebook whatif` prints and writes: progress, tables or JSON, and the files of its folder."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from orebook.cli.exit_status import FAILED, NO_PLAN, NOT_PROVEN, PROVEN, STOPPED
from orebook.cli.output import print_tables, result_json, say
from orebook.cli.output import result as print_result
from orebook.cli.progress import Reporter
from orebook.files.atomic import write_file, write_folder
from orebook.plan import Plan
from orebook.plan_tables import csv_bytes, json_bytes
from orebook.report import files_of, news
from orebook.report.compared import tables
from orebook.report.studies.scenario_page import study_page, study_tables
from orebook.scenarios.outcome import Ending, Outcome
from orebook.scenarios.outcome_rows import outcome_rows
from orebook.scenarios.study_listener import StudyListener
from orebook.scenarios.study_result import BASE, StudyResult

CHANGED = "whatif"
"""The folder of a single what-if's plan."""
MAX_ROWS = 40
"""Rows of a table on a terminal."""
EXIT_STATUS: dict[Ending, int] = {
    "failed": FAILED,
    "unknown": STOPPED,
    "infeasible": NO_PLAN,
    "refused": NO_PLAN,
    "feasible": NOT_PROVEN,
    "optimal": PROVEN,
}


@dataclass(frozen=True)
class WhatIfWriter:
    """Where a study goes: a folder, and standard output as tables or as one JSON document."""

    folder: Path
    as_json: bool

    def listener(self) -> StudyListener:
        """Progress on standard error, and the base plan written as soon as it is solved."""
        progress = Progress()
        return StudyListener(
            on_base_begin=lambda: say("solving the base plan"),
            base=Reporter().listener(),
            on_base_solved=lambda plan: write_folder(self.folder / BASE, files_of(plan)),
            on_begin=progress.begin,
            on_outcome=progress,
        )

    def write_study(self, result: StudyResult) -> int:
        """All of it; the exit status."""
        if result.plan is not None:
            return self._single(result, result.plan)
        return self._break_even(result) if result.request.break_even is not None else self._list(result)

    def _single(self, result: StudyResult, plan: Plan) -> int:
        """One what-if: its plan is written, and set beside the base."""
        write_folder(self.folder / CHANGED, files_of(plan))
        if self.as_json:
            result_json(result.document())
        else:
            print_tables(tables({BASE: result.base_plan, CHANGED: plan}), MAX_ROWS, "in the plans' folders")
            print_result(news.says(plan))
            print_result(_changed(result.outcomes[0]))
        say(f"written: {self.folder / CHANGED}")
        return PROVEN if plan.status == "optimal" else NOT_PROVEN

    def _list(self, result: StudyResult) -> int:
        """A list of scenarios, whole or as far as it came."""
        self._files(result)
        for outcome in result.outcomes:
            if outcome.why:
                say(f"{outcome.name}: {outcome.status}: {outcome.why}")
        if not result.complete:
            left = result.requested - len(result.outcomes)
            say(f"stopped: {left} scenarios were not solved; the same command goes on with them")
            return STOPPED
        return EXIT_STATUS[result.ending]

    def _break_even(self, result: StudyResult) -> int:
        """Where an answer turns."""
        if result.turn is None or result.request.break_even is None:
            say("no plan: stopped before the turn was found; the same command goes on with it")
            return STOPPED
        self._files(result)
        when = result.request.break_even.when
        if not result.turn.sides:
            say(f"{when}: the same at both ends; a wider span may have the turn")
        elif set(result.turn.at) != {"no", "yes"}:
            say(f"{when}: what turns is whether there is a plan, or is known; a narrower span may have the turn")
        return FAILED if result.count("failed") else PROVEN

    def _files(self, result: StudyResult) -> None:
        """The files of a study, and its tables or its document on standard output."""
        document = result.document()
        write_file(self.folder / "outcomes.json", json_bytes(document), force=True)
        write_file(self.folder / "outcomes.csv", csv_bytes(outcome_rows(result.outcomes)), force=True)
        if self.as_json:
            result_json(document)
        else:
            print_tables(study_tables(result), MAX_ROWS, "in outcomes.csv")
        say(f"written: {self.folder / 'outcomes.csv'}, outcomes.json and outcomes.html")
        write_file(self.folder / "outcomes.html", study_page(result).encode(), force=True)


class Progress:
    """A line a scenario on standard error, with the time that is left."""

    def __init__(self) -> None:
        self._count, self._done, self._began = 0, 0, time.monotonic()

    def begin(self, count: int) -> None:
        """So many scenarios are about to be solved."""
        self._count, self._done, self._began = count, 0, time.monotonic()

    def __call__(self, outcome: Outcome) -> None:
        """One scenario more is solved."""
        self._done += 1
        spent = time.monotonic() - self._began
        left = spent / self._done * (self._count - self._done)
        say(f"{spent:7.1f} s  {self._done} of {self._count}, about {left:.0f} s left  {outcome.name}: {outcome.status}")


def _changed(outcome: Outcome) -> str:
    if not outcome.changed:
        return "No order changes."
    return f"{outcome.changed} orders differ from the base plan; {outcome.forced} or more do in any plan as good."
