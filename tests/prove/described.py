"""Requests drawn from the API's own description, so many of each operation: all checks of schemathesis hold."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.prove.ledger import Found, Tried
from tests.service.described import described

EXAMPLES = 20


def try_described(draw: int, _kept: Path) -> Tried:
    """Draw them by the draw's number."""
    began = time.perf_counter()
    with TemporaryDirectory() as folder:
        said = described(Path(folder), EXAMPLES, seed=draw)
    found = [Found("check failed", said.output[-2000:])] if said.status else []
    found += [Found("broke", line) for line in said.broken]
    return Tried(draw, "tried", time.perf_counter() - began, tuple(found), (), {"requests": said.requests})
