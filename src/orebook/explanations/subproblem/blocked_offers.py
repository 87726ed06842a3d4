"""Why no plan can do what is asked of an offer: what bars it in every week, or the rules that clash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from orebook.changes import changed
from orebook.errors import NoPlanError
from orebook.explanations.engine.conflict import clashes
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.subproblem.order_probe import OrderProbe
from orebook.problem import Offer
from orebook.schema.facts import About, Fact


def closed(probe: OrderProbe, offer: Offer) -> Iterator[Fact]:
    """A fact for each rule that bars an offer which is open in no week; the one that bars most weeks first."""
    bars = {week: bar for week in probe.case.weeks if (bar := probe.bars(offer, week)) is not None}
    weeks = Counter((bar.rule, bar.row.partition("[")[0]) for bar in bars.values())
    for (rule, name), count in weeks.most_common():
        first, row = next((week, bar.row) for week, bar in bars.items() if bar.row.partition("[")[0] == name)
        about = About(mineral=offer.mineral, offer=offer.name, house=offer.house, week=first, rule=rule, row=row)
        yield Fact(kind="offer", about=about, figures={"weeks": count, "of_weeks": len(bars)}, method="arithmetic")


def blocked(counterfactuals: Counterfactuals, fact: Fact) -> Fact:
    """A fact whose changes leave no plan with the other minerals held, with why as far as solves tell.

    `plans_held` 0: other minerals' tickets must give way, or the policy that is named; `plans` 0: the named rules clash.
    """
    answer = counterfactuals.solve(fact.changes)
    if answer is not None:
        gave = {g.row: g.rule for g in answer.plan.document.given_up}
        row = min(gave.keys() - {b.row for b in counterfactuals.plan.judgement.breaches}, default=None)
        return _said(fact, "plans_held", gave.get(row or ""), row)
    problem = changed(counterfactuals.problem, fact.changes)
    try:
        clash = next(clashes(problem, counterfactuals.model, counterfactuals.seconds, counterfactuals.stop), None)
    except NoPlanError:
        clash = None
    if clash is None:
        return _said(fact, "plans_held", None, None)
    return _said(fact, "plans", clash.about.rule, clash.about.row).model_copy(update={"held": ()})


def _said(fact: Fact, none: str, rule: str | None, row: str | None) -> Fact:
    about = fact.about.model_copy(update={"rule": rule, "row": row})
    return fact.model_copy(update={"about": about, "figures": {**fact.figures, none: 0}})
