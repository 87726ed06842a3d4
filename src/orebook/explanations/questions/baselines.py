"""Baselines: what the optimizer won over plans that could be had without it, judged by the same judge.

prior      the prior plan's tickets as decisions of today (`orebook.rule_of_thumb.prior_plan`)
thumb      a planner's rule of thumb (`orebook.rule_of_thumb.greedy`)
nothing    no ticket but the frozen ones
no policy  the best plan without the policy rules, solved: what policy costs, and no plan that may be had

Figures named after a stage are the baseline's measure less the plan's: of two judged plans exact, of a solve an interval,
and of its later stages none where an earlier one is not proven to the end.
`own_...` are the baseline's own measures. What it breaks is counted, and the row that it breaks furthest is named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from orebook.accounting.exact_problem import exact_problem_of
from orebook.decisions import Decisions
from orebook.errors import RefutedError
from orebook.exact import Fraction
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.engine.stage_differences import differences
from orebook.judge import Breach, Judge, Judgement
from orebook.rule_of_thumb.greedy import first_plan, rule_of_thumb, standing
from orebook.rule_of_thumb.prior_plan import prior_today
from orebook.schema.facts import About, Fact, Interval
from orebook.schema.rules import CAN_GIVE_WAY
from orebook.schema.stages import FIGURE_OF

OWN = "own_"
Figures = dict[str, float | Interval]


def baselines(counterfactuals: Counterfactuals, *, solves: bool = True) -> Iterator[Fact]:
    """A fact a baseline, without words; `solves=False` leaves out `no policy`, the only one that needs the solver.

    Raises RefutedError for a baseline that keeps every rule and is better than the plan is proven able to be.
    """
    case = exact_problem_of(counterfactuals.problem, counterfactuals.model)
    if counterfactuals.problem.prior:
        decisions, left_out = prior_today(case)
        yield _judged(counterfactuals, "prior", decisions, {"left_out": left_out})
    thumb = rule_of_thumb(case, lambda: counterfactuals.stop.asked)
    if counterfactuals.stop.asked:
        return
    yield _judged(counterfactuals, "thumb", thumb, {})
    yield _judged(counterfactuals, "nothing", standing(case, first_plan(case)).decisions(), {})
    if solves:
        yield from _without_policy(counterfactuals)


def _judged(counterfactuals: Counterfactuals, name: str, decisions: Decisions, more: Figures) -> Fact:
    judgement = Judge(counterfactuals.problem, counterfactuals.model).judge(decisions)
    _refute(counterfactuals, name, judgement)
    plan = counterfactuals.plan.judgement.measures
    won: Figures = {}
    for stage in counterfactuals.base:
        difference = float(judgement.measures[stage] - plan[stage])
        won[FIGURE_OF[stage]] = (difference, difference)
    worst = max(judgement.breaches, key=_how_far, default=None)
    about = About(against=name, rule=worst.rule if worst else None, row=worst.row if worst else None)
    figures: Figures = {**won, **_own(counterfactuals, judgement.measures), "tickets": len(judgement.tickets), **more}
    figures["breaches"] = len(judgement.breaches)
    if worst:
        figures[f"worst_{worst.unit.lower().replace('%', 'pct')}"] = float(worst.by)
    return Fact(kind="baseline", about=about, figures=figures, method="arithmetic")


def _how_far(breach: Breach) -> tuple[Fraction, str]:
    """How far a row is exceeded against its limit; one without a limit, or of zero, is exceeded wholly."""
    return (abs(breach.by / breach.limit) if breach.limit else Fraction(1)), breach.row


def _refute(counterfactuals: Counterfactuals, name: str, judgement: Judgement) -> None:
    """No plan that keeps every rule is better in the first stage than the bound says."""
    first = next(iter(counterfactuals.base))
    value, low = float(judgement.measures[first]), counterfactuals.base[first].low
    if not judgement.breaches and value < low - 1e-6 * max(1.0, abs(low)):
        raise RefutedError(f"the baseline {name} reaches {value:g} in {first}, under the plan's bound of {low:g}")


def _own(counterfactuals: Counterfactuals, measures: Mapping[str, Fraction]) -> Figures:
    return {OWN + FIGURE_OF[stage]: float(measures[stage]) for stage in counterfactuals.base}


def _without_policy(counterfactuals: Counterfactuals) -> Iterator[Fact]:
    """The best plan under physics and contract alone: every plan of the base is one of its plans."""
    rules = [
        r for r, level in sorted(counterfactuals.model.rules.items()) if level.level == "policy" and r in CAN_GIVE_WAY
    ]
    changes = tuple(f"rules.{rule}=off" for rule in rules)
    answer = counterfactuals.solve(changes) if changes else None
    if answer is None:
        return
    figures: Figures = {**differences(counterfactuals, answer, changes, held=False, better=True)}
    figures |= {**_own(counterfactuals, answer.plan.judgement.measures), "tickets": len(answer.plan.document.tickets)}
    yield Fact(kind="baseline", about=About(against="no policy"), figures=figures, method="solve", changes=changes)
