"""README.md's section on the service does what it says, against a service that is started as it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx2
import pytest
from tests.cli.commands import OREBOOK
from tests.docs.files import blocks, table
from tests.docs.test_readme import README
from tests.patience import PATIENCE_S
from tests.service.postgres import postgres
from tests.serving import free_port, until_ready

from orebook.service.settings import Settings
from orebook.service.store.tables import STATES

STORE, HOME = "postgresql://orebook@db/orebook", "/srv/orebook"


@contextmanager
def _started(line: str, folder: Path) -> Iterator[None]:
    """A command that goes on, begun as the line says: NAME=VALUE before it, and words."""
    words = shlex.split(line)
    told = [word for word in words if re.match(r"[A-Z_]+=", word)]
    command = [word for word in words if word not in told]
    assert command[0] == "orebook"
    environment = os.environ | dict(word.split("=", 1) for word in told)
    with subprocess.Popen(
        [str(OREBOOK), *command[1:]], cwd=folder, env=environment, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()


@pytest.mark.slow
def test_the_lines_of_curl_and_of_python_run(tmp_path: Path) -> None:
    """Against `orebook serve`: every line of curl succeeds, in order; the Python prints the plan with dearer copper."""
    port = str(free_port())
    (curl,), (code,) = blocks(README, "bash"), blocks(README, "py")
    assert len(curl.splitlines()) <= 11
    assert len([line for line in code.splitlines() if line]) <= 10
    with _started(f"orebook serve --port {port}", tmp_path):
        until_ready(f"http://127.0.0.1:{port}")
        script = "set -e\n" + curl.replace(":8000", f":{port}")
        ended = subprocess.run(["bash", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert '"state":"optimal"' in ended.stdout
        assert (tmp_path / "tickets.csv").read_text().startswith("offer,house,")
        python = [sys.executable, "-c", code.replace(":8000", f":{port}")]
        ended = subprocess.run(python, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert re.fullmatch(r"optimal [\d,]+ USD\ngallium has .*\n", ended.stdout)
    assert (tmp_path / "client.html").exists()


@pytest.mark.slow
def test_it_runs_behind_a_proxy_with_postgresql_and_two_workers(tmp_path: Path) -> None:
    """The lines as they stand, but for the database and the folder: only with the key, and both workers take runs."""
    (block,) = blocks(README, "shell")
    port = str(free_port())
    with postgres() as address, ExitStack() as running:
        lines = block.replace(STORE, address).replace(HOME, str(tmp_path)).replace("8000", port).splitlines()
        made = [str(OREBOOK), *shlex.split(lines[0])[1:]]
        secret = subprocess.run(made, capture_output=True, text=True, check=True).stdout.strip()
        for line in lines[1:]:
            running.enter_context(_started(line, tmp_path))
        url = f"http://127.0.0.1:{port}"
        until_ready(url)
        proxied = {"Host": "plans.example.org", "X-Forwarded-For": "10.0.0.7", "X-Forwarded-Proto": "https"}
        assert httpx2.get(f"{url}/v1/instances", headers=proxied).status_code == 401
        headers = {**proxied, "Authorization": f"Bearer {secret}"}
        with httpx2.Client(base_url=url, headers=headers, timeout=PATIENCE_S) as client:
            run = {"kind": "solve", "instance": "vault-small", "audit": False}
            wanted = [client.post("/v1/runs", json=run).json()["id"] for _ in range(8)]
            assert _ended(client, wanted) == ["optimal"] * 8


def _ended(client: httpx2.Client, wanted: list[str]) -> list[str]:
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        states = [client.get(f"/v1/runs/{run_id}").json()["state"] for run_id in wanted]
        if not {"queued", "running"} & {*states}:
            return states
        time.sleep(0.1)
    raise AssertionError(states)


def test_every_state_of_a_run_is_explained() -> None:
    """The table has them, in their order."""
    assert [row[0].strip("`") for row in table(README, "state of a run")] == list(STATES)


def test_settings_that_are_named_exist_with_their_defaults() -> None:
    """Every OREBOOK_... is a setting; where a number stands behind it, that is what it is set to."""
    named = dict(re.findall(r"`OREBOOK_(\w+)`(?: \((\d+)\))?", README))
    named.pop("CHROMIUM", None)
    assert len(named) >= 12
    for name, value in named.items():
        field = Settings.model_fields[name.lower()]
        assert not value or float(value) == field.default
