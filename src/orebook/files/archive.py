"""A folder's files as a zip, whose bytes are the same whenever it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name."""


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    """The zip of files, path -> content."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return found.getvalue()
