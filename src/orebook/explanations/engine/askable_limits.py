"""The limits that a planner can ask more of: money, stores and houses, each with the changes that widen it by per cent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orebook.problem import Problem
from orebook.schema.facts import About
from orebook.schema.model import Model

STORE = {"capacity_m3": "m3", "inbound_t_per_week": "t_per_week", "max_value_usd": "usd"}
HOUSE = {"weekly_capacity_t": "t_per_week", "capacity_t": "t", "max_spend_usd": "usd"}
"""column -> the unit that ends the name of the figure."""
BUDGET_LIMIT = "budget"


@dataclass(frozen=True)
class Limit:
    """Cells that move together; `amount` is what they come to today, in `unit`."""

    about: About
    cells: tuple[str, ...]
    amount: float
    unit: str

    def changes(self, percent: int) -> tuple[str, ...]:
        """The changes that widen (or narrow) it."""
        return tuple(f"{cell}={percent:+d}%" for cell in self.cells)


def money(problem: Problem, model: Model) -> list[Limit]:
    """The budget as a planner means it, all that bounds the plan's money together; then each part, where there are more."""
    parts = []
    if model.on("budget") and problem.budget_usd:
        parts.append(Limit(About(against="budget_usd"), ("instance.budget_usd",), problem.budget_usd, "usd"))
    if model.on("budget") and problem.released:
        total = sum(usd for week, usd in problem.released.items() if week <= problem.weeks)
        parts.append(Limit(About(against="releases"), ("releases.*.usd",), total, "usd"))
    limited = {s.name: s.limit_usd for s in problem.sources.values() if s.limit_usd}
    if model.on("funding") and limited:
        cells = tuple(f"funding.{name}.limit_usd" for name in limited)
        parts.append(Limit(About(against="funding"), cells, sum(limited.values()), "usd"))
    if not parts:
        return []
    together = Limit(
        About(against=BUDGET_LIMIT), tuple(c for part in parts for c in part.cells), parts[0].amount, "usd"
    )
    return [together, *(parts if len(parts) > 1 else ())]


def stores(problem: Problem, model: Model) -> Iterator[Limit]:
    """Room, intake and value of every store that has such a limit."""
    for name, site in problem.sites.items() if model.on("storage") else ():
        for column, unit in STORE.items():
            if amount := getattr(site, column):
                yield Limit(About(site=name, against=column), (f"sites.{name}.{column}",), amount, unit)


def houses(problem: Problem, model: Model) -> Iterator[Limit]:
    """Capacity a week and in all, and money, of every house that has such a limit."""
    for name, house in problem.houses.items() if model.on("houses") else ():
        for column, unit in HOUSE.items():
            if amount := getattr(house, column):
                yield Limit(About(house=name, against=column), (f"houses.{name}.{column}",), amount, unit)
