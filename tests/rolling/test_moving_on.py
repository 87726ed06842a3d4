"""A week later, by what really happened: approvals, goods received, money paid, prices; each difference is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import orebook
from orebook.cli.app import app
from orebook.errors import InputError
from orebook.plan import Plan
from tests.builders import make_problem


def planned() -> Plan:
    """10 t of tin wanted: 4 t come this week (300 USD due), 6 t are to be bought, 3 t a week; 2000 USD in all; 3 weeks."""
    problem = make_problem(
        {"weeks": 3, "budget_usd": 2000, "start": "2026-02-09"},
        offers=[
            {
                "offer": "a",
                "house": "traxys",
                "mineral": "tin",
                "lot_t": 1,
                "max_week_t": 3,
                "to_week": 2,
                "lead_weeks": 1,
            }
        ],
        inbound=[{"mineral": "tin", "site": "store", "week": 1, "tonnes": 4, "due_usd": 300}],
    )
    plan = orebook.solve(problem, gap=0, audit=False)
    assert [(t.offer, t.week, t.tonnes) for t in plan.document.tickets] == [("a", 1, 3), ("a", 2, 3)]
    return plan


def test_all_goes_as_planned() -> None:
    """3 t ordered for 300 USD and 300 paid: 1400 are left, 4 t in store, 3 t come in the new first week; nothing differs."""
    moved = orebook.next_week(planned())
    problem = moved.problem
    assert (moved.ordered, moved.cash_usd, moved.frozen_weeks, moved.differences) == (1, 600, 0, ())
    assert (str(problem.start), problem.budget_usd) == ("2026-02-16", 1400)
    assert dict(problem.stock) == {("tin", "store"): 4}
    assert [(o.mineral, o.week, o.tonnes) for o in problem.inbound] == [("tin", 1, 3)]
    assert dict(problem.prior) == {("a", 1): 3}


def test_an_order_that_was_not_approved_is_not_placed() -> None:
    """Of the tickets that of week 2 alone is: nothing is under way, 300 USD are paid, the order of the new week 1 stands."""
    moved = orebook.next_week(planned(), approved=[("a", 2)])
    assert moved.differences == ("a: 3 t of week 1 were not approved and not ordered",)
    assert (moved.ordered, moved.cash_usd, moved.frozen_weeks) == (0, 300, 1)
    assert moved.problem.inbound == ()
    assert moved.problem.budget_usd == 1700


def test_goods_that_came_short_and_cost_more() -> None:
    """2.5 of 4 t came, the rest comes in the new week 2; 320 USD were invoiced, where 300 were due: 20 less are left."""
    row = {"mineral": "tin", "site": "store", "tonnes": 2.5, "rest_week": 2, "paid_usd": 320}
    moved = orebook.next_week(planned(), received=[row], prices={"tin": 120.0})
    assert moved.differences == (
        "tin in store: 2.5 t came in, of 4 t; the rest comes in week 2",
        "tin in store: USD 320.00 were paid, where USD 300.00 were due",
    )
    problem = moved.problem
    assert dict(problem.stock) == {("tin", "store"): 2.5}
    assert [(o.week, o.tonnes) for o in problem.inbound] == [(1, 3), (2, 1.5)]
    assert (problem.budget_usd, problem.benchmark["tin", 1]) == (1380, 120)


def test_goods_that_were_refused_and_goods_beyond_the_order() -> None:
    """None of 4 t was taken: no stock, and nothing more comes. 5 t of 4: one more."""
    refused = orebook.next_week(planned(), received=[{"mineral": "tin", "site": "store", "tonnes": 0}])
    assert dict(refused.problem.stock) == {}
    assert refused.differences == ("tin in store: 0 t came in, of 4 t; the rest does not come",)
    more = orebook.next_week(planned(), received=[{"mineral": "tin", "site": "store", "tonnes": 5}])
    assert dict(more.problem.stock) == {("tin", "store"): 5}
    assert more.differences == ("tin in store: 5 t came in, 1 t more than the 4 t that were to",)


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"approved": [("b", 1)]}, '"b/1" is no ticket of the plan'),
        ({"prices": {"tan": 1.0}}, '"tan" is no mineral; did you mean "tin"?'),
        ({"received": [{"mineral": "tin", "site": "shed", "tonnes": 1}]}, '"tin" in "shed" is not of the instance'),
        (
            {"received": [{"mineral": "tin", "site": "store", "tonnes": 4, "rest_week": 2}]},
            "nothing is left to come in week 2",
        ),
        ({"received": [{"mineral": "tin", "site": "store", "tonnes": -1}]}, "greater than or equal to 0"),
    ],
)
def test_facts_about_what_is_not_there_are_refused(facts: dict[str, object], says: str) -> None:
    """Each is named, and nothing is moved on."""
    with pytest.raises(InputError, match=says.replace("?", r"\?")):
        orebook.next_week(planned(), **facts)  # type: ignore[arg-type]


def test_the_command_writes_the_new_instance(tmp_path: Path) -> None:
    """Files of approvals, prices and goods received; the folder is an instance that can be solved, and is not overwritten."""
    planned().save(tmp_path / "plan")
    (tmp_path / "approved.csv").write_text("offer,week\na,1\na,2\n", encoding="utf-8")
    (tmp_path / "prices.csv").write_text("mineral,price_usd_per_t\ntin,110\n", encoding="utf-8")
    (tmp_path / "received.csv").write_text("mineral,site,tonnes,rest_week\ntin,store,3,1\n", encoding="utf-8")
    asked = ["next-week", str(tmp_path / "plan"), "--out", str(tmp_path / "next"), "--json"]
    for name in ("approved", "prices", "received"):
        asked += [f"--{name}", str(tmp_path / f"{name}.csv")]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert (said["ordered"], said["frozen_weeks"], said["start"]) == (1, 1, "2026-02-16")
    assert said["differences"] == ["tin in store: 3 t came in, of 4 t; the rest comes in week 1"]
    problem = orebook.read(tmp_path / "next")
    assert problem.digest == said["digest"]
    assert [(o.week, o.tonnes) for o in problem.inbound] == [(1, 4)]
    assert CliRunner().invoke(app, asked).exit_code == 2


def test_the_command_names_the_cell_that_is_wrong(tmp_path: Path) -> None:
    """A column that is not there, and a row that stands twice."""
    planned().save(tmp_path / "plan")
    (tmp_path / "prices.csv").write_text("mineral,price_usd_per_t\ntin,110\ntin,x\n", encoding="utf-8")
    asked = [
        "next-week",
        str(tmp_path / "plan"),
        "--out",
        str(tmp_path / "n"),
        "--prices",
        str(tmp_path / "prices.csv"),
    ]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 2
    assert "prices.csv:3 price_usd_per_t" in done.output
    assert not (tmp_path / "n").exists()
