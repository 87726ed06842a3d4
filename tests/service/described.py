"""A service held against its own description by schemathesis."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.cli.commands import OREBOOK
from tests.serving import served

CONFIG = Path(__file__).with_name("schemathesis.toml")
LIMITS = {"auth": "keys", "sync_s": "0.2", "waiting": "1000000", "key_waiting": "1000000", "key_requests_s": "100000"}


@dataclass(frozen=True)
class Said:
    """How schemathesis ended and what it printed; requests that were answered, and those that were with a 5xx."""

    status: int
    output: str
    requests: int
    broken: tuple[str, ...]


def described(folder: Path, examples: int, seed: int) -> Said:
    """Every phase and every check of schemathesis over every operation, with a key that may do anything.

    `examples` are drawn of each operation, and as many rows of operations.
    """
    key = [str(OREBOOK), "key", "drawn", "--scope", "admin", "--home", str(folder / "home")]
    secret = subprocess.run(key, capture_output=True, text=True, check=True).stdout.strip()
    shutil.copy(CONFIG, folder)
    log = folder / "log"
    with log.open("wb") as said, served(folder / "home", "--workers", "0", log=said, **LIMITS) as url:
        command = ["run", f"{url}/v1/openapi.json", "--checks", "all", "-H", f"Authorization: Bearer {secret}"]
        command += [
            "--max-examples",
            str(examples),
            "--seed",
            str(seed),
            "--phases",
            "examples,coverage,fuzzing,stateful",
        ]
        program = Path(sys.executable).with_name("schemathesis")
        ended = subprocess.run([program, *command], cwd=folder, capture_output=True, text=True, check=False)
    lines = [line for line in log.read_text().splitlines() if '"event": "request"' in line]
    broken = tuple(line for line in lines if json.loads(line)["status"] >= 500)
    return Said(ended.returncode, ended.stdout, len(lines), broken)
