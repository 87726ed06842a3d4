"""The lists as CSV: the rows of their JSON."""

from __future__ import annotations

import csv
import io
import json

from fastapi.testclient import TestClient

from tests.service.running import instance, solved


def _rows(client: TestClient, path: str) -> list[dict[str, str]]:
    answer = client.get(path)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.text)))


def test_lists_are_tables_too(client: TestClient) -> None:
    """Instances, runs, plans, the audit and tickets have the ids of their JSON, in order."""
    plan = solved(client, "listed")
    for path, key in (("/v1/instances", "id"), ("/v1/runs", "id"), ("/v1/plans", "id"), ("/v1/audit", "id")):
        theirs = [str(item[key]) for item in client.get(f"{path}?limit=3").json()["items"]]
        assert [row[key] for row in _rows(client, f"{path}.csv")][:3] == theirs
    tickets = client.get(f"/v1/plans/{plan}/tickets").json()["items"]
    assert [
        (row["offer"], row["state"], float(row["tonnes"])) for row in _rows(client, f"/v1/plans/{plan}/tickets.csv")
    ] == [(t["offer"], "proposed", t["tonnes"]) for t in tickets]


def test_no_cell_is_a_formula(client: TestClient) -> None:
    """A title that begins as one is text; what is nested is JSON."""
    content = instance("not-a-formula")
    content["instance"]["title"] = "=1+1"
    client.post("/v1/instances", json=content)
    row = next(row for row in _rows(client, "/v1/instances.csv") if row["id"] == "not-a-formula")
    assert row["title"] == "'=1+1"
    assert json.loads(row["size"])["minerals"] == 1
