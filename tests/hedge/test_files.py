"""hedge.json and the futures' plan.json, worked out by hand: goods lost and late, what is paid of them, who is engaged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import orebook
from orebook.verdict import verify
from orebook.world import world_in
from tests.hedge.cases import fates, hedged_fates
from tests.judge.cases import WEEKLY

FUTURES = ["as it stands", "bar", "late", "refunded", "too late"]
BOUGHT_AGAIN = ["bar", "refunded", "too late"]
"""Where the ten tonnes do not come in time, so that ten more are bought in Chile."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hedged plan of `fates`, saved."""
    place = tmp_path_factory.mktemp("hedged") / "plan"
    hedged_fates().save(place)
    return place


def content(file: Path) -> Any:
    """What stands in a JSON file."""
    return json.loads(file.read_text(encoding="utf-8"))


def of_future(folder: Path, future: str) -> Any:
    """A future's plan.json."""
    (place,) = [f["plan"] for f in content(folder / "hedge.json")["futures"] if f["future"] == future]
    return content(folder / place)


def test_ten_tonnes_are_ordered_now_whatever_comes(folder: Path) -> None:
    """As in plan.json, with the week in which they were to arrive, and nothing of what one future makes of them.

    Ordered now: 1072 USD where they come, 372 + 3000 where not, of which 300 come back in one future: on average
    0.7 * 1072 + 0.3 * 3372 - 0.1 * 300 = 1732 USD. Not ordered: 3052 USD in all.
    """
    hedge = content(folder / "hedge.json")
    assert (hedge["schema"], hedge["now_weeks"], hedge["status"]) == ("orebook/hedge/1", 1, "optimal")
    (ticket,) = hedge["tickets"]
    assert (ticket["offer"], ticket["week"], ticket["tonnes"], ticket["arrives"]) == ("a", 1, 10.0, 3)
    assert ticket["order_cash_usd"] == 1002.0
    assert ticket.keys() & {"lost", "paid_usd", "refunded_usd"} == set()
    (cost,) = [s for s in hedge["stages"] if s["stage"] == "cost"]
    assert (cost["value"], cost["final"]) == (pytest.approx(1732.0), pytest.approx(1732.0))
    assert cost["bound"] == pytest.approx(1732.0)


def test_each_future_says_what_it_is(folder: Path) -> None:
    """Probability, week and fate of goods; what is left of the probability is the future without changes."""
    said = content(folder / "hedge.json")["futures"]
    assert [f["future"] for f in said] == FUTURES
    assert [f["probability"] for f in said] == pytest.approx([0.6, 0.1, 0.1, 0.1, 0.1])
    assert [f["known_week"] for f in said] == [5, 2, 2, 2, 2]
    assert [f["in_transit"] for f in said] == ["lost", "lost", "lost", "refund", "lost"]
    assert [f["measures"]["cost"] for f in said] == pytest.approx([1072, 3372, 1072, 3072, 3372])
    # who knew that a bar comes would buy in Chile alone, and so who knew of two weeks' delay
    assert [f["alone"]["cost"][1] for f in said] == pytest.approx([1022, 3050, 1022, 3050, 3050])


def test_goods_that_are_lost_or_late_are_listed(folder: Path) -> None:
    """With what was paid of them and given back, and the week in which they come: none in the plan's."""
    said = {f["future"]: f for f in content(folder / "hedge.json")["futures"]}
    gone = {"offer": "a", "week": 1, "tonnes": 10.0, "paid_usd": 302.0}
    assert {name: f["lost"] for name, f in said.items()} == {
        "as it stands": [],
        "bar": [{**gone, "refunded_usd": 0.0}],
        "refunded": [{**gone, "refunded_usd": 300.0}],
        "late": [],
        "too late": [],
    }
    late = {"offer": "a", "week": 1, "tonnes": 10.0}
    assert {name: f["late"] for name, f in said.items() if f["late"]} == {
        "late": [{**late, "arrives": 4}],
        "too late": [{**late, "arrives": None}],
    }


@pytest.mark.parametrize(
    ("future", "arrives", "lost", "paid", "refunded"),
    [
        ("as it stands", 3, False, 1002.0, 0.0),
        ("bar", None, True, 302.0, 0.0),
        ("refunded", None, True, 302.0, 300.0),
        ("late", 4, False, 1002.0, 0.0),
        ("too late", None, False, 302.0, 0.0),
    ],
)
def test_a_futures_plan_says_what_it_makes_of_a_ticket(
    folder: Path, future: str, arrives: int | None, lost: bool, paid: float, refunded: float
) -> None:
    """The order cash stays what it was ordered for; beside it what is paid in the plan's weeks, and what comes back.

    Where nothing is learnt the ticket is one as ever. The parts of the costs are as ordered, `not_due_usd` takes off what is
    not paid, receipts stand apart.
    """
    plan = of_future(folder, future)
    ticket = plan["tickets"][0]
    assert (ticket["offer"], ticket["order_cash_usd"]) == ("a", 1002.0)
    said = {"lost": False, "paid_usd": ticket["order_cash_usd"], "refunded_usd": 0.0, **ticket}
    assert [said[k] for k in ("arrives", "lost", "paid_usd", "refunded_usd")] == [arrives, lost, paid, refunded]
    costs = plan["costs"]
    again = 3000.0 if future in BOUGHT_AGAIN else 0.0
    assert (costs["goods_usd"], costs["order_fees_usd"]) == (1000.0 + again, 2.0)
    assert costs.get("not_due_usd", 0.0) == paid - 1002.0
    assert costs["cash_usd"] == paid + again + 70.0
    assert costs["receipts_usd"] == refunded
    assert costs["total_usd"] == paid + again + 70.0 - refunded
    assert plan["receipts"] == (
        [{"week": 2, "usd": 300.0, "withdrawal": None, "offer": "a", "ordered": 1, "bid": None}] if refunded else []
    )


@pytest.mark.parametrize("future", FUTURES)
def test_houses_are_engaged_in_every_future_where_one_needs_them(folder: Path, future: str) -> None:
    """Both fees are paid in each, by week 1's draw, though Chile's house has no ticket where China's goods come."""
    plan = of_future(folder, future)
    assert plan["engaged"] == ["east", "west"]
    assert plan["costs"]["engage_fees_usd"] == 70.0
    # 302 on order and 70
    assert [d["usd"] for d in plan["draws"] if d["week"] == 1] == [372.0]
    assert len(plan["tickets"]) == (2 if future in BOUGHT_AGAIN else 1)


@pytest.mark.parametrize("future", FUTURES)
def test_a_futures_plan_says_which_it_is_and_of_stages_the_end_alone(folder: Path, future: str) -> None:
    """Its changes as they are written; stages with `stage` and `final`, as they were not solved for it alone."""
    plan, problem = of_future(folder, future), hedged_fates().problem
    (listed,) = [f for f in problem.futures if f.name == future]
    assert (plan["future"], plan["known_week"], plan["in_transit"]) == (future, listed.known_week, listed.in_transit)
    assert plan["instance"]["changes"] == list(listed.changes)
    assert [set(s) for s in plan["stages"]] == [{"stage", "final"}] * 3
    assert [s["stage"] for s in plan["stages"]] == ["cover", "cost", "tickets"]


def test_a_futures_folder_is_a_plan_by_itself(folder: Path) -> None:
    """It opens with its world, and holds there."""
    for future in hedged_fates().problem.futures:
        (place,) = [f.plan for f in hedged_fates().document.futures if f.future == future.name]
        plan = orebook.open_plan(folder / Path(place).parent)
        assert plan.document == hedged_fates().plans[future.name].document
        assert plan.problem == world_in(hedged_fates().problem, future)
        assert verify(plan.problem, plan.document, WEEKLY).ok


def test_a_plan_of_a_changed_instance_is_opened(tmp_path: Path) -> None:
    """What `--set` changes is changed once, also in a future in which nothing else is: tin at 110 USD/t, fees twice as high."""
    problem = fates().change("minerals.tin.price_usd_per_t=+10%", "houses.west.engage_fee_usd=*2", "rules.shares=off")
    hedged = orebook.hedge(problem, audit=False)
    hedged.save(tmp_path / "plan")
    again = orebook.open_hedge(tmp_path / "plan")
    assert {n: p.document for n, p in again.plans.items()} == {n: p.document for n, p in hedged.plans.items()}
    assert {n: p.problem for n, p in again.plans.items()} == {f.name: world_in(problem, f) for f in problem.futures}
    assert again.problem == problem


def test_what_was_saved_is_opened(folder: Path) -> None:
    """The same document, problem with its futures, and plans; from the folder and from its hedge.json."""
    for path in (folder, folder / "hedge.json"):
        again = orebook.open_hedge(path)
        assert again.document == hedged_fates().document
        assert again.problem == hedged_fates().problem
        assert again.problem.futures == hedged_fates().problem.futures
        assert {n: p.document for n, p in again.plans.items()} == {
            n: p.document for n, p in hedged_fates().plans.items()
        }


def test_the_folder_is_that_of_the_plan_of_the_future_without_changes(folder: Path) -> None:
    """Its plan.json beside hedge.json."""
    assert content(folder / "plan.json") == of_future(folder, "as it stands")
    assert hedged_fates().main is hedged_fates().plans["as it stands"]


def test_of_futures_that_all_have_changes_the_likeliest_is_the_main_one() -> None:
    """The first of equals."""
    hedged = orebook.hedge(Path(__file__).parents[2] / "instances" / "teaching" / "newsvendor", audit=False)
    assert hedged.main.document.future == "demand-010"


def test_tables_of_a_hedged_plan() -> None:
    """A row a ticket now, a stage, and a future."""
    hedged = hedged_fates()
    assert hedged.tickets[["offer", "week", "tonnes"]].values.tolist() == [["a", 1, 10.0]]
    assert list(hedged.stages["stage"]) == ["cover", "cost", "tickets"]
    assert list(hedged.futures["future"]) == FUTURES
    assert list(hedged.futures["cost"]) == pytest.approx([1072, 3372, 1072, 3072, 3372])
    assert repr(hedged) == "HedgedPlan case: optimal, 1 ticket in week 1, 5 futures, cover 0, cost 1,732"
