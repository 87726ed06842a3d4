"""The questions about a plan as Python calls, whoever answers them: the library here, or a service."""

from __future__ import annotations

from abc import ABC, abstractmethod

from orebook.schema.facts import Fact


class Asking(ABC):
    """One call a kind of question; `_asked` has it answered."""

    def shortages(self, mineral: str | None = None) -> list[Fact]:
        """Why minerals are short of their targets, the heaviest first, and the cheapest single mend of each."""
        return self._asked("shortage", *([mineral] if mineral else []))

    def baselines(self) -> list[Fact]:
        """What the plan wins over the prior one priced today, a rule of thumb, buying nothing, and no policy."""
        return self._asked("baselines")

    def rules(self, rule: str | None = None, row: str | None = None) -> list[Fact]:
        """What each rule and row costs, or one alone: whether it is tight, and the best plan without it."""
        return self._asked("rule", *([rule] if rule else []), *([row] if rule and row else []))

    def margins(self, what: str | None = None) -> list[Fact]:
        """What more of the budget, the stores and the houses buys: all, `budget`, `curve`, `stores`, `houses`, or a name."""
        return self._asked("margin", *([what] if what else []))

    def ticket(self, offer: str, week: int) -> list[Fact]:
        """What doing without a ticket costs, the offers that it beats and by how much, and what keeps cheaper ones out."""
        return self._asked("ticket", offer, str(week))

    def offer(self, offer: str) -> list[Fact]:
        """What it costs to use an offer without a ticket, what gives way, and the price at which it would enter."""
        return self._asked("offer", offer)

    def confidence(self) -> list[Fact]:
        """What is proven and what is left open, when prices are from, and which inputs are assumed."""
        return self._asked("confidence")

    def firmness(self, mineral: str) -> list[Fact]:
        """How firm a mineral's tickets are, by plans that are nearly as good: `firm`, `likely` or `interchangeable`."""
        return self._asked("firmness", mineral)

    @abstractmethod
    def _asked(self, *question: str) -> list[Fact]:
        """The facts that answer a question: its kind, and what it is about."""
