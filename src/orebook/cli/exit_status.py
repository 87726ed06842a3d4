"""What a command leaves with, as README lists it."""

from __future__ import annotations

PROVEN = 0
REFUSED = 1
"""Of `check`, `verify`, `doctor` and its like: it was read, and does not hold."""
BAD_INPUT = 2
NO_PLAN = 3
NOT_PROVEN = 4
STOPPED = 5
"""Stopped before there was a plan, or an answer."""
FAILED = 70
