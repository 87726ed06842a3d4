"""A problem in which the orders of the first weeks are placed: they stand, and no other is placed in these weeks."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.problem import Problem
from orebook.resolve import problem_of
from orebook.schema.hedge import NowTicket
from orebook.schema.model import Model, RuleLevel
from orebook.schema.tables import PriorRow


def with_placed(problem: Problem, model: Model, tickets: Sequence[NowTicket], weeks: int) -> tuple[Problem, Model]:
    """The problem with these tickets of its first `weeks`, and the model under which they stand.

    What the instance has frozen beyond these weeks stays frozen. Without tickets nothing can be ordered in them.
    """
    old = problem.document
    frozen = old.instance.frozen_weeks if model.on("frozen") else 0
    prior: tuple[PriorRow, ...] = (
        *(PriorRow(offer=t.offer, week=t.week, tonnes=t.tonnes) for t in tickets if t.week <= weeks),
        *(row for row in old.rows("prior") if row.week > weeks),
    )
    if not prior and old.offers:  # nothing is frozen without a prior plan: one that orders after the plan
        prior = (PriorRow(offer=old.offers[0].offer, week=problem.weeks + 1, tonnes=1.0),)
    head = old.instance.model_copy(update={"frozen_weeks": max(frozen, weeks)})
    document = old.model_copy(update={"instance": head, "prior": prior or None})
    stand = model if model.on("frozen") else model.model_copy(update={"rules": {**model.rules, **_FROZEN}})
    return problem_of(document, problem.changes, problem.rules_off), stand


_FROZEN = {"frozen": RuleLevel(level="contract")}
