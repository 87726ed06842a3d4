"""One what-if: a name, a note, and the changes that make it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from pydantic import Field

from orebook.schema.base import Frozen
from orebook.schema.tables import InTransit


class Scenario(Frozen):
    """Changes of an instance, in order; events may stand among them."""

    name: str = Field(min_length=1, description="what it is called, once in a list")
    note: str = Field("", description="for the reader")
    changes: tuple[str, ...] = Field((), description="such as minerals.copper.price_usd_per_t=+10%")
    known: int | None = Field(
        None, ge=2, description="the first week at whose start the changes are known; without it they are from week 1"
    )
    in_transit: InTransit = Field("lost", description="what becomes of goods under way then that the changes bar")

    @property
    def what_changes(self) -> tuple[tuple[str, ...], int | None, InTransit]:
        """What makes the scenario, whatever it is called: scenarios in which it is equal come to the same."""
        return self.changes, self.known, self.in_transit


def crossed(lists: Sequence[Iterable[Scenario]]) -> list[Scenario]:
    """Every way to take one scenario of each list; the names and changes of those taken one after the other."""
    return [
        Scenario(
            name=" / ".join(s.name for s in taken),
            note="; ".join(s.note for s in taken if s.note),
            changes=tuple(change for s in taken for change in s.changes),
        )
        for taken in product(*lists)
    ]
