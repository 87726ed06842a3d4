"""A rolling study: which policies are rolled, what is refused, and what is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orebook.errors import InputError
from orebook.files.plan_folder import open_plan
from orebook.rolling.history import History
from orebook.rolling.results import PolicyResult
from orebook.rolling.study import RollRequest, chosen_policies, run_roll
from orebook.solver.lp.stop import Stop
from tests.builders import make_problem

MONDAY = date(2026, 2, 9)
PRICES = History({"tin": ((MONDAY,), (100.0,))})


def test_policies_are_those_named_else_all() -> None:
    """In the order in which they are listed; without prices that come true nothing is foreseen."""
    assert chosen_policies((), foresight=True) == ["plan", "no changes", "foresight", "thumb"]
    assert chosen_policies((), foresight=False) == ["plan", "no changes", "thumb"]
    assert chosen_policies(("thumb", "plan"), foresight=True) == ["plan", "thumb"]


@pytest.mark.parametrize(
    ("request_", "argument", "says"),
    [
        (RollRequest(policies=("thum",)), "policies", 'did you mean "thumb"'),
        (RollRequest(history=PRICES), "history", "name a Monday with start"),
    ],
)
def test_a_fault_goes_by_the_argument(request_: RollRequest, argument: str, says: str) -> None:
    """And by what the caller calls it."""
    with pytest.raises(InputError) as error:
        run_roll(make_problem(), request_)
    (finding,) = error.value.findings
    assert finding.file == argument
    assert says in finding.message
    with pytest.raises(InputError) as error:
        run_roll(make_problem(), request_, name=lambda argument: f"--{argument}")
    assert error.value.findings[0].file == f"--{argument}"


def test_weeks_come_out_and_are_written(tmp_path: Path) -> None:
    """A row a policy and week; the plans of `plan` are in their folders, and policies are told as they end."""
    ended: list[PolicyResult] = []
    weeks: list[tuple[str, int]] = []
    result = run_roll(
        make_problem(),
        RollRequest(weeks=2, history=PRICES, start=MONDAY, policies=("plan", "thumb"), gap=0.0),
        weeks_folder=tmp_path,
        on_week=lambda policy, week: weeks.append((policy, week.week)),
        on_policy=ended.append,
    )
    assert result.complete
    assert result.all_planned
    assert tuple(ended) == result.policies
    assert (
        weeks
        == [(row["way"], row["week"]) for row in result.rows()]
        == [(p, w) for p in ("plan", "thumb") for w in (1, 2)]
    )
    assert [way["way"] for way in result.document()["ways"]] == ["plan", "thumb"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["001", "002"]
    assert float(open_plan(tmp_path / "001").judgement.cash[0].cash_usd) == result.policies[0].weeks[0].cash_usd


def test_a_stop_leaves_the_weeks_until_then() -> None:
    """The policy that was rolled says where it ended, and the study is not complete."""
    stop = Stop()

    def end(_policy: str, _week: object) -> None:
        stop.asked = True

    result = run_roll(make_problem(), RollRequest(weeks=3, policies=("thumb", "plan")), on_week=end, stop=stop)
    assert not result.complete
    assert [(p.way, len(p.weeks), p.ended) for p in result.policies] == [("plan", 1, "week 2: stopped")]
