"""README.md's section on the service does what it says, against a service that is started as it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.cli.commands import OREBOOK
from tests.docs.files import blocks, table
from tests.docs.test_readme import README
from tests.serving import free_port, until_ready

from orebook.service.settings import Settings
from orebook.service.store.tables import STATES

ROOT = Path(__file__).parents[2]
OPERATIONS = (ROOT / "models" / "operations.md").read_text()


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


def test_every_state_of_a_run_is_explained() -> None:
    """The table has them, in their order."""
    assert [row[0].strip("`") for row in table(README, "state of a run")] == list(STATES)


def test_settings_that_are_named_exist_with_their_defaults() -> None:
    """Every OREBOOK_... is a setting; where a number stands behind it, that is what it is set to."""
    named = dict(re.findall(r"`OREBOOK_(\w+)`(?: \((\d+)\))?", README + OPERATIONS))
    named.pop("CHROMIUM", None)
    assert len(named) >= 25
    for name, value in named.items():
        field = Settings.model_fields[name.lower()]
        assert not value or float(value) == field.default


def test_commands_of_the_operator_exist() -> None:
    """Each line is a command with options that it has."""
    (block,) = blocks(OPERATIONS, "text")
    for line in block.splitlines():
        words = shlex.split(line.partition("#")[0].partition(">")[0])
        helped = subprocess.run([OREBOOK, words[1], "--help"], capture_output=True, text=True, check=True).stdout
        assert all(word in helped for word in words if word.startswith("--")), line


def test_files_that_are_named_ship() -> None:
    """In the folder that the page names."""
    for name in (
        "orebook.service",
        "orebook-worker@.service",
        "Containerfile",
        "compose.yaml",
        "nginx.conf",
        "alerts.yaml",
    ):
        assert f"`{name}`" in OPERATIONS
        assert (ROOT / "src/orebook/service/deploy" / name).is_file()
