"""Programs of Debian's that tests need: installed where root may, else missed."""

from __future__ import annotations

import os
import shutil
import subprocess


def installed(package: str) -> bool:
    """Whether apt could install it; False, and nothing done, where this is no root or no Debian."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "install", "-y", "--no-install-recommends", package]
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
