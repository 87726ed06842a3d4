"""A plan where the solver has come to none: the prior plan again or a rule of thumb's, if it keeps every rule, else nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from orebook.accounting.exact_problem import ExactProblem, exact_problem_of
from orebook.decisions import Decisions
from orebook.judge import Breach, Judge, Judgement
from orebook.problem import Problem
from orebook.rule_of_thumb.free_money import moved
from orebook.rule_of_thumb.greedy import MAX_ROUNDS, first_plan, rule_of_thumb, standing
from orebook.rule_of_thumb.prior_plan import prior_today
from orebook.schema.model import Model
from orebook.schema.plan import Unaided
from orebook.schema.stages import StageName

T = TypeVar("T")

MAX_TRIES = 3
"""Of mending a rule of thumb's plan that breaks a rule."""


@dataclass(frozen=True)
class Unsolved:
    """A judged plan that keeps physics and contract, and how it was come by; its breaches are of policy rows."""

    by: Unaided
    judgement: Judgement


def unsolved(
    problem: Problem, model: Model, stages: Sequence[StageName], until: Callable[[], bool], *, hurry: bool = False
) -> Unsolved | None:
    """The one that breaks the fewest policy rows, and the best of those by the stages in their order.

    None where even buying nothing breaks physics or contract. Once `until` is true the rule of thumb buys nothing more; in
    a `hurry` a mineral whose shares do not hold at the first try is left out.
    """
    case, judge = exact_problem_of(problem, model), Judge(problem, model)

    def kept(made: Iterable[tuple[Unaided, Decisions]]) -> list[Unsolved]:
        judged = [(by, judge.judge(decisions)) for by, decisions in made]
        found = [Unsolved(by if judgement.tickets else "nothing", judgement) for by, judgement in judged]
        return [one for one in found if all(is_policy(model, b) for b in one.judgement.breaches)]

    found = kept(_bought(case, judge, until, 1 if hurry else MAX_ROUNDS))
    if not any(not one.judgement.breaches for one in found):
        found += kept([("nothing", standing(case, first_plan(case)).decisions())])
    return min(
        found,
        key=lambda one: (len(one.judgement.breaches), *(one.judgement.measures[s] for s in stages)),
        default=None,
    )


def is_policy(model: Model, breach: Breach) -> bool:
    """Whether the broken row is one that may give way."""
    level = model.rules.get(breach.rule)
    return level is not None and level.level == "policy"


def _bought(
    case: ExactProblem, judge: Judge, until: Callable[[], bool], rounds: int
) -> Iterator[tuple[Unaided, Decisions]]:
    if case.problem.prior:
        yield "prior", prior_today(case)[0]
    made = rule_of_thumb(case, until, rounds)
    yield "thumb", made
    if judge.judge(made).breaches:
        yield "thumb", _mended(case, judge, made)


def _mended(case: ExactProblem, judge: Judge, made: Decisions) -> Decisions:
    """Without the minerals whose rows it breaks, as far as rows say whose they are: the others may still be bought."""
    for _ in range(MAX_TRIES):
        rows = [b.row.partition("[")[2].rstrip("]").split(",") for b in judge.judge(made).breaches]
        broken = {name for row in rows for name in row if name in case.problem.minerals}
        if not broken:
            break
        made = _without(case, judge, made, broken)
    return made


def _without(case: ExactProblem, judge: Judge, made: Decisions, minerals: set[str]) -> Decisions:
    """The same decisions, but of some minerals only what stands in any case: frozen orders, and what the stock serves."""
    least, problem = standing(case, first_plan(case)).decisions(), case.problem

    def both(part: Callable[[Decisions], Iterable[T]], mineral: Callable[[T], str]) -> tuple[T, ...]:
        kept = [x for x in part(made) if mineral(x) not in minerals]
        return (*kept, *(x for x in part(least) if mineral(x) in minerals))

    orders = both(lambda d: d.orders, lambda o: problem.offers[o.offer].mineral)
    puts = both(lambda d: d.puts, lambda p: p.mineral)
    outs = both(lambda d: d.outs, lambda o: problem.withdrawals[o.withdrawal].mineral)
    draws, repays = moved(case, judge.cash(Decisions(orders, puts, outs)))
    return Decisions(orders, puts, outs, draws=draws, repays=repays)
