"""`orebook serve`: what it refuses, and that nothing of it stays behind."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

import psutil
import pytest
from tests.cli.commands import OREBOOK, orebook


def test_it_says_where_it_serves_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """On a free port that it names; ended, its workers and their helpers end with it."""
    command = [str(OREBOOK), "serve", "--home", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr is not None
        said = json.loads(service.stderr.readline())
        assert said["url"].startswith("http://127.0.0.1:")
        assert not said["url"].endswith(":0")
        while not any("orebook.service.worker" in line for line in _commands(service.pid)):
            pass
        family = psutil.Process(service.pid).children(recursive=True)
        service.terminate()
        service.stderr.read()
        assert service.wait(30) == 0
    assert psutil.wait_procs(family, timeout=10)[1] == []


def test_a_taken_port_is_said(tmp_path: Path) -> None:
    """Status 2 and a sentence, no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = orebook("serve", "--home", tmp_path, "--port", str(taken.getsockname()[1]))
    assert (ended.returncode, ended.stderr.startswith("error: ")) == (2, True)
    assert "in use" in ended.stderr


@pytest.mark.parametrize("wrong", [["--host", "0.0.0.0"], ["--store", "postgresql://orebook@/nowhere?host=/nowhere"]])
def test_what_must_not_or_cannot_be_served_is_refused(tmp_path: Path, wrong: list[str]) -> None:
    """Another address without keys, a database that is not there: status 2 and why."""
    ended = orebook("serve", "--home", tmp_path, "--port", "0", *wrong)
    assert (ended.returncode, ended.stderr.startswith("error: ")) == (2, True)
    assert "Traceback" not in ended.stderr


def test_a_key_is_printed_alone(tmp_path: Path) -> None:
    """Its secret on standard output, what it is for on standard error."""
    ended = orebook("key", "desk", "--scope", "read", "--scope", "plan", "--home", tmp_path)
    assert (ended.returncode, ended.stdout.startswith("ob_"), len(ended.stdout.split())) == (0, True, 1)
    assert "plan, read" in ended.stderr


def _commands(pid: int) -> list[list[str]]:
    return [child.cmdline() for child in psutil.Process(pid).children()]
