"""Files by the hash of their content: written once, whole or not at all, never changed."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from orebook.files.atomic import sync_folder

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Blobs:
    """A folder of such files. On several machines it is a folder that all of them share."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Keep a content, and the hash to get it by. Raises OSError where it cannot be written; then nothing is."""
        key = hashlib.sha256(content).hexdigest()
        path = self._path(key)
        if path.exists():
            return key
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
            try:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
                os.replace(file.name, path)
                sync_folder(path.parent)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        return key

    def get(self, key: str) -> bytes:
        """The content of a hash. Raises FileNotFoundError."""
        return self._path(key).read_bytes()

    def path(self, key: str) -> Path:
        """Where a content lies, for a response that streams it."""
        return self._path(key)

    def _path(self, key: str) -> Path:
        if not _HASH.fullmatch(key):
            raise FileNotFoundError(key)
        return self.folder / key[:2] / key[2:]
