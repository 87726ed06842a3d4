"""A secret in a file of the service's folder: made once, readable by the service alone, shared by who shares the folder."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path


def secret_in(path: Path) -> str:
    """The secret of a file, made where there is none. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()
