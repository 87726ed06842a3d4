"""What `orebook whatif` is asked: its options, and the scenarios that they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from orebook.errors import InputError
from orebook.problem import Problem
from orebook.reading.text import fault
from orebook.scenarios.draws import draws, own_tornado
from orebook.scenarios.scenario import Scenario, crossed
from orebook.scenarios.scenario_files import read_scenarios
from orebook.scenarios.sweeps import sweep, tornado


@dataclass(frozen=True)
class Drawn:
    """Random prices: how many draws, of which seed, how many weeks from now, and the level of what is at risk, in %."""

    count: int
    seed: int
    weeks: float
    level_pct: float


@dataclass(frozen=True)
class Asked:
    """The options of the command; `tornado` is a number of per cent, or `own` for each price's volatility in a week."""

    model: str
    changes: tuple[str, ...]
    scenarios: Path | None
    sweeps: tuple[str, ...]
    tornado: str | None
    draws: Drawn | None
    break_even: str | None
    when: str | None
    gap: float | None
    time_limit: float | None
    workers: int | None
    cluster: str | None
    out: Path | None
    as_json: bool

    def check(self) -> None:
        """Raises InputError where nothing is asked, or two things at once that each have a table of their own."""
        lists = {"--scenarios or --sweep": bool(self.scenarios or self.sweeps), "--tornado": self.tornado is not None}
        ways = {**lists, "--draws": self.draws is not None, "--break-even": self.break_even is not None}
        taken = [name for name, there in ways.items() if there]
        if len(taken) > 1:
            raise _refused("too_many_ways", f"{' and '.join(taken)} are asked for at once; ask for one at a time")
        if not taken and not self.changes:
            says = "name what changes, with --set, --scenarios, --sweep, --tornado, --draws or --break-even"
            raise _refused("no_scenario", says)
        if (self.break_even is None) != (self.when is None):
            says = "--break-even needs --when, and --when it: what is watched, such as 'ticket OFFER' or 'short>12'"
            raise _refused("no_watch", says)

    def scenarios_of(self, problem: Problem) -> list[Scenario]:
        """Changes alone as one scenario; else those of files, sweeps, tornado or draws, each after the changes."""
        if self.tornado is not None:
            listed = own_tornado(problem) if self.tornado == "own" else tornado(problem, _percent(self.tornado))
        elif self.draws is not None:
            listed = draws(problem, self.draws.count, self.draws.seed, self.draws.weeks)
        else:
            listed = read_scenarios(self.scenarios) if self.scenarios else []
            listed += crossed([sweep(text) for text in self.sweeps]) if self.sweeps else []
        if not listed:
            return [Scenario(name="; ".join(self.changes), changes=self.changes)]
        return self.after(listed)

    def after(self, scenarios: Iterable[Scenario]) -> list[Scenario]:
        """The scenarios with the changes of the command made before their own."""
        return [s.model_copy(update={"changes": (*self.changes, *s.changes)}) for s in scenarios]


def _percent(text: str) -> float:
    try:
        pct = float(text)
    except ValueError:
        pct = -1.0
    if not 0 <= pct < 100:
        raise _refused("not_a_tornado", f'"{text}" is no number from 0 to 99; write such as 10, or own')
    return pct


def _refused(check: str, says: str) -> InputError:
    return InputError([fault("whatif", None, check, says)])
