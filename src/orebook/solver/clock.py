"""How the time of a run is shared out: earlier main stages first, tie-breaking a fifth at most, and never past the limit."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from orebook.solver.parameters import SHARES, TimeShares

LATE_S, LATE_SHARE = 2.0, 0.1
"""How late a run may be, in seconds or in parts of its limit, whichever is more: for making a plan of what there is."""


@dataclass
class Clock:
    """Counts from its making; all times in seconds."""

    limit_s: float
    shares: TimeShares = SHARES
    began: float = field(default_factory=time.perf_counter)

    @property
    def elapsed(self) -> float:
        """Seconds since the run began."""
        return time.perf_counter() - self.began

    @property
    def left(self) -> float:
        """Seconds to the limit, not below 0."""
        return max(0.0, self.limit_s - self.elapsed)

    @property
    def until(self) -> float:
        """When it is over in any case, on the performance counter's clock."""
        return self.began + self.limit_s + max(LATE_S, LATE_SHARE * self.limit_s)

    def part(self, share: float) -> Clock:
        """A clock for a share of the time left, running from now."""
        return Clock(share * self.left, self.shares)

    def share(self, main_left: int, tie_breaking_left: int) -> float:
        """Seconds for the next stage: a main one where `main_left` > 0, else a tie-breaking one."""
        if main_left == 0:
            return min(self.left, self.shares.tie_breaking * self.limit_s / max(1, tie_breaking_left))
        reserve = self.shares.tie_breaking_reserve * self.limit_s if tie_breaking_left else 0.0
        time_left = max(0.0, self.left - reserve)
        return time_left if main_left == 1 else self.shares.earlier_stage * time_left
