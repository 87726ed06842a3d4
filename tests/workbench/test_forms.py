"""What a form may hold that no page sends: refused in words, and nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from orebook.service.settings import Settings
from orebook.workbench.app import create_app
from tests.service.running import QUICK, solved, working


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The workbench and a worker."""
    home: Path = tmp_path_factory.mktemp("forms")
    app = create_app(Settings(home=home, **QUICK))
    with TestClient(app, base_url="http://127.0.0.1") as found, working(home):
        yield found


@pytest.fixture(scope="module")
def plan(client: TestClient) -> str:
    """Tickets of tin."""
    return solved(client, "forms")


def test_the_pages_of_a_plan_are_there(client: TestClient, plan: str) -> None:
    """The plan, both lists, the plan beside itself, its instance, its run and the audit: each names instance or plan."""
    pages = (
        "/plans",
        f"/plans/{plan}",
        f"/plans/{plan}/beside/{plan}",
        "/instances/forms",
        "/runs",
        f"/runs/{plan}",
        "/audit",
    )
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "forms" in answer.text or plan in answer.text, address


@pytest.mark.parametrize("ticket", ["a/²", "a/" + "9" * 5000, "a", "/1"])
def test_a_ticket_that_cannot_be_is_refused(client: TestClient, plan: str, ticket: str) -> None:
    """In the page, which shows the tickets as they are."""
    answer = client.post(f"/plans/{plan}/tickets", data={"state": "approved", "ticket": ticket})
    assert answer.status_code == 200
    assert "No such ticket" in answer.text


def test_an_order_is_taken_back_by_its_own_button_only(client: TestClient, plan: str) -> None:
    """Approved once more it stays ordered; then it is approved again, and then proposed."""
    tickets = client.get(f"/v1/plans/{plan}/tickets").json()["items"]
    names = [f"{t['offer']}/{t['week']}" for t in tickets]
    seen = []
    for state in ("approved", "ordered", "approved", "back to approved", "back to proposed"):
        client.post(f"/plans/{plan}/tickets", data={"state": state, "ticket": names})
        seen.append({t["state"] for t in client.get(f"/v1/plans/{plan}/tickets").json()["items"]})
    assert seen == [{"approved"}, {"ordered"}, {"ordered"}, {"approved"}, {"proposed"}]


def test_a_price_written_twice_is_named(client: TestClient, plan: str) -> None:
    """Which of the two would count is nobody's guess."""
    client.post(f"/v1/plans/{plan}/tickets", json={"state": "approved"})
    answer = client.post(f"/plans/{plan}/next", data={"prices": "tin 10\ntin 20"}, headers={"HX-Request": "true"})
    assert "has a price already" in answer.text
