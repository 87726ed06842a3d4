"""No order from a barred origin, of restricted content without a licence, or below the least score.

    no slot (o,w) where  g(o) is barred, or w + lead >= barred_from_week of g(o),
                         or restricted_content_pct[o] > max_restricted_content_pct and o is not licensed,
                         or esg_score[o] < min_esg_score                               a blank score passes

Orders that may not be are never built (`slots.py`); a ticket that the prior plan froze is exempt. The rule adds no row.
Data: origins.csv, offers.csv, instance.toml.
"""

from __future__ import annotations

from typing import Any

from orebook.formulation.orders import Orders
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add nothing: the rule is kept by what is left out."""
