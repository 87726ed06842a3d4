"""The rules of an instance that leave no plan: `orebook check --clash`, and `orebook explain --clash`, its older door."""

from __future__ import annotations

from pathlib import Path

from orebook.cli.output import say
from orebook.explanations.engine.conflict import clashes
from orebook.explanations.words import worded
from orebook.problem import Problem
from orebook.schema.facts import Fact
from orebook.schema.model import Model
from orebook.solver.lp.stop import Stop, on_interrupt


def clash_facts(instance: Path, problem: Problem, model: Model) -> list[Fact]:
    """The clash, then its mends; none where there is a plan, as a message says. Raises StoppedError at a limit."""
    stop = Stop()
    with on_interrupt(stop):
        facts = [worded(fact) for fact in clashes(problem, model, stop=stop)]
    if not facts:
        say(f"{instance}: no rules clash; solve finds a plan")
    return facts
