"""Many what-ifs of a plan: scenarios, ranges, a tornado or draws, each outcome told as it comes."""

from __future__ import annotations

from orebook.plan_tables import csv_bytes, json_bytes
from orebook.scenarios.outcome import Outcome
from orebook.scenarios.outcome_rows import outcome_rows
from orebook.scenarios.study import run_study
from orebook.scenarios.study_listener import StudyListener
from orebook.scenarios.study_request import DrawSettings, StudyRequest
from orebook.scenarios.study_result import StudyResult
from orebook.service.runs.run_requests import SweepRequest
from orebook.service.work.open_plans import base_of
from orebook.service.work.task import Done, ParentChannel, Task


def work(task: Task, request: SweepRequest, channel: ParentChannel) -> Done:
    """Solve each from the base plan; after a stop those that were reached."""
    progress = _Progress(channel)
    listener = StudyListener(on_begin=progress.begin, on_outcome=progress)
    return _done(run_study(base_of(task), study_request(request), listener=listener, stop=channel.stop))


def study_request(request: SweepRequest) -> StudyRequest:
    """The study of a sweep. Its changes were checked when the run was submitted."""
    return StudyRequest(
        changes=request.changes,
        known=request.known,
        in_transit=request.in_transit,
        scenarios=request.scenarios,
        ranges=request.sweeps,
        tornado=request.tornado,
        draws=DrawSettings(**request.draws.model_dump()) if request.draws else None,
        gap=request.gap,
        time_limit_s=request.time_limit_s,
        checked=True,
    )


class _Progress:
    """Tells how many scenarios are solved, and the last one."""

    def __init__(self, channel: ParentChannel) -> None:
        self._channel, self._done, self._count = channel, 0, 0

    def begin(self, count: int) -> None:
        """So many scenarios are about to be solved."""
        self._count = count

    def __call__(self, outcome: Outcome) -> None:
        """One scenario more is solved."""
        self._done += 1
        last = outcome.model_dump(mode="json", include={"name", "status", "total_usd", "measures", "changed"})
        self._channel.progress({"stage": "scenarios", "done": self._done, "of": self._count, "last": last})


def _done(study: StudyResult) -> Done:
    """`optimal` where every scenario is settled, `feasible` where some are not, `failed` where none came to an end."""
    wanted, solved = study.requested, len(study.outcomes)
    result = {"scenarios": wanted, "solved": solved, "with_plan": study.with_plan}
    if not solved:
        return Done("failed", "no scenario came to an end", result)
    document = study.document()
    if not study.complete:
        document.pop("risk", None)  # of some draws only
    files = {"outcomes.json": json_bytes(document), "outcomes.csv": csv_bytes(outcome_rows(study.outcomes))}
    if not study.complete:
        return Done("feasible", f"stopped after {solved} of {wanted} scenarios", result, files)
    unsettled = wanted - study.count("optimal", "infeasible", "refused")
    if unsettled:
        return Done("feasible", f"{unsettled} of {wanted} scenarios are not settled within the gap", result, files)
    return Done("optimal", "", result, files)
