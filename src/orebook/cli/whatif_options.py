"""The options of `orebook whatif`, and the study that they ask for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orebook.cli.output import LIMITS
from orebook.errors import InputError
from orebook.reading.text import fault
from orebook.scenarios.study_request import BreakEven, DrawSettings, StudyRequest, refuse_unclear
from orebook.schema.tables import InTransit

OPTIONS = {
    **LIMITS,
    "study": "whatif",
    "changes": "--set",
    "known": "--known",
    "in_transit": "--in-transit",
    "scenarios": "--scenarios",
    "ranges": "--sweep",
    "tornado": "--tornado",
    "draws": "--draws",
    "break_even": "--break-even",
    "when": "--when",
}
"""argument of the study -> the option that gives it."""


@dataclass(frozen=True)
class WhatIfOptions:
    """The options of the command; `tornado` is a number of %, or `own` for each price's volatility in a week.

    `draws` has the level of the value at risk as a part of the draws, where the option has it in %.
    """

    model: str
    changes: tuple[str, ...]
    known: int | None
    in_transit: InTransit
    scenarios: Path | None
    sweeps: tuple[str, ...]
    tornado: str | None
    draws: DrawSettings | None
    break_even: str | None
    when: str | None
    gap: float | None
    time_limit: float | None
    workers: int | None
    cluster: str | None
    out: Path | None
    as_json: bool

    def request(self) -> StudyRequest:
        """The study. Raises InputError where nothing is asked for, or what excludes each other."""
        request = StudyRequest(
            changes=self.changes,
            known=self.known,
            in_transit=self.in_transit,
            scenario_file=self.scenarios,
            ranges=self.sweeps,
            tornado=None if self.tornado is None else _percent(self.tornado),
            draws=self.draws,
            break_even=None if self.break_even is None else BreakEven(self.break_even, self.when or ""),
            model=self.model,
            gap=self.gap,
            time_limit_s=self.time_limit,
            workers=self.workers or os.cpu_count() or 1,
            cluster=self.cluster,
            single_plan=True,
        )
        refuse_unclear(request, OPTIONS.__getitem__)
        if (self.break_even is None) != (self.when is None):
            says = "--break-even needs --when, and --when it: what is watched, such as 'ticket OFFER' or 'short>12'"
            raise _refused("no_watch", says)
        return request


def _percent(text: str) -> float | Literal["own"]:
    if text == "own":
        return "own"
    try:
        pct = float(text)
    except ValueError:
        pct = -1.0
    if not 0 <= pct < 100:
        raise _refused("not_a_tornado", f'"{text}" is no number from 0 to 99; write such as 10, or own')
    return pct


def _refused(check: str, says: str) -> InputError:
    return InputError([fault(OPTIONS["study"], None, check, says)])
