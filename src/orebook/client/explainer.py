"""The questions about a plan as Python calls, answered by a service."""

from __future__ import annotations

from collections.abc import Callable

from orebook.schema.facts import Fact

Asking = Callable[[tuple[str, ...]], list[Fact]]


class ServedExplainer:
    """Asks a plan, as `orebook.explainer` does; every call raises InputError for a name that is not there."""

    def __init__(self, ask: Asking) -> None:
        self._ask = ask

    def shortages(self, mineral: str | None = None) -> list[Fact]:
        """Why minerals are short of their targets, and the cheapest single mend of each."""
        return self._asked("shortage", mineral)

    def baselines(self) -> list[Fact]:
        """What the plan wins over simpler ones."""
        return self._asked("baselines")

    def rules(self, rule: str | None = None, row: str | None = None) -> list[Fact]:
        """What each rule and row costs, or one alone."""
        return self._asked("rule", rule, row if rule else None)

    def margins(self, what: str | None = None) -> list[Fact]:
        """What more of the budget, the stores and the houses buys."""
        return self._asked("margin", what)

    def ticket(self, offer: str, week: int) -> list[Fact]:
        """What doing without a ticket costs, and the offers that it beats."""
        return self._asked("ticket", offer, str(week))

    def offer(self, offer: str) -> list[Fact]:
        """What it costs to use an offer without a ticket, and the price at which it would enter."""
        return self._asked("offer", offer)

    def confidence(self) -> list[Fact]:
        """What is proven and what is left open."""
        return self._asked("confidence")

    def firmness(self, mineral: str) -> list[Fact]:
        """How firm a mineral's tickets are."""
        return self._asked("firmness", mineral)

    def _asked(self, kind: str, *about: str | None) -> list[Fact]:
        return self._ask((kind, *(name for name in about if name is not None)))
