"""No plan: the rules that clash, and the smallest single mends, each applied and solved to prove that it mends.

The clash and the least by which each of its rows must give come from the solver room; here each is made a change of the
instance, the instance is solved with it, and only a mend that leads to a plan is a fact.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from orebook.errors import NoPlanError, SolveError
from orebook.problem import Problem
from orebook.schema.facts import About, Fact, Figures
from orebook.schema.model import TIDYING, Model
from orebook.schema.plan import Clash
from orebook.schema.plan import Mend as Loosening
from orebook.solver.infeasible import explain_clash
from orebook.solver.options import Options
from orebook.solver.run import Run
from orebook.solver.stop import Stop
from orebook.solver.wording import parts_of

ROOM = 1e-6
"""Part of a limit by which a mend is rounded up, so that the solver's tolerance does not undo it."""


def clashes(problem: Problem, model: Model, seconds: float = 60.0, stop: Stop | None = None) -> Iterator[Fact]:
    """The clash of a problem that has no plan, then its mends, the cheapest change first; nothing where it has a plan."""
    stop, model = stop or Stop(), problem.governing(model)
    options = Options.of(model, time_limit_s=seconds, audit=False)
    try:
        clash = explain_clash(problem, model, options, stop).clash
    except SolveError:
        return
    yield _clash(clash)
    mends = [f for m in clash.mends if (f := _mend(problem, model, m, options, stop)) is not None]
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


def _mend(problem: Problem, model: Model, mend: Loosening, options: Options, stop: Stop) -> Fact | None:
    """A mend as a change, if the instance has a plan with it."""
    change = change_of(problem, mend)
    if change is None:
        return None
    text, limit = change
    stages = tuple(s for s in model.stages if s.stage not in TIDYING)
    lean = model.model_copy(update={"stages": stages})
    try:
        plan = Run(problem.change(text), lean, options, stop=stop, insist=True).solve().plan
    except NoPlanError:
        return None
    if plan.judgement.breaches:
        return None
    name = {"USD": "by_usd", "t": "by_t", "houses": "by_houses"}[mend.unit]
    figures: Figures = {name: mend.by, "of_limit": mend.by / limit if limit else 1.0}
    return Fact(
        kind="mend",
        about=About(rule=mend.rule, row=mend.row),
        figures=figures,
        method="solve",
        changes=(text,),
        says=f"{mend.says[:1].upper()}{mend.says[1:]}.",
    )


def change_of(problem: Problem, mend: Loosening) -> tuple[str, float] | None:
    """The change that loosens a row by a mend's amount, and the limit it stands for; None where no one column does."""
    name, key = parts_of(mend.row)
    up = _up(mend.by)
    if name == "budget_total":
        return f"instance.budget_usd=+{up}", problem.budget_usd or 0.0
    if name == "budget_released":
        free = sum(u for w, u in (problem.released or {}).items() if w <= int(key[0]))
        week = max((w for w in problem.released or {} if w <= int(key[0])), default=None)
        text = f"releases+=week:{key[0]},usd:{up}" if week is None else f"releases.{week}.usd=+{up}"
        return text, free
    if name == "budget_mineral":
        return f"minerals.{key[0]}.budget_usd=+{up}", problem.minerals[key[0]].budget_usd or 0.0
    if name == "must_cover":
        return _must(problem, key, mend.by)
    if name == "commitment":
        commit = problem.offers[key[0]].commit_t
        return f"offers.{key[0]}.commit_t={max(0.0, commit - float(up)):.12g}", commit
    column = {"house_week": "weekly_capacity_t", "house_total": "capacity_t", "house_spend": "max_spend_usd"}.get(name)
    if column is not None:
        return f"houses.{key[0]}.{column}=+{up}", float(getattr(problem.houses[key[0]], column))
    if name == "houses_engaged":
        return f"instance.max_houses=+{math.ceil(mend.by - ROOM)}", float(problem.max_houses or 0)
    return None


def _must(problem: Problem, key: tuple[str, ...], by: float) -> tuple[str, float]:
    mineral, week = key[0], int(key[1])
    days = next(t.must_days or 0.0 for t in problem.targets if (t.mineral, t.week) == (mineral, week))
    left = max(0.0, days - by * (1 + ROOM) / problem.minerals[mineral].use_t_per_day)
    listed = any(r.mineral == mineral for r in problem.document.rows("targets"))
    address = f"targets.{mineral}/{week}" if listed else f"minerals.{mineral}"
    return f"{address}.must_days={math.floor(left * 1e6) / 1e6:.12g}", days * problem.minerals[mineral].use_t_per_day


def _up(by: float) -> str:
    """An amount rounded up a hair, as a change writes it."""
    return f"{math.ceil(by * (1 + ROOM) * 1e3 + ROOM) / 1e3:.12g}"
