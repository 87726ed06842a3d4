"""What the plan costs: cash, and the carrying costs that the members' fees pay for.

sum over w of cash[w] + handling + rent + interest                USD
"""

from __future__ import annotations

from typing import Any

from orebook.formulation.orders import Orders
from orebook.problem import Problem
from orebook.schema.model import Model


def measure(m: Any, problem: Problem, model: Model, orders: Orders) -> Any:
    """The measure as an expression."""
    return m.total_cost
