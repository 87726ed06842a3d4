"""What a plan that knows of news to come comes to where they never do: what it commits before them is the same."""

from __future__ import annotations

from orebook.decisions import Decisions
from orebook.judge import Judge, Judgement
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.schema.model import Model


def as_it_stands(problem: Problem, model: Model, main: Plan) -> Judgement:
    """A plan of a world with news, judged as far as can be told of the problem as it stands: weeks before it are the same."""
    made = Decisions.of(main.document)
    there = Decisions(
        orders=tuple(o for o in made.orders if o.offer in problem.offers),
        puts=tuple(p for p in made.puts if p.site in problem.sites),
        outs=tuple(o for o in made.outs if o.withdrawal in problem.withdrawals and o.site in problem.sites),
        sales=tuple(x for x in made.sales if x.bid in problem.bids and x.site in problem.sites),
        conversions=tuple(
            x for x in made.conversions if x.conversion in problem.conversions and x.site in problem.sites
        ),
        stand_ins=tuple(x for x in made.stand_ins if (x.mineral, x.by) in problem.substitutes),
        draws=tuple(d for d in made.draws if d.source in problem.sources),
        repays=tuple(r for r in made.repays if r.source in problem.sources),
    )
    return Judge(problem, model).judge(there)
