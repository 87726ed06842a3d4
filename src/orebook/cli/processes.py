"""How many processes a command uses where nobody says so."""

from __future__ import annotations

import os

MOST = 8
"""Each has the whole problem in its memory."""


def processes(wanted: int | None) -> int:
    """As many as are wanted; where None, as many as there are cores, at most 8."""
    return wanted or min(MOST, os.cpu_count() or 1)
