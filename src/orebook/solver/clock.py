"""How the time of a run is shared out: earlier main stages first, tie-breaking a fifth at most, and never past the limit."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

TIE_BREAKING_TIME_SHARE = 0.2
"""The most of the limit that tie-breaking stages take together."""

TIE_BREAKING_RESERVE_SHARE = 0.05
"""What main stages leave of the limit, so that a plan that took long is still tidied."""


EARLIER_STAGE_TIME_SHARE = 2 / 3
"""What a main stage may take of the time left while others follow: the first has no plan to begin from."""


LATE_S, LATE_SHARE = 2.0, 0.1
"""How late a run may be, in seconds or in parts of its limit, whichever is more: for making a plan of what there is."""


@dataclass
class Clock:
    """Counts from its making; all times in seconds."""

    limit_s: float
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
        return Clock(share * self.left)

    def share(self, main_left: int, tie_breaking_left: int) -> float:
        """Seconds for the next stage: a main one where `main_left` > 0, else a tidying one."""
        if main_left == 0:
            return min(self.left, TIE_BREAKING_TIME_SHARE * self.limit_s / max(1, tie_breaking_left))
        reserve = TIE_BREAKING_RESERVE_SHARE * self.limit_s if tie_breaking_left else 0.0
        time_left = max(0.0, self.left - reserve)
        return time_left if main_left == 1 else EARLIER_STAGE_TIME_SHARE * time_left
