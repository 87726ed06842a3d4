"""No plan: the rules that clash, and the smallest single mends, each applied and solved to prove that it mends.

Both come from the solver room, which makes each mend a change of the instance, solves the instance with it, and tells only
of those that lead to a plan.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.problem import Problem
from orebook.schema.facts import About, Fact, Figures
from orebook.schema.model import Model
from orebook.schema.plan import Clash
from orebook.schema.plan import Remedy as Loosening
from orebook.solver.infeasibility.conflict import NoClashError, explain_clash
from orebook.solver.infeasibility.remedies import limit_of
from orebook.solver.lp.stop import Stop
from orebook.solver.options import Options
from orebook.solver.run.run import best_plan


def clashes(problem: Problem, model: Model, seconds: float = 60.0, stop: Stop | None = None) -> Iterator[Fact]:
    """The clash of a problem that has no plan, then its mends, the cheapest change first; nothing where it has a plan.

    Raises SolveError where the solver contradicts itself, and StoppedError where a limit came first.
    """
    stop, model = stop or Stop(), problem.governing(model)
    options = Options.of(model, time_limit_s=seconds, audit=False)
    try:
        clash = explain_clash(problem, model, options, stop, best_plan).clash
    except NoClashError:
        return
    yield _clash(clash)
    mends = [_mend(problem, mend) for mend in clash.mends]
    yield from sorted(mends, key=lambda f: float(f.figures["of_limit"]))  # type: ignore[arg-type]


def _clash(clash: Clash) -> Fact:
    rows = ", ".join(r.row or r.rule for r in clash.rows)
    return Fact(
        kind="clash",
        about=About(rule=clash.rows[0].rule if len(clash.rows) == 1 else None, row=rows),
        figures={"rows": len(clash.rows), "mends": len(clash.mends)},
        method="solve",
        says=clash.says,
    )


def _mend(problem: Problem, mend: Loosening) -> Fact:
    limit = limit_of(problem, mend.row)
    name = {"USD": "by_usd", "t": "by_t", "houses": "by_houses"}[mend.unit]
    figures: Figures = {name: mend.by, "of_limit": mend.by / limit if limit else 1.0}
    return Fact(
        kind="mend",
        about=About(rule=mend.rule, row=mend.row),
        figures=figures,
        method="solve",
        changes=(mend.change,),
        says=f"{mend.says[:1].upper()}{mend.says[1:]}.",
    )
