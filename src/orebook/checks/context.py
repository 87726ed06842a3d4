"""What the checks of meaning look at: the problem, where its rows stand, and when each offer is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from orebook.checks.openness import Shut, open_weeks
from orebook.problem import Problem
from orebook.reading.book import Book, Sheet
from orebook.schema.base import Row

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class CheckContext:
    """A problem and its book. `open` has each offer's open weeks; where no order may be placed, why."""

    problem: Problem
    book: Book
    open: Mapping[str, tuple[list[int], Shut | None]]

    @classmethod
    def of(cls, problem: Problem, book: Book) -> CheckContext:
        """The case of a problem that was made from that book."""
        return cls(problem, book, {name: open_weeks(problem, offer) for name, offer in problem.offers.items()})

    def sheet(self, model: type[R]) -> Sheet[R]:
        """The table whose rows are of that model."""
        return self.book.sheet(model)
