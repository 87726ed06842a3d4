"""The hedged plan of a run: its document, and each future's plan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from orebook.files.hedge_folder import future_folder
from orebook.hedged import HedgedPlan, as_ordered, late_goods, lost_goods
from orebook.judge.judgement import Judgement
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.risk_measure import RiskMeasure
from orebook.schema.hedge import FutureResult, HedgeDocument, NowTicket, RiskStamp, Worth
from orebook.schema.model import Model
from orebook.schema.plan import GivenUp, InstanceStamp, ModelStamp, StageResult, Status
from orebook.schema.stages import TIE_BREAKING, StageName
from orebook.solver.finalise.given_up import given_up_rows
from orebook.solver.hedge.futures import KnownFuture, now_weeks
from orebook.solver.hedge.hedge_run import SolvedHedge, risk_of_alone
from orebook.solver.hedge.joint_stages import Reached
from orebook.solver.lp.gaps import within

NOTHING_TO_GAIN = 1e-6
"""A measure within which futures alone, hedged and plain plans are all as good as they can be."""


def hedged_plan(
    problem: Problem,
    model: Model,
    risk: RiskMeasure,
    gap: float,
    solved: SolvedHedge,
    audited: bool | Literal["timed out"],
) -> HedgedPlan:
    """Everything that came of a run, in the form of hedge.json."""
    joint, hedged = solved.joint, solved.hedged
    futures, now, relaxed = joint.futures, now_weeks(joint.futures), hedged.relaxed
    main = [s for s in hedged.stages if s.stage not in TIE_BREAKING]
    proven = not relaxed.cut_short and all(within(s.gap, gap) for s in main)
    status: Status = "optimal" if proven else "feasible"
    plans = {
        f.future.name: _plan(f, model, judgement, joint.stages, status, given_up_rows(judgement, rows, relaxed.why))
        for f, judgement, rows in zip(futures, hedged.judged.judgements, relaxed.excused, strict=True)
    }
    first = plans[futures[0].future.name]
    # where no plan was found of a future by itself, what the hedged plan has for it is one
    alone = [plan or plans[f.future.name] for f, plan in zip(futures, solved.alone, strict=True)]
    document = HedgeDocument(
        instance=InstanceStamp(name=problem.name, digest=problem.digest, changes=problem.changes),
        model=ModelStamp(name=model.name, digest=model.digest()),
        risk=RiskStamp(tail=risk.tail, tail_weight=risk.tail_weight),
        status=status,
        audited=audited,
        stages=hedged.stages,
        now_weeks=now,
        tickets=tuple(as_ordered(problem, t) for t in first.document.tickets if t.week <= now),
        futures=tuple(
            _result(f, plans[f.future.name], judgement, known, joint.stages)
            for f, judgement, known in zip(futures, hedged.judged.judgements, alone, strict=True)
        ),
        worth=_worth(risk, solved, alone, now),
    )
    return HedgedPlan(document, problem, model, plans)


def _plan(
    future: KnownFuture,
    model: Model,
    judgement: Judgement,
    stages: Sequence[StageName],
    status: Status,
    given_up: Sequence[GivenUp],
) -> Plan:
    """A future's plan: of its stages only what they come to."""
    measures = judgement.measures
    results = [StageResult.of_final(stage, float(measures[stage])) for stage in stages if stage in measures]
    plan = Plan.assemble(
        future.world, model, judgement, status=status, stages=results, given_up=given_up, repeatable=True
    )
    news = {"changes": future.future.changes, "before": future.world.at(1).changes}
    more = {
        "instance": plan.document.instance.model_copy(update=news),
        "future": future.future.name,
        "known_week": future.known_week,
        "in_transit": future.future.in_transit,
    }
    document = plan.document.model_copy(update=more)
    return Plan(document, plan.problem, plan.model, plan.judgement)


def _result(
    future: KnownFuture, plan: Plan, judgement: Judgement, alone: Plan, stages: Sequence[StageName]
) -> FutureResult:
    tickets = plan.document.tickets
    return FutureResult(
        future=future.future.name,
        probability=future.future.probability,
        known_week=future.known_week,
        in_transit=future.future.in_transit,
        measures={stage: float(judgement.measures.get(stage, 0)) for stage in stages},
        alone={s.stage: (s.bound, s.value) for s in alone.document.stages},
        lost=lost_goods(tickets),
        late=late_goods(future.world, tickets),
        plan=f"{future_folder(future.future.name)}/plan.json",
    )


def _worth(risk: RiskMeasure, solved: SolvedHedge, alone: Sequence[Plan], now: int) -> Worth | None:
    """What knowing is worth, and what hedging is: by the first stage in which anything is missing; None without main stage."""
    main = [s.stage for s in solved.hedged.stages if s.stage not in TIE_BREAKING]
    if not main:
        return None
    futures = solved.joint.futures
    stage = next((s for s in main if _matters(solved, alone, s)), main[-1])
    alone_bounds, alone_values = (risk_of_alone(risk, futures, alone, stage, side) for side in (0, 1))
    hedged = _reached(solved.hedged, stage)
    evpi = (max(0.0, hedged.bound - alone_values), max(0.0, hedged.value - alone_bounds))
    plain = None if solved.plain is None else _reached(solved.plain, stage)
    tickets = solved.plain_plan.document.tickets
    costs = ("cost", "value")
    usd = next((s for s in main if s in costs), None)
    plain_usd = None if solved.plain is None or usd is None else _reached(solved.plain, usd).value
    hedged_usd = None if usd is None else _reached(solved.hedged, usd).value
    return Worth(
        stage=stage,
        evpi=evpi,
        vss=None if plain is None else (max(0.0, plain.bound - hedged.value), max(0.0, plain.value - hedged.bound)),
        plain=None if plain is None else (plain.bound, plain.value),
        plain_says=solved.plain_says,
        plain_tickets=tuple(NowTicket(offer=t.offer, week=t.week, tonnes=t.tonnes) for t in tickets if t.week <= now),
        evpi_usd=None
        if hedged_usd is None or usd is None
        else hedged_usd - risk_of_alone(risk, futures, alone, usd, 1),
        vss_usd=None if plain_usd is None or hedged_usd is None else plain_usd - hedged_usd,
    )


def _matters(solved: SolvedHedge, alone: Sequence[Plan], stage: StageName) -> bool:
    reached = [_reached(solved.hedged, stage).value]
    reached += [] if solved.plain is None else [_reached(solved.plain, stage).value]
    reached += [s.value for plan in alone for s in plan.document.stages if s.stage == stage]
    return any(abs(value) > NOTHING_TO_GAIN for value in reached)


def _reached(reached: Reached, stage: StageName) -> StageResult:
    return next(s for s in reached.stages if s.stage == stage)
