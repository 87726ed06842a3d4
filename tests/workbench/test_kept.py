"""What a page sends is kept by the same actions as what the API gets, and nobody's version is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from orebook.service.settings import Settings
from orebook.workbench.app import create_app
from tests.service.running import QUICK, created, instance

Answer = dict[str, Any]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The workbench; runs wait."""
    app = create_app(Settings(home=tmp_path_factory.mktemp("kept"), **QUICK))
    with TestClient(app, base_url="http://127.0.0.1") as found:
        yield found


def _keep(client: TestClient, name: str, version: int, price: str) -> Answer:
    """Keep a draft in which the mineral's price is another."""
    cell = {"grid": "minerals", "key": ["tin"], "column": "price_usd_per_t", "text": price}
    answer = client.post(f"/instances/{name}/keep", json={"version": version, "cells": [cell], "note": "by hand"})
    assert answer.status_code == 200, answer.text
    found: Answer = answer.json()
    return found


def test_a_draft_is_kept_once(client: TestClient) -> None:
    """It becomes version 2; the same draft over version 1 then shows what differs; a price that is none, its cell."""
    name = created(client, "drafted")
    assert _keep(client, name, 1, "110") == {"outcome": "kept", "version": 2}
    changed = _keep(client, name, 1, "120")
    assert (changed["outcome"], changed["version"]) == ("changed", 2)
    assert [(row["column"], row["was"], row["is"]) for row in changed["differs"]] == [("price_usd_per_t", 100, 110)]
    faults = _keep(client, name, 2, "dear")
    assert (faults["outcome"], faults["faults"][0]["place"]) == ("faults", "minerals tin price_usd_per_t")
    stored = client.get(f"/v1/instances/{name}").json()
    assert (stored["version"], stored["note"], stored["by"]) == (2, "by hand", "local")


def test_an_upload_is_a_version_or_refused(client: TestClient) -> None:
    """Over the version that the page showed it goes to what changed; over an older one it is refused, as a page with 412."""
    name = created(client, "uploaded")
    content = instance(name)
    content["minerals"][0]["price_usd_per_t"] = 130
    kept = client.post(f"/instances/{name}/upload?version=1", json=content)
    assert (kept.status_code, kept.headers["HX-Redirect"]) == (204, f"/instances/{name}/changes/2")
    refused = client.post(f"/instances/{name}/upload?version=1", json=content)
    assert (refused.status_code, "It is at version 2 now" in refused.text) == (412, True)
    assert "130" in client.get(f"/instances/{name}/changes/2").text
    taken = client.post("/upload", json=content)
    assert (taken.status_code, "The name is taken" in taken.text) == (409, True)


def test_a_solve_of_a_page_is_a_run_as_any_other(client: TestClient) -> None:
    """The page goes to the run that the API lists, with the options of the form; a model that is none is refused in words."""
    name = created(client, "asked")
    went = client.post(f"/instances/{name}/solve", data={"model": "weekly", "gap_pct": "1", "time_limit_s": "5"})
    (run,) = client.get("/v1/runs", params={"instance": name}).json()["items"]
    assert (went.status_code, went.headers["HX-Redirect"]) == (204, f"/runs/{run['id']}")
    assert run["asked"] == {"kind": "solve", "gap": 0.01, "time_limit_s": 5.0}
    refused = client.post(f"/instances/{name}/solve", data={"model": "nope"})
    assert (refused.status_code, "nope" in refused.text) == (422, True)
    assert len(client.get("/v1/runs", params={"instance": name}).json()["items"]) == 1
    assert client.post(f"/runs/{run['id']}/cancel").status_code == 200
    assert client.get(f"/v1/runs/{run['id']}").json()["state"] == "cancelled"
    assert client.post(f"/runs/{run['id']}/cancel").status_code == 409


def test_a_whatif_of_an_instance_without_a_plan_is_refused(client: TestClient) -> None:
    """Before any solve there is nothing to start from: 409, in words."""
    name = created(client, "unsolved")
    answer = client.post(f"/instances/{name}/whatif", json={"version": 1, "levers": {"budget": 10}})
    assert (answer.status_code, "No plan yet" in answer.text) == (409, True)
