"""Load on loopback: 50 planners read and edit while solves run; then a thousand runs that all end.

`python -m tests.service.load` starts a service of its own, says the 95th percentile of every address, and ends with
status 1 where one that is read is over 300 ms, where anything failed, or where a run did not end.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2

from tests.patience import PATIENCE_S
from tests.service.postgres import postgres
from tests.service.running import instance
from tests.serving import served

MOST_MS = 300.0
ROOT = Path(__file__).parents[2]
ASKED = [["shortage", "gallium"], ["rule", "shares"]]
PLANNERS = Path(__file__).with_name("planners.py")


def main() -> None:
    """Both, on SQLite or with --postgres."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--postgres", action="store_true")
    asked = parser.parse_args()
    with TemporaryDirectory() as home:
        if asked.postgres:
            with postgres() as address:
                sys.exit(_measured(Path(home), asked, store=address))
        sys.exit(_measured(Path(home), asked))


def _measured(home: Path, asked: argparse.Namespace, **told: str) -> int:
    with (home / "log").open("wb") as log, served(home, "--workers", "4", log=log, **told) as url:
        client = httpx2.Client(base_url=url, timeout=PATIENCE_S)
        return _users(url, client, asked) + int(runs_that_end(client, asked.runs) < asked.runs)


def _users(url: str, client: httpx2.Client, asked: argparse.Namespace) -> int:
    """The 95th percentiles under so many users, who have a plan to read, while four solves of the vault run."""
    plan = _ended(client, _submitted(client, kind="solve", instance="vault", gap=0.01))
    _ended(client, _submitted(client, kind="explain", plan=plan, questions=ASKED))
    solving = [_submitted(client, kind="solve", instance="vault", gap=0.0) for _ in range(4)]
    command = [
        sys.executable,
        "-m",
        "locust",
        "-f",
        str(PLANNERS),
        "--headless",
        "--host",
        url,
        "--json",
        "--only-summary",
    ]
    command += ["-u", str(asked.users), "-r", "10", "-t", f"{asked.seconds}s", "--skip-log-setup"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    running = [client.get(f"/v1/runs/{run_id}").json()["state"] for run_id in solving]
    for run_id in solving:
        client.post(f"/v1/runs/{run_id}/cancel")
    rows = json.loads(ended.stdout[ended.stdout.index("[") :])
    bad = 0
    for row in sorted(rows, key=lambda row: str(row["name"])):
        p95 = _percentile(row["response_times"], 0.95)
        slow = str(row["name"]).startswith("GET") and p95 > MOST_MS
        bad += slow or row["num_failures"] > 0
        print(f"{row['name']:30} {row['num_requests']:6} requests, p95 {p95:6.0f} ms, {row['num_failures']} failed")  # noqa: T201
    print(f"{asked.users} users for {asked.seconds} s while four solves of the vault were {', '.join(running)}")  # noqa: T201
    return int(bad > 0 or not rows)


def _percentile(times: dict[str, int], part: float) -> float:
    left = part * sum(times.values())
    for ms in sorted(times, key=float):
        left -= times[ms]
        if left <= 0:
            return float(ms)
    return 0.0


def _ended(client: httpx2.Client, run_id: str) -> str:
    """The run, once it has ended with its result."""
    while (run := client.get(f"/v1/runs/{run_id}").json())["state"] in ("queued", "running"):
        time.sleep(1)
    assert run["state"] in ("optimal", "feasible"), run
    return run_id


def runs_that_end(client: httpx2.Client, count: int) -> int:
    """Queue so many runs of a small instance at once; how many of them have ended when nothing moves any more."""
    client.post("/v1/instances", json=instance("queued"))
    began = time.monotonic()
    wanted = {_submitted(client, kind="solve", instance="queued", audit=False) for _ in range(count)}
    queued = time.monotonic() - began
    left, moved = set(wanted), time.monotonic()
    while left and time.monotonic() - moved < PATIENCE_S:
        time.sleep(1)
        there = {run_id for run_id in left if client.get(f"/v1/runs/{run_id}").json()["state"] == "optimal"}
        moved = time.monotonic() if there else moved
        left -= there
    spent = time.monotonic() - began
    print(f"{count} runs queued in {queued:.0f} s, {count - len(left)} ended optimal in {spent:.0f} s")  # noqa: T201
    return count - len(left)


def _submitted(client: httpx2.Client, **asked: Any) -> str:
    answer = client.post("/v1/runs", json=asked)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["id"])


if __name__ == "__main__":
    main()
