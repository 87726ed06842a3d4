"""From a proposed ticket to next week."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.service.running import ended, serving, solved, submitted, working


@pytest.fixture(scope="module")
def plan(client: TestClient) -> str:
    """Ten tonnes in week 1, to last ten days in week 1, and as many more for week 2."""
    targets = [{"mineral": "tin", "week": w, "days": 10 * w} for w in (1, 2)]
    offers = [{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 10}]
    return solved(client, "weekly", targets=targets, offers=offers)


def _move(client: TestClient, plan: str, state: str, *weeks: int) -> int:
    tickets = [{"offer": "a", "week": week} for week in weeks]
    return client.post(f"/v1/plans/{plan}/tickets", json={"state": state, "tickets": tickets}).status_code


def test_tickets_go_a_step_at_a_time(client: TestClient, plan: str) -> None:
    """Proposed to ordered is no step, and then nothing is changed; the audit has who approved what."""
    assert client.get(f"/v1/plans/{plan}").json()["states"] == {"proposed": 2, "approved": 0, "ordered": 0}
    assert _move(client, plan, "ordered", 1) == 409
    assert _move(client, plan, "approved", 1, 3) == 404
    assert _move(client, plan, "approved", 1, 2) == 200
    assert _move(client, plan, "ordered", 2) == 200
    assert client.get(f"/v1/plans/{plan}").json()["states"] == {"proposed": 0, "approved": 1, "ordered": 1}
    newest, before = client.get(f"/v1/audit?subject=plans/{plan}").json()["items"]
    assert (before["action"], before["who"], before["detail"]) == (
        "ticket.approved",
        "local",
        {"tickets": ["a/1", "a/2"], "was": {"a/1": "proposed", "a/2": "proposed"}},
    )
    assert newest["action"] == "ticket.ordered"


def test_who_approves_does_not_take_an_order_back(client: TestClient, plan: str) -> None:
    """Approved all at once, an ordered ticket stays ordered unless the step back is said; naming none is not naming all."""
    path = f"/v1/plans/{plan}/tickets"
    answers = [client.post(path, json={"state": "approved", **how}).json()["items"] for how in ({}, {"back": True})]
    assert [[t["state"] for t in items] for items in answers] == [["approved", "ordered"], ["approved", "approved"]]
    assert client.post(path, json={"state": "ordered", "tickets": []}).status_code == 422


def test_next_week_starts_from_the_approved_plan(client: TestClient, plan: str) -> None:
    """Week 1's tonnes are in store, week 2's order is the prior plan of the new week 1 and stands; dearer as it came true."""
    _move(client, plan, "approved", 1, 2)
    run = ended(client, submitted(client, kind="next-week", plan=plan, prices={"tin": 150}))
    assert (run["state"], run["result"]["version"], run["result"]["frozen_weeks"]) == ("optimal", 2, 1)
    assert run["result"]["not_frozen"] == []
    moved = client.get("/v1/instances/weekly/document.json").json()
    assert moved["stock"] == [{"mineral": "tin", "site": "store", "tonnes": 10, "age_weeks": 0}]
    assert moved["prior"] == [{"offer": "a", "week": 1, "tonnes": 10}]
    assert (moved["minerals"][0]["price_usd_per_t"], moved["instance"]["frozen_weeks"]) == (150, 1)
    assert client.get(f"/v1/plans/{plan}").json()["stale"] is True
    again = client.post("/v1/runs", json={"kind": "next-week", "plan": plan})
    assert (again.status_code, again.json()["type"]) == (409, "urn:orebook:problem:stale")


def test_no_week_is_begun_from_what_might_be(client: TestClient) -> None:
    """A what-if's plan is under changes that the instance does not have: 409, and they are named."""
    plan = solved(client, "might-be")
    asked = {"kind": "whatif", "plan": plan, "changes": ["instance.target_days=5"]}
    supposed = ended(client, submitted(client, **asked))["id"]
    client.post(f"/v1/plans/{supposed}/tickets", json={"state": "approved"})
    answer = client.post("/v1/runs", json={"kind": "next-week", "plan": supposed})
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:orebook:problem:under-changes")
    assert "instance.target_days=5" in answer.json()["detail"]


def test_the_weeks_that_stand_are_found_anew_for_a_clone(tmp_path: Path) -> None:
    """Week 2 is approved after the run was submitted: done again, it stands; weeks that were asked for are kept."""
    targets = [{"mineral": "tin", "week": w, "days": 10 * w} for w in (1, 2)]
    offers = [{"offer": "a", "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 10}]
    with serving(tmp_path) as client:
        with working(tmp_path):
            plan = solved(client, "again", targets=targets, offers=offers)
        _move(client, plan, "approved", 1)
        runs = [submitted(client, kind="next-week", plan=plan, **how) for how in ({}, {"frozen_weeks": 0})]
        _move(client, plan, "approved", 2)
        clones = [client.post(f"/v1/runs/{run}/clone", json={}).json()["asked"] for run in runs]
    assert [asked.get("stands", 0) for asked in clones] == [1, 0]


def test_approved_tickets_of_a_week_that_is_not_wholly_approved_are_named(client: TestClient) -> None:
    """Two offers in weeks 1 and 2: of week 2 one ticket alone is approved; no week stands, and that ticket is named."""
    targets = [{"mineral": "tin", "week": w, "days": 20 * w} for w in (1, 2)]
    offers = [{"offer": o, "house": "traxys", "mineral": "tin", "lot_t": 1, "max_week_t": 10} for o in "ab"]
    plan = solved(client, "partly", targets=targets, offers=offers)
    tickets = [{"offer": o, "week": w} for o, w in (("a", 1), ("b", 1), ("a", 2))]
    assert client.post(f"/v1/plans/{plan}/tickets", json={"state": "approved", "tickets": tickets}).status_code == 200
    run = ended(client, submitted(client, kind="next-week", plan=plan))
    assert (run["result"]["frozen_weeks"], run["result"]["not_frozen"]) == (0, ["a/2"])


def test_a_week_does_not_end_with_orders_that_nobody_approved(client: TestClient) -> None:
    """409, and the ticket is named."""
    answer = client.post("/v1/runs", json={"kind": "next-week", "plan": solved(client, "unapproved")})
    assert answer.status_code == 409
    assert "a/1" in answer.json()["detail"] or "a/2" in answer.json()["detail"]
