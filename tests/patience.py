"""How long a test waits for what has to come."""

from __future__ import annotations

PATIENCE_S = 600.0
"""After which it is given up, however busy the machine; a wait that is fulfilled ends at once."""
