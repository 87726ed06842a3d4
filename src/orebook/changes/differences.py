"""What differs between two states of an instance: keys of its head, rows, and cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from orebook.schema.document import TABLES, Document


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that was another value, or a row (no column) that came, with `was` None, or went, with `now` None."""

    table: str
    key: list[Any]
    column: str | None
    was: Any
    now: Any

    def as_json(self) -> dict[str, Any]:
        """As a service answers: what it `was`, and what it `is`."""
        return {"table": self.table, "key": self.key, "column": self.column, "was": self.was, "is": self.now}


def differences(old: Document, new: Document) -> Iterator[Difference]:
    """Keys of the head first, then table by table, in the order of the old rows."""
    yield from _cells("instance", [], old.instance.model_dump(mode="json"), new.instance.model_dump(mode="json"))
    for table in TABLES:
        before = {row.key(): row.model_dump(mode="json") for row in old.rows(table)}
        after = {row.key(): row.model_dump(mode="json") for row in new.rows(table)}
        for key in dict.fromkeys((*before, *after)):
            if key not in after or key not in before:
                yield Difference(table, list(key), None, before.get(key), after.get(key))
            else:
                yield from _cells(table, list(key), before[key], after[key])


def _cells(table: str, key: list[Any], before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    for column, was in before.items():
        if was != after[column]:
            yield Difference(table, key, column, was, after[column])
