"""The solver's answer to a problem, held against all plans that can be tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import orebook
from orebook.decisions import Decisions
from orebook.errors import InfeasibleError, OrebookError
from orebook.exact import Fraction
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING
from tests.oracle.goods import TooManyError
from tests.oracle.plans import Plans, Rows, Tried, no_more

PART = 1e-6
GRAMS = 1e-5
"""Days that goods moved by fractions of a gram make, many times over."""
CENT = 0.01
HAIR = 1.5e-5
"""A later stage keeps an earlier one to 1e-6 of it, which trying whole plans never uses: a weighted day of it bought back
is worth up to 15 of the later one (criticality up to 3 in these draws, and 1 + 4 for a critical day)."""
WAYS = 20
"""Ways of giving way as little that are looked at."""
USD_A_DAY = 5000.0
"""What a weighted day is worth at most in these draws: the hair used in one stage is paid for in a later one."""


@dataclass(frozen=True)
class Answer:
    """How the solve ended, `infeasible`, `given up` or `kept`, and where it and trying every plan differ.

    `not tried` where there are too many plans to try: nothing is said of such a problem.
    """

    ending: str
    wrong: tuple[str, ...]
    plan: Plan | None = None


def answer(problem: Problem, model: Model) -> Answer:
    """Solve a problem at gap 0 and hold what is said against every plan; what differs in a sentence each."""
    try:
        plans = Plans(problem, model)
    except TooManyError:
        return Answer("not tried", ())
    try:
        plan = orebook.solve(problem, model, gap=0.0, audit=False)
    except InfeasibleError as error:
        wrong = (f"called infeasible ({error}), there are {len(plans.tried)} plans",) if plans.tried else ()
        return Answer("infeasible", wrong)
    except OrebookError as error:
        return Answer("failed", (f"{type(error).__name__}: {error}",))
    if plan.document.unaided is not None:
        return Answer("failed", (f"no answer of the solver: {plan.unaided}",), plan)
    ending = "given up" if plan.document.given_up else "kept"
    if not plans.tried:
        return Answer(ending, ("solved, and no plan that was tried keeps physics and contract",), plan)
    return Answer(ending, (*_policy(plans, plan), *_values(plans, plan)), plan)


def _policy(plans: Plans, plan: Plan) -> Iterator[str]:
    """What gives way is what some plan that gives way least gives up, and no row by more."""
    gave, least = _given_up(plan), plans.least()
    if not any(no_more(gave, rows) for rows in least):
        yield f"gives up {_told(gave)}, where {_told(least[0])} is enough"


def _values(plans: Plans, plan: Plan) -> Iterator[str]:
    """Each stage's value is the best that is left within the loosened rows; of a tie-breaking stage, where it claims so.

    Where plans give way as little in several ways, any of them may have been chosen.
    """
    gave, told = _given_up(plan), list[str]()
    for rows in [rows for rows in plans.least() if no_more(gave, rows)][:WAYS]:
        told = list(_stages(plans, plan, rows))
        if not told:
            return
    yield from told


def _stages(plans: Plans, plan: Plan, rows: Rows) -> Iterator[str]:
    reached, best = plans.best(plans.within(rows))
    if [s.stage for s in plan.document.stages] != list(reached):
        yield f"stages {[s.stage for s in plan.document.stages]}, expected {list(reached)}"
        return
    hair = used = 0.0
    for said in plan.document.stages:
        value = float(reached[said.stage])
        near = PART * max(1.0, abs(value)) + (CENT + USD_A_DAY * used if said.stage in ("cost", "value") else GRAMS)
        if said.stage in TIE_BREAKING and said.bound < said.value - near:
            continue
        if not -near - hair <= said.value - value <= near:
            yield f"{said.stage}: {said.value!r}, trying every plan {value!r} by {_shown(best.decisions)}"
            return
        if said.bound > value + near:
            yield f"{said.stage}: the bound {said.bound!r} is over a plan of {value!r}"
        hair, used = max(hair, HAIR * max(1.0, abs(value))), max(used, value - said.value)
    yield from _as_judged(plans, best)


def _as_judged(plans: Plans, best: Tried) -> Iterator[str]:
    """The plan that was put together from parts is what the judge makes of the whole."""
    whole = plans.judge.judge(best.decisions)
    wrong = {b.row for b in whole.breaches} != set(best.broken)
    if wrong or any(whole.measures[stage] != value for stage, value in best.measures.items()):
        yield f"the oracle's parts do not add up: {[b.says for b in whole.breaches]}"


def _given_up(plan: Plan) -> dict[str, Fraction]:
    rows = {g.row for g in plan.document.given_up}
    return {b.row: b.by for b in plan.judgement.breaches if b.row in rows}


def _told(rows: Rows) -> str:
    return ", ".join(f"{row} by {float(by):g}" for row, by in sorted(rows.items())) or "nothing"


def _shown(decisions: Decisions) -> str:
    orders = ", ".join(f"{o.offer} week {o.week} {float(o.tonnes):g} t" for o in decisions.orders)
    return orders or "ordering nothing"
