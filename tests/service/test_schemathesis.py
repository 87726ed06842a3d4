"""Requests drawn from the API's own description, good and bad, one and in a row: all checks hold, and nothing breaks."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.commands import OREBOOK
from tests.serving import served

CONFIG = Path(__file__).with_name("schemathesis.toml")
LIMITS = {"auth": "keys", "sync_s": "0.2", "waiting": "1000000"}


@pytest.mark.slow
def test_the_api_is_as_it_describes_itself(tmp_path: Path) -> None:
    """Every phase and every check of schemathesis over every operation, with a key that may do anything: no failure, no 5xx."""
    key = [str(OREBOOK), "key", "drawn", "--scope", "admin", "--home", str(tmp_path / "home")]
    secret = subprocess.run(key, capture_output=True, text=True, check=True).stdout.strip()
    shutil.copy(CONFIG, tmp_path)
    log = tmp_path / "log"
    with log.open("wb") as said, served(tmp_path / "home", "--workers", "0", log=said, **LIMITS) as url:
        command = ["run", f"{url}/v1/openapi.json", "--checks", "all", "-H", f"Authorization: Bearer {secret}"]
        command += ["--max-examples", "5", "--seed", "1", "--phases", "examples,coverage,fuzzing,stateful"]
        program = Path(sys.executable).with_name("schemathesis")
        ended = subprocess.run([program, *command], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout[-10_000:]
    answered = [json.loads(line) for line in log.read_text().splitlines() if '"event": "request"' in line]
    assert len(answered) > 1000
    assert [line for line in answered if line["status"] >= 500] == []
