"""No house, origin or group has more, or less, than its share of a mineral; with `*`, of the money of all tickets.

    share_max[i,by,name]:  tonnes of i from name <= max_share * tonnes of i
    share_min[i,by,name]:  tonnes of i from name >= min_share * tonnes of i
    the same with `*` in order cash of all tickets

Data: shares.csv, origins.csv (groups).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyomo.environ as pe

from orebook.formulation.orders import Orders
from orebook.formulation.slots import Slot
from orebook.problem import Problem, Share


def add(m: Any, problem: Problem, orders: Orders) -> None:
    """Add a row for every bound on a share that something could break."""
    rows: dict[tuple[str, str, str], Share] = {(s.mineral, s.by, s.name): s for s in problem.shares}

    def row(key: tuple[str, str, str], part: float) -> Any:
        share = rows[key]
        inside, outside = _split(problem, _slots(orders, share), share)
        weights = [(s, 1 - part) for s in inside] + [(s, -part) for s in outside]
        return orders.scaled_cash(weights) if share.mineral == "*" else orders.scaled_tonnes(weights)

    def sides(key: tuple[str, str, str]) -> tuple[list[Slot], list[Slot]]:
        every = orders.every if key[0] == "*" and orders.slots else _slots(orders, rows[key])
        return _split(problem, every, rows[key])

    most = {k: s.max_share for k, s in rows.items() if s.max_share is not None and s.max_share < 1}
    least = {k: s.min_share for k, s in rows.items() if s.min_share is not None and s.min_share > 0}
    m.share_max = pe.Constraint([k for k in most if sides(k)[0]], rule=lambda _m, *k: row(k, most[k]) <= 0)
    m.share_min = pe.Constraint([k for k in least if sides(k)[1]], rule=lambda _m, *k: row(k, least[k]) >= 0)


def _slots(orders: Orders, share: Share) -> Sequence[Slot]:
    return orders.slots if share.mineral == "*" else orders.by_mineral.get(share.mineral, [])


def _split(problem: Problem, slots: Sequence[Slot], share: Share) -> tuple[list[Slot], list[Slot]]:
    """The slots that the share speaks of: those of its name, and the others."""
    name_of: dict[str, Callable[[Slot], str | None]] = {
        "house": lambda s: s.offer.house,
        "origin": lambda s: s.offer.origin,
        "group": lambda s: problem.group_of(s.offer),
    }
    of = name_of[share.by]
    return [s for s in slots if of(s) == share.name], [s for s in slots if of(s) != share.name]
