"""A planner as locust plays one: reads the API and the pages, and edits an instance of their own."""

from __future__ import annotations

import itertools
import os
import random
from typing import Any

from locust import HttpUser, between, task

from tests.service.running import instance

_numbers = itertools.count()


class Planner(HttpUser):
    """Looks around, most of the time; there is a plan to look at, and runs under way."""

    wait_time = between(1, 5)

    def on_start(self) -> None:
        """An instance of their own."""
        self.name = f"user-{os.getpid()}-{next(_numbers)}"
        self.client.post("/v1/instances", json=instance(self.name), name="POST instances")

    @task(3)
    def look(self) -> None:
        """The lists."""
        for name in ("instances", "runs", "plans"):
            self.client.get(f"/v1/{name}?limit=20", name=f"GET /v1/{name}")
            self.client.get(f"/{name}", name=f"GET page {name}")

    @task(3)
    def read(self) -> None:
        """The vault: its document and a table of it, its page and a grid."""
        self.client.get("/v1/instances/vault", name="GET instance")
        self.client.get("/v1/instances/vault/tables/offers.json", name="GET table")
        self.client.get("/instances/vault", name="GET page instance")
        self.client.get("/instances/vault/grids/prices", name="GET grid")

    @task(3)
    def plan(self) -> None:
        """A plan of the vault: its tickets, facts, page and report."""
        plan = self._one("/v1/plans?instance=vault&limit=5", "GET /v1/plans")
        self.client.get(f"/v1/plans/{plan}/tickets", name="GET tickets")
        self.client.get(f"/v1/plans/{plan}/facts", name="GET facts")
        self.client.get(f"/plans/{plan}", name="GET page plan")
        self.client.get(f"/v1/plans/{plan}/files/report.html", name="GET report")

    @task(2)
    def watch(self) -> None:
        """A solve under way: where it stands, and its page."""
        run = self._one("/v1/runs?state=running&limit=5", "GET /v1/runs")
        self.client.get(f"/v1/runs/{run}", name="GET run")
        self.client.get(f"/runs/{run}", name="GET page run")
        with self.client.get(f"/runs/{run}/live", stream=True, name="GET page run, its first event") as live:
            next(live.iter_lines(), None)

    @task(2)
    def edit(self) -> None:
        """A new price, of the version that was read."""
        tag = self.client.get(f"/v1/instances/{self.name}", name="GET instance").headers["ETag"]
        cell = {"table": "minerals", "key": ["tin"], "column": "price_usd_per_t", "value": random.randint(80, 120)}
        self.client.patch(
            f"/v1/instances/{self.name}", json={"cells": [cell]}, headers={"If-Match": tag}, name="PATCH instance"
        )

    def _one(self, path: str, name: str) -> str:
        found: list[dict[str, Any]] = self.client.get(path, name=name).json()["items"]
        return str(random.choice(found)["id"])
