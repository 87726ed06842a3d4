"""The questions about a plan as Python calls, answered by a service."""

from __future__ import annotations

from collections.abc import Callable

from orebook.explanations.explainer_base import Asking
from orebook.schema.facts import Fact


class ServedExplainer(Asking):
    """Asks a plan, as `orebook.explain` does; every call raises InputError for a name that is not there."""

    def __init__(self, ask: Callable[[tuple[str, ...]], list[Fact]]) -> None:
        self._ask = ask

    def _asked(self, *question: str) -> list[Fact]:
        return self._ask(question)
