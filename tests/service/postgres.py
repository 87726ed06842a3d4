"""A PostgreSQL of the tests' own: a fresh cluster behind a socket in a folder, ended with the tests.

The programs are the machine's; where they are missing and the tests run as root on Debian, apt installs them.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

SETTINGS = {"listen_addresses": "", "fsync": "off", "max_connections": "200", "unix_socket_permissions": "0777"}


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database; skips, and says why, where there is no PostgreSQL to be had."""
    programs = _programs() or _installed()
    if programs is None:
        pytest.skip("no PostgreSQL: initdb is not on the PATH nor in /usr/lib/postgresql, and apt did not install it")
    user = _user()
    with TemporaryDirectory(prefix="orebook-pg-") as name:
        folder = Path(name)
        if user is not None:
            shutil.chown(folder, user)
        data, options = str(folder / "data"), " ".join(f"-c {key}='{value}'" for key, value in SETTINGS.items())
        _done(user, folder, programs / "initdb", "-D", data, "-A", "trust", "-U", "orebook")
        control = (programs / "pg_ctl", "-D", data, "-w")
        _done(user, folder, *control, "-l", str(folder / "log"), "-o", f"{options} -k {folder}", "start")
        try:
            yield f"postgresql://orebook@/postgres?host={folder}"
        finally:
            _done(user, folder, *control, "-m", "immediate", "stop")


def _done(user: str | None, folder: Path, *command: str | Path) -> None:
    subprocess.run(
        list(command), user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def _programs() -> Path | None:
    """The folder that initdb is in."""
    found = [Path(p).parent for p in (shutil.which("initdb"),) if p]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


def _installed() -> Path | None:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "--no-install-recommends", "postgresql"]
    subprocess.run(command, env=environment, capture_output=True, check=False)
    return _programs()


def _user() -> str | None:
    """Who runs it: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"
