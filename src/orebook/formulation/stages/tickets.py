"""How many tickets the plan has: sum over (o,w) of order placed."""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.problem import Problem
from orebook.schema.model import Model


def measure(m: Any, problem: Problem, model: Model, orders: Orders) -> Any:
    """The measure as an expression."""
    return pe.quicksum(y for s in orders.slots for y in orders.placed(s)) + m.nothing
