"""What a report for other eyes leaves out."""

from __future__ import annotations

from typing import Literal

Hidden = Literal["prices", "targets", "houses"]
