"""The problem after changes."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.changes.applying import apply
from orebook.changes.change import Change, RuleOff
from orebook.changes.expanding import expanded
from orebook.changes.grammar import parse
from orebook.errors import InputError
from orebook.findings import Finding
from orebook.problem import CHANGE, Problem
from orebook.resolve import problem_of
from orebook.world import world_of


def changed(problem: Problem, texts: Sequence[str]) -> Problem:
    """The problem with the changes made in order, on top of those that made it; events are kept as what they come to.

    Where the problem's own changes are known from a week only, so are these.

    Raises InputError with every text that is no change; else as `apply` does. A fault's file is the change's text.
    """
    if not texts:
        return problem
    if problem.world is not None:
        world = problem.world
        after = changed(world.after, texts)
        return world_of(world.before, after, world.known_week, world.in_transit)
    changes = _parsed(expanded(problem.document, texts))
    document = apply(problem.document, changes)
    off = {change.rule for change in changes if isinstance(change, RuleOff)}
    return problem_of(document, (*problem.changes, *(c.text for c in changes)), problem.rules_off | off)


CHANGE.bind(changed)


def _parsed(texts: Sequence[str]) -> list[Change]:
    changes: list[Change] = []
    found: list[Finding] = []
    for text in texts:
        try:
            changes.append(parse(text))
        except InputError as error:
            found += error.findings
    if found:
        raise InputError(found)
    return changes
