"""The problem after changes."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.changes.applying import apply
from orebook.changes.change import Change, RuleOff
from orebook.changes.expanding import expanded
from orebook.changes.grammar import parse
from orebook.changes.known_later import refuse_settled
from orebook.changes.refusal import refused
from orebook.errors import InputError
from orebook.findings import Finding
from orebook.problem import CHANGE, Problem
from orebook.resolve import problem_of
from orebook.schema.tables import InTransit
from orebook.world import world_of


def changed(
    problem: Problem, texts: Sequence[str], known: int | None = None, in_transit: InTransit = "lost"
) -> Problem:
    """The problem with the changes made in order, on top of those that made it; events are kept as what they come to.

    `known`: the week from which on they are known, and act; None: from the first. Until then the problem is as it stands;
    `in_transit` says what becomes of goods that are under way then and that the changes bar. Where the problem's own changes
    are known from a week only, so are these.

    Raises InputError with every text that is no change; else as `apply` does. A fault's file is the change's text.
    """
    if not texts:
        return problem
    if problem.world is not None:
        world = problem.world
        if known not in (None, world.known_week):
            says = f"what is known from week {world.known_week} cannot be changed again from week {known}; leave the week out"
            raise refused("known", "known_twice", says)
        after = changed(world.after, texts)
        refuse_settled(world.after.document, texts, world.known_week)
        return world_of(world.before, after, world.known_week, world.in_transit, (*problem.changes, *texts))
    if known is not None:
        return _known_from(problem, texts, known, in_transit)
    changes = _parsed(expanded(problem.document, texts))
    document = apply(problem.document, changes)
    off = {change.rule for change in changes if isinstance(change, RuleOff)}
    return problem_of(document, (*problem.changes, *(c.text for c in changes)), problem.rules_off | off)


def _known_from(problem: Problem, texts: Sequence[str], known: int, in_transit: InTransit) -> Problem:
    """The world in which the changes are known from a week on."""
    if not 2 <= known <= problem.weeks + 1:
        says = f"changes can be known from week 2 to {problem.weeks + 1} (never in the plan), not from week {known}"
        raise refused("known", "known_week", says)
    after = changed(problem, texts)
    if after.rules_off != problem.rules_off:
        off = ", ".join(sorted(after.rules_off - problem.rules_off))
        raise refused(
            "known", "known_rule", f"the rule {off} cannot be switched off from a week on; leave the week out"
        )
    refuse_settled(problem.document, texts, known)
    return world_of(problem, after, known, in_transit, tuple(texts))


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
