"""Files by the hash of their content: written once, whole or not at all, never changed.

The hash is checked whenever a content is read, and whenever it is put again: what the disk spoilt is never given out, and is
mended by whoever brings it once more.
"""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from orebook.files.atomic import sync_folder
from orebook.service.errors import ContentError

PROBE = 64 * 1024
"""Bytes; less than that may fit where nothing else does."""
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Blobs:
    """A folder of such files. On several machines it is a folder that all of them share."""

    folder: Path

    def put(self, content: bytes) -> str:
        """Keep a content, and the hash to get it by. Raises OSError where it cannot be written; then nothing is."""
        key = hashlib.sha256(content).hexdigest()
        path = self._path(key)
        if _hash_of(path) == key:
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
        """The content of a hash. Raises ContentError where it is missing or damaged."""
        try:
            content = self._path(key).read_bytes()
        except FileNotFoundError:
            raise ContentError.missing(key) from None
        if hashlib.sha256(content).hexdigest() != key:
            raise ContentError.damaged(key)
        return content

    def path(self, key: str) -> Path:
        """Where a content lies that is what its hash says, for a response that streams it. Raises ContentError."""
        path = self._path(key)
        found = _hash_of(path)
        if found != key:
            raise ContentError.missing(key) if found is None else ContentError.damaged(key)
        return path

    def probe(self) -> None:
        """Write something, force it to the disk, and take it away again. Raises OSError where the folder takes nothing."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self.folder, prefix=".new-") as file:
            file.write(os.urandom(PROBE))
            file.flush()
            os.fsync(file.fileno())

    def keys(self) -> Iterator[str]:
        """The hashes of all contents, by the names of their files."""
        for path in sorted(self.folder.glob("??/*")):
            if _HASH.fullmatch(key := path.parent.name + path.name):
                yield key

    def drop(self, key: str) -> None:
        """Take a content away, which nothing names any more."""
        self._path(key).unlink(missing_ok=True)

    def age_s(self, key: str) -> float:
        """Seconds since it was written. Raises FileNotFoundError."""
        return time.time() - self._path(key).stat().st_mtime

    def _path(self, key: str) -> Path:
        if not _HASH.fullmatch(key):
            raise ContentError.missing(key)
        return self.folder / key[:2] / key[2:]


def _hash_of(path: Path) -> str | None:
    """The hash of what a file holds; None where there is none."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
