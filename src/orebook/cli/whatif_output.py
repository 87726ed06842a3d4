"""What `orebook whatif` writes and prints once scenarios are solved."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from orebook.cli.output import print_tables, result, result_json, say
from orebook.cli.solve import EMPTY_HANDED, FAILED, NO_PLAN, NOT_PROVEN
from orebook.cli.whatif_options import Asked
from orebook.files.atomic import write_file, write_folder
from orebook.plan import Plan
from orebook.plan_tables import csv_bytes, json_bytes
from orebook.report import files_of
from orebook.report.compared import tables
from orebook.report.section import Chart
from orebook.report.table import Table
from orebook.scenarios.breakeven import Turn
from orebook.scenarios.html_page import curves, heats, histograms, page, swings
from orebook.scenarios.outcome import Outcome, outcome_of
from orebook.scenarios.outcome_tables import chosen_table, risk_table, rows, table, tornado_table, turn_table
from orebook.scenarios.risk import risk_of
from orebook.scenarios.sweeps import sweep

BASE, CHANGED = "base", "whatif"
MAX_ROWS = 40
"""Rows of a table on a terminal."""


@dataclass(frozen=True)
class WhatIfWriter:
    """Where results go: a folder, and standard output as tables or as one JSON document."""

    base: Plan
    out: Path
    asked: Asked

    @cached_property
    def _told(self) -> Outcome:
        """The base plan as an outcome."""
        return outcome_of(BASE, "", (), self.base, sum(s.seconds for s in self.base.document.stages))

    def one(self, outcome: Outcome, plan: Plan) -> int:
        """One what-if: its plan is written, and set beside the base."""
        write_folder(self.out / CHANGED, files_of(plan))
        if self.asked.as_json:
            result_json(self._document([outcome]))
        else:
            print_tables(tables({BASE: self.base, CHANGED: plan}), MAX_ROWS, "in the plans' folders")
            result(_changed(outcome))
        say(f"written: {self.out / CHANGED}")
        return 0 if plan.status == "optimal" else NOT_PROVEN

    def many(self, found: list[Outcome], wanted: int) -> int:
        """A list of scenarios, whole or as far as it came."""
        whole, base = len(found) == wanted, self._told
        more: dict[str, Any] = {}
        if self.asked.draws is not None:
            risk = risk_of(base, found, self.asked.draws.level_pct / 100)
            more, shown = {"risk": risk.model_dump(mode="json")}, [risk_table(risk), chosen_table(risk)]
        else:
            shown = [(tornado_table if self.asked.tornado is not None and whole else table)(base, found)]
        self._write(found, shown, more)
        self._page(found, shown, whole=whole)
        for outcome in found:
            if outcome.why:
                say(f"{outcome.name}: {outcome.status}: {outcome.why}")
        if not whole:
            say(f"stopped: {wanted - len(found)} scenarios were not solved; the same command goes on with them")
            return EMPTY_HANDED
        return _status(found)

    def turn(self, turn: Turn) -> int:
        """Where an answer turns."""
        at = {answer: outcome.name for answer, outcome in turn.sides}
        sides = [{"answer": answer, "at": outcome.name} for answer, outcome in turn.sides]
        ends = {"no": at.get("no"), "yes": at.get("yes"), "sides": sides}
        shown = turn_table(turn) if turn.sides else table(self._told, turn.solved)
        self._write(list(turn.solved), [shown], {"turn": {"when": self.asked.when, **ends}})
        self._page(list(turn.solved), [shown], whole=False)
        if not turn.sides:
            say(f"{self.asked.when}: the same at both ends; a wider span may have the turn")
        elif set(at) != {"no", "yes"}:
            say(
                f"{self.asked.when}: what turns is whether there is a plan, or is known; a narrower span may have the turn"
            )
        return FAILED if any(o.status == "failed" for o in turn.solved) else 0

    def _write(self, found: list[Outcome], shown: list[Table], more: dict[str, Any]) -> None:
        document = {**self._document(found), **more}
        write_file(self.out / "outcomes.json", json_bytes(document), force=True)
        write_file(self.out / "outcomes.csv", csv_bytes(rows(found)), force=True)
        if self.asked.as_json:
            result_json(document)
        else:
            print_tables(shown, MAX_ROWS, "in outcomes.csv")
        say(f"written: {self.out / 'outcomes.csv'}, outcomes.json and outcomes.html")

    def _page(self, found: list[Outcome], shown: list[Table], *, whole: bool) -> None:
        """The same as a page; charts need the whole list."""
        said = f"{len(found):,} scenarios of {self.base.problem.name}, each solved from its base plan."
        charts = self._charts(found) if whole else []
        answer = [] if self.asked.sweeps or self.asked.scenarios else shown
        text = page(f"What if: {self.base.problem.name}", said, charts, answer, table(self._told, found))
        write_file(self.out / "outcomes.html", text.encode(), force=True)

    def _charts(self, found: list[Outcome]) -> list[Chart]:
        asked = self.asked
        if asked.draws is not None:
            return histograms(found)
        if asked.tornado is not None:
            return swings(found)
        spans = [] if asked.scenarios else [text.partition("=")[0].strip() for text in asked.sweeps]
        if len(spans) == 1:
            return curves(spans[0], found)
        if len(spans) == 2:
            return heats(spans[0], spans[1], found, len(sweep(asked.sweeps[1])))
        return []

    def _document(self, found: list[Outcome]) -> dict[str, Any]:
        return {
            "schema": "orebook/outcomes/1",
            "base": self._told.model_dump(mode="json"),
            "scenarios": [o.model_dump(mode="json") for o in found],
        }


class Progress:
    """A line a scenario on standard error, with the time that is left."""

    def __init__(self, count: int) -> None:
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


def _status(found: list[Outcome]) -> int:
    if any(o.status == "failed" for o in found):
        return FAILED
    if any(o.status == "unknown" for o in found):
        return EMPTY_HANDED
    if any(not o.has_plan for o in found):
        return NO_PLAN
    return 0 if all(o.status == "optimal" for o in found) else NOT_PROVEN
