"""Why no plan can do what is asked of an offer: what bars it in every week, or the rules that clash."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from orebook.changes import changed
from orebook.errors import NoPlanError
from orebook.explain.buying.desk import Desk
from orebook.explain.clash import clashes
from orebook.explain.ground import Ground
from orebook.problem import Offer
from orebook.schema.facts import About, Fact


def closed(desk: Desk, offer: Offer) -> Iterator[Fact]:
    """A fact for each rule that bars an offer which is open in no week; the one that bars most weeks first."""
    bars = {week: bar for week in desk.case.weeks if (bar := desk.bars(offer, week)) is not None}
    weeks = Counter((bar.rule, bar.row.partition("[")[0]) for bar in bars.values())
    for (rule, name), count in weeks.most_common():
        first, row = next((week, bar.row) for week, bar in bars.items() if bar.row.partition("[")[0] == name)
        about = About(mineral=offer.mineral, offer=offer.name, house=offer.house, week=first, rule=rule, row=row)
        yield Fact(kind="offer", about=about, figures={"weeks": count, "of_weeks": len(bars)}, method="arithmetic")


def blocked(ground: Ground, fact: Fact) -> Fact:
    """A fact whose changes leave no plan with the other minerals held, with why as far as solves tell.

    `plans_held` 0: other minerals' tickets must give way, or the policy that is named; `plans` 0: the named rules clash.
    """
    answer = ground.solve(fact.changes)
    if answer is not None:
        gave = {g.row: g.rule for g in answer.plan.document.given_up}
        row = min(gave.keys() - {b.row for b in ground.plan.judgement.breaches}, default=None)
        return _said(fact, "plans_held", gave.get(row or ""), row)
    problem = changed(ground.problem, fact.changes)
    try:
        clash = next(clashes(problem, ground.model, ground.seconds, ground.stop), None)
    except NoPlanError:
        clash = None
    if clash is None:
        return _said(fact, "plans_held", None, None)
    return _said(fact, "plans", clash.about.rule, clash.about.row).model_copy(update={"held": ()})


def _said(fact: Fact, none: str, rule: str | None, row: str | None) -> Fact:
    about = fact.about.model_copy(update={"rule": rule, "row": row})
    return fact.model_copy(update={"about": about, "figures": {**fact.figures, none: 0}})
