"""Runs from a request to their end."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.service.running import created, ended, solved, submitted


def test_an_instance_is_solved(client: TestClient) -> None:
    """Posted, queued, solved by a worker: optimal, with every file of a plan; tin lasts 10 days by 10 t at 100 USD."""
    plan = client.get(f"/v1/runs/{solved(client, 'first')}").json()
    assert (plan["state"], plan["attempt"], plan["reason"]) == ("optimal", 1, "")
    assert plan["result"]["total_usd"] == 1000.0  # 10 days * 1 t/day = 10 t, * 100 USD/t, nothing in store
    assert {"plan.json", "instance.json", "model.json", "tickets.csv", "report.html", "plan.xlsx"} <= set(plan["files"])


def test_an_instance_without_a_plan_is_infeasible(client: TestClient) -> None:
    """Cover that must be there and cannot be bought: infeasible, with the clash and its reason, and no files."""
    minerals = [{"mineral": "tin", "daily_use_t": 1, "price_usd_per_t": 100, "must_days": 100}]
    run = ended(client, submitted(client, kind="solve", instance=created(client, "clash", minerals=minerals)))
    assert (run["state"], run["files"]) == ("infeasible", [])
    assert run["reason"]
    assert run["result"]["clash"]["says"] == run["reason"]
