"""A study: what a request asks for, what is refused, and how its scenarios end."""

from __future__ import annotations

from pathlib import Path

import pytest

import orebook
from orebook.as_ordered import as_ordered
from orebook.errors import InfeasibleError, InputError
from orebook.files.atomic import write_folder
from orebook.plan import Plan
from orebook.report import files_of
from orebook.scenarios.breakeven import HALVINGS
from orebook.scenarios.outcome import Ending, Outcome
from orebook.scenarios.outcome_rows import outcome_rows
from orebook.scenarios.scenario import Scenario
from orebook.scenarios.study import run_study
from orebook.scenarios.study_listener import StudyListener
from orebook.scenarios.study_request import (
    BreakEven,
    DrawSettings,
    StudyKind,
    StudyRequest,
    refuse_unclear,
    scenarios_of,
)
from orebook.scenarios.study_result import StudyResult
from orebook.solver.lp.stop import Stop
from tests.builders import make_problem

DAYS = "instance.target_days"
FIVE_DAYS = Scenario(name="five", changes=(f"{DAYS}=5",))
CLASH = Scenario(name="clash", changes=("instance.budget_usd=100", "minerals.tin.must_days=10"))
NO_SUCH = Scenario(name="no such", changes=("minerals.tim.price_usd_per_t=1",))


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Ten days of tin for 1000 USD, an offer a tonne at 100 USD."""
    return orebook.solve(make_problem(volatility=[{"mineral": "tin", "volatility_pct": 30}]), gap=0.0, audit=False)


@pytest.mark.parametrize(
    ("request_", "kind", "names"),
    [
        (StudyRequest(changes=("rules.shares=off",)), "changes", ["rules.shares=off"]),
        (StudyRequest(scenarios=(FIVE_DAYS,), ranges=(f"{DAYS}=8:9:2",)), "scenarios", ["five", *("8", "9")]),
        (StudyRequest(ranges=(f"{DAYS}=8:9:2",)), "ranges", ["8", "9"]),
        (StudyRequest(tornado=5.0), "tornado", ["-5%", "+5%"]),
        (StudyRequest(tornado="own"), "tornado", ["-4.1%", "+4.2%"]),
        (StudyRequest(draws=DrawSettings(2)), "draws", ["1", "2"]),
        (StudyRequest(break_even=BreakEven(f"{DAYS}=5:15", "plan")), "break_even", ["5", "15"]),
    ],
)
def test_each_request_has_its_kind_and_scenarios(
    plan: Plan, request_: StudyRequest, kind: StudyKind, names: list[str]
) -> None:
    """Of a break-even the ends of its span; each with the changes that come before all."""
    assert request_.kind == kind
    assert [s.name.split()[-1] for s in scenarios_of(request_, plan.problem)] == names
    after = scenarios_of(StudyRequest(**{**vars(request_), "changes": ("rules.shares=off",)}), plan.problem)
    assert {s.changes[0] for s in after} == {"rules.shares=off"}


def test_a_request_is_refused_by_its_arguments_and_by_what_the_caller_calls_them() -> None:
    """Draws known later, two tables at once, and nothing asked for."""
    later = StudyRequest(draws=DrawSettings(4), known=2)
    with pytest.raises(InputError) as error:
        refuse_unclear(later)
    assert str(error.value.findings[0]).startswith("known: what is drawn is solved as known from week 1")
    both = StudyRequest(tornado=5.0, draws=DrawSettings(4))
    with pytest.raises(InputError) as error:
        refuse_unclear(both)
    assert str(error.value.findings[0]) == "study: tornado and draws are asked for at once; ask for one at a time"
    with pytest.raises(InputError) as error:
        refuse_unclear(StudyRequest(), lambda argument: f"<{argument}>")
    assert str(error.value.findings[0]).startswith(
        "<study>: name what changes, with <changes>, <scenarios>, <ranges>, "
    )


@pytest.mark.parametrize(
    ("request_", "argument"),
    [
        (StudyRequest(draws=DrawSettings(200_000)), "draws"),
        (StudyRequest(break_even=BreakEven(f"{DAYS}=5:15", "shrt>1")), "when"),
    ],
)
def test_a_fault_goes_by_the_argument(plan: Plan, request_: StudyRequest, argument: str) -> None:
    """And not by an option of the command line, which Python and the service do not have."""
    with pytest.raises(InputError) as error:
        run_study(plan, request_)
    assert [finding.file for finding in error.value.findings] == [argument]
    assert "--" not in str(error.value)


def test_an_instance_is_solved_first_and_found_again(tmp_path: Path) -> None:
    """Once solved, the base plan and the outcomes are taken from the folder."""
    problem, bases, outcomes = make_problem(), list[Plan](), list[Outcome]()

    def keep(plan: Plan) -> None:
        bases.append(plan)
        write_folder(tmp_path / "base", files_of(plan))

    listener = StudyListener(on_base_solved=keep, on_outcome=outcomes.append)
    request = StudyRequest(ranges=(f"{DAYS}=5:10:2",), gap=0.0)
    first, second = (run_study(problem, request, folder=tmp_path, listener=listener) for _ in range(2))
    assert (len(bases), len(outcomes)) == (1, 2)
    assert [o.total_usd for o in first.outcomes] == [500, 1000]
    assert second.outcomes == first.outcomes
    assert second.base_plan.document.tickets == first.base_plan.document.tickets


def test_changes_are_checked_before_anything_is_solved(plan: Plan) -> None:
    """Unless they were: then the one that names nothing is an outcome, and the others are solved."""
    begun: list[int] = []
    request = StudyRequest(scenarios=(FIVE_DAYS, NO_SUCH))
    with pytest.raises(InputError, match='did you mean "tin"'):
        run_study(plan, request, listener=StudyListener(on_begin=begun.append))
    assert begun == []
    checked = StudyRequest(scenarios=(FIVE_DAYS, NO_SUCH), checked=True)
    result = run_study(plan, checked, listener=StudyListener(on_begin=begun.append))
    assert (begun, [o.status for o in result.outcomes]) == ([2], ["optimal", "refused"])


def test_a_single_plan_is_whole_or_raises(plan: Plan) -> None:
    """Where the plan of one scenario is asked for; else one without a plan is an outcome as in any list."""
    result = run_study(plan, StudyRequest(scenarios=(FIVE_DAYS,), single_plan=True, gap=0.0))
    assert result.plan is not None
    assert result.plan.document.costs.total_usd == result.outcomes[0].total_usd == 500
    with pytest.raises(InfeasibleError):
        run_study(plan, StudyRequest(scenarios=(CLASH,), single_plan=True))
    assert run_study(plan, StudyRequest(scenarios=(CLASH,))).ending == "infeasible"


def test_a_break_even_says_where_it_turns(plan: Plan) -> None:
    """Between 10 and 10.02 days cost passes 1000 USD, as lots are tonnes; both sides are in the document."""
    request = StudyRequest(break_even=BreakEven(f"{DAYS}=5:15", "cost>1000"), gap=0.0)
    result = run_study(plan, request)
    assert result.complete
    assert len(result.outcomes) == HALVINGS + 2
    turn = result.document()["turn"]
    assert (turn["when"], [side["answer"] for side in turn["sides"]]) == ("cost>1000", ["no", "yes"])
    no, yes = (float(turn[answer].rpartition(" ")[2]) for answer in ("no", "yes"))
    assert no <= 10 < yes


def test_a_stopped_study_has_what_it_reached(plan: Plan) -> None:
    """A list has the outcomes until then; a break-even has no turn. Neither is complete."""
    for request in (
        StudyRequest(ranges=(f"{DAYS}=5:9:3",)),
        StudyRequest(break_even=BreakEven(f"{DAYS}=5:15", "cost>1000")),
    ):
        stop = Stop()
        result = run_study(plan, request, listener=StudyListener(on_outcome=lambda _o, s=stop: _set(s)), stop=stop)  # type: ignore[misc]
        assert not result.complete
        assert len(result.outcomes) == 1
        assert result.turn is None


def _set(stop: Stop) -> None:
    stop.asked = True


def test_draws_are_summed_up(plan: Plan) -> None:
    """At the level asked for, as `orebook.risk` does."""
    result = run_study(plan, StudyRequest(draws=DrawSettings(4, seed=3, level=0.9)))
    assert result.risk == orebook.risk(plan, draws=4, seed=3, level=0.9)
    assert result.document()["risk"]["level"] == 0.9
    told = [o.as_ordered for o in result.outcomes]
    assert told == [as_ordered(plan, o.changes) for o in result.outcomes]
    rows = [row["as_ordered_usd"] for row in outcome_rows(result.outcomes)]
    assert rows == [s["as_ordered"]["total_usd"] for s in result.document()["scenarios"]]


@pytest.mark.parametrize(
    ("endings", "ending"),
    [
        (["optimal", "optimal"], "optimal"),
        (["optimal", "feasible"], "feasible"),
        (["feasible", "refused"], "refused"),
        (["infeasible", "refused"], "infeasible"),
        (["infeasible", "unknown"], "unknown"),
        (["unknown", "failed", "optimal"], "failed"),
    ],
)
def test_the_worst_ending_is_the_studys(plan: Plan, endings: list[Ending], ending: Ending) -> None:
    """A failure before what is not known, that before no plan, that before one not proven."""
    outcomes = tuple(Outcome(name=str(k), status=status) for k, status in enumerate(endings))
    result = StudyResult(StudyRequest(), plan, outcomes, len(outcomes))
    assert result.ending == ending
    assert result.count("optimal", "feasible") == result.with_plan == sum(e in ("optimal", "feasible") for e in endings)
