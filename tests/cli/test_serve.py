"""`orebook serve`: what it refuses, and that nothing of it stays behind."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from tests.cli.commands import OREBOOK, orebook
from tests.patience import PATIENCE_S


def test_it_says_where_it_serves_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """On a free port that it names; ended, its workers and their helpers end with it."""
    command = [str(OREBOOK), "serve", "--home", str(tmp_path), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as service:
        assert service.stderr is not None
        said = json.loads(service.stderr.readline())
        assert said["url"].startswith("http://127.0.0.1:")
        assert not said["url"].endswith(":0")
        while not any("orebook.service.processes.worker" in line for line in _commands(service.pid)):
            time.sleep(0.05)
        family = psutil.Process(service.pid).children(recursive=True)
        service.terminate()
        service.stderr.read()
        assert service.wait(PATIENCE_S) == 0
    assert psutil.wait_procs(family, timeout=PATIENCE_S)[1] == []


EARLY = """
import os, signal, sys
from pathlib import Path
import uvicorn
from orebook.service.app import create_app
from orebook.service.processes import serve as serving
from orebook.service.settings import Settings

def first(call):
    def called(*args, **named):
        os.kill(os.getpid(), signal.SIGTERM)
        return call(*args, **named)
    return called

where, name = {"said": (serving.log, "info"), "run": (uvicorn.Server, "run")}[sys.argv[1]]
setattr(where, name, first(getattr(where, name)))
serving.serve(Settings(home=Path(sys.argv[2]), port=0, workers=1), create_app)
"""


@pytest.mark.parametrize("before", ["said", "run"])
def test_told_to_end_while_it_begins_it_ends(tmp_path: Path, before: str) -> None:
    """A signal that comes before the server listens to them is neither lost nor leaves a worker behind."""
    command = [sys.executable, "-c", EARLY, before, str(tmp_path)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as service:
        family: set[psutil.Process] = set()
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if service.poll() is not None:
                break
            with suppress(psutil.NoSuchProcess):
                family |= set(psutil.Process(service.pid).children(recursive=True))
            time.sleep(0.05)
        service.kill()
    assert service.returncode == 0
    assert psutil.wait_procs(family, timeout=PATIENCE_S)[1] == []


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
