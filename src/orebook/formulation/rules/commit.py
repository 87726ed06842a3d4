"""What was promised is taken: at least the committed tonnes of an offer over the plan (take or pay, offtake).

    commitment[o]:  sum over w of q[o,w] >= commit_t[o]

Data: offers.csv.
"""

from __future__ import annotations

from typing import Any

import pyomo.core as pe

from orebook.formulation.orders import Orders
from orebook.formulation.standing_orders import frozen_tonnes, least_kept
from orebook.problem import Problem


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add a row for every offer with a commitment."""

    def least(o: str) -> float:
        return least_kept(problem.offers[o].commit_t, frozen_tonnes(orders.by_offer.get(o, [])))

    promised = [o for o in problem.offers.values() if o.commit_t > 0 and o.mineral in orders.minerals]
    m.commitment = pe.Constraint(
        [o.name for o in promised],
        rule=lambda m, o: (least(o), orders.tonnes(orders.by_offer.get(o, [])), None),
    )
