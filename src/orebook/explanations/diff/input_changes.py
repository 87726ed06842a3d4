"""The inputs in which two instances and their models differ, each with the changes that undo it in the new one.

An input is what a planner would name: the price of a mineral with all its weeks, an offer with its tiers, a store. Rows
that came or went with their mineral, house or offer belong to that one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from orebook.changes import changed
from orebook.errors import InputError
from orebook.explanations.diff.cell_changes import CellDiff, group_of, minerals_of, pieces
from orebook.explanations.diff.undo import undo, value_text
from orebook.problem import Problem
from orebook.schema.head import Head
from orebook.schema.model import Model

SAID = frozenset({"name", "title", "start", "assumed"})
"""Keys of instance.toml that change no plan."""


@dataclass(frozen=True, slots=True)
class Input:
    """An input that differs; `minerals` is what it speaks of (None: all), `undo` None where no changes can undo it."""

    name: str
    minerals: frozenset[str] | None
    undo: tuple[str, ...] | None


def inputs(old: Problem, new: Problem, old_model: Model, new_model: Model) -> list[Input]:
    """Every input that differs, by name."""
    found = [*_scalars(old, new), *_rows(old, new), *_rules(old.governing(old_model), new.governing(new_model))]
    return sorted(found, key=lambda i: i.name)


def _scalars(old: Problem, new: Problem) -> Iterator[Input]:
    for key in Head.model_fields:
        before = getattr(old.document.instance, key)
        if key in SAID or before == getattr(new.document.instance, key):
            continue
        if key == "frozen_weeks" and new.world is not None:
            continue  # how a what-if has earlier tickets stand, and no input of a planner's
        text = f"instance.{key}={value_text(before)}"
        try:
            changed(new, [text])
        except InputError:
            yield Input(f"instance.{key}", None, None)
        else:
            yield Input(f"instance.{key}", None, (text,))


def _rows(old: Problem, new: Problem) -> Iterator[Input]:
    before, after = old.document, new.document
    groups: dict[str, list[CellDiff]] = defaultdict(list)
    for piece in pieces(before, after):
        groups[group_of(piece, before, after)].append(piece)
    for name, group in groups.items():
        spoken_of = [minerals_of(piece, before, after) for piece in group]
        own = [m for m in spoken_of if m is not None]
        minerals = frozenset[str]().union(*own) if len(own) == len(spoken_of) else None
        yield Input(name, minerals, undo(old, new, group))


def _rules(old: Model, new: Model) -> Iterator[Input]:
    """A rule that came can be switched off again; what else differs of a model cannot be said as a change."""
    came = [rule for rule in sorted(new.rules) if new.on(rule) and not old.on(rule)]
    yield from (Input(f"rules.{rule}", None, (f"rules.{rule}=off",)) for rule in came)
    rest = [m.without(*came).model_dump(exclude={"solver", "name", "title"}) for m in (old, new)]
    if rest[0] != rest[1]:
        yield Input("model", None, None)
