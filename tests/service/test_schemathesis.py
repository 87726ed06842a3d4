"""Requests drawn from the API's own description, good and bad, one and in a row: all checks hold, and nothing breaks."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest

from tests.cli.commands import OREBOOK

CONFIG = Path(__file__).with_name("schemathesis.toml")
LIMITS = {"AUTH": "keys", "SYNC_S": "0.2", "WAITING": "1000000"}


@pytest.mark.slow
def test_the_api_is_as_it_describes_itself(tmp_path: Path) -> None:
    """Every phase and every check of schemathesis over every operation, with a key that may do anything: no failure, no 5xx."""
    key = [str(OREBOOK), "key", "drawn", "--scope", "admin", "--home", str(tmp_path / "home")]
    secret = subprocess.run(key, capture_output=True, text=True, check=True).stdout.strip()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    serve = [
        str(OREBOOK),
        "serve",
        "--home",
        str(tmp_path / "home"),
        "--port",
        url.rpartition(":")[2],
        "--workers",
        "0",
    ]
    environment = os.environ | {f"OREBOOK_{name}": value for name, value in LIMITS.items()}
    shutil.copy(CONFIG, tmp_path)
    log = tmp_path / "log"
    with log.open("wb") as said, subprocess.Popen(serve, env=environment, stderr=said) as service:
        try:
            _await(url)
            command = ["run", f"{url}/v1/openapi.json", "--checks", "all", "-H", f"Authorization: Bearer {secret}"]
            command += ["--max-examples", "5", "--seed", "1", "--phases", "examples,coverage,fuzzing,stateful"]
            program = Path(sys.executable).with_name("schemathesis")
            ended = subprocess.run([program, *command], cwd=tmp_path, capture_output=True, text=True, check=False)
        finally:
            service.terminate()
    assert ended.returncode == 0, ended.stdout[-10_000:]
    answered = [json.loads(line) for line in log.read_text().splitlines() if '"event": "request"' in line]
    assert len(answered) > 1000
    assert [line for line in answered if line["status"] >= 500] == []


def _await(url: str) -> None:
    for _ in range(200):
        try:
            if httpx2.get(f"{url}/readyz").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise AssertionError("the service does not begin")
