"""Figures of hedge.json that do not follow from the futures' plans.

Only what the file says is held against the judge, with the margins of a plan's figures: a cent for money, and 1e-6 of the
figure or of its unit for the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import BaseModel

from orebook.accounting.tolerance import CENT, PART
from orebook.exact import ZERO, Fraction, exact
from orebook.hedged import as_ordered, late_goods, lost_goods
from orebook.judge.differences import Difference, difference, row_differences, stage_differences
from orebook.problem import Future, Problem
from orebook.risk_measure import RiskMeasure
from orebook.schema.hedge import FutureResult, HedgeDocument, LateGoods, LostGoods, Worth
from orebook.schema.model import Model
from orebook.schema.plan import StageResult, Ticket
from orebook.schema.stages import STAGES, TIE_BREAKING
from orebook.verdict import Verdict

Goods = tuple[LostGoods, ...] | tuple[LateGoods, ...]


def hedge_differences(
    problem: Problem,
    futures: Sequence[Future],
    document: HedgeDocument,
    worlds: Mapping[str, Problem],
    verdicts: Mapping[str, Verdict],
    model: Model,
) -> Iterator[Difference]:
    """Tickets now, goods, measures, stages and worth, each against what the judge has of the futures' plans."""
    yield from _now(problem, document, verdicts.values())
    for future in document.futures:
        if future.future in verdicts:
            yield from _future(future, document, worlds[future.future], verdicts[future.future])
    if all(f.name in verdicts for f in futures):
        yield from _stages(futures, document, verdicts, model)
    yield from _worth(problem, document)


def _now(problem: Problem, document: HedgeDocument, verdicts: Iterable[Verdict]) -> Iterator[Difference]:
    """What a ticket now costs and when it arrives, as the instance has it; its tonnes are held against every future."""
    judged: dict[tuple[str, int], Ticket] = {(t.offer, t.week): t for v in verdicts for t in v.judgement.tickets}
    for place, said in enumerate(document.tickets):
        ours = judged.get((said.offer, said.week))
        if ours is not None and said.offer in problem.offers:
            yield from row_differences(f"tickets[{place}]", said, as_ordered(problem, ours), decided="tonnes")


def _future(said: FutureResult, document: HedgeDocument, world: Problem, verdict: Verdict) -> Iterator[Difference]:
    """A future's measures, goods lost and late, and what it comes to alone."""
    place, judged = f"futures[{said.future}]", verdict.judgement
    for stage in dict.fromkeys([*said.measures, *(s.stage for s in document.stages)]):
        if stage not in said.measures or all(s.stage != stage for s in document.stages):
            yield difference(f"{place}.measures.{stage}", said.measures.get(stage), "a measure of every stage")
        elif _differ(stage, exact(said.measures[stage]), judged.measures.get(stage, ZERO)):
            ours = float(judged.measures.get(stage, ZERO))
            yield difference(f"{place}.measures.{stage}", said.measures[stage], ours)
    yield from _goods(f"{place}.lost", said.lost, lost_goods(judged.tickets))
    yield from _goods(f"{place}.late", said.late, late_goods(world, judged.tickets))
    for stage, (bound, value) in said.alone.items():
        yield from _over(f"{place}.alone.{stage}", bound, value)


def _goods(place: str, said: Goods, ours: Goods) -> Iterator[Difference]:
    """Each ticket that is lost or late, and what became of it."""
    judged: dict[tuple[str, int], BaseModel] = {(g.offer, g.week): g for g in ours}
    for row in said:
        mine = judged.pop((row.offer, row.week), None)
        told = f"{row.offer}, week {row.week}"
        if mine is None:
            yield difference(place, told, None)
        else:
            yield from row_differences(f"{place}[{told}]", row, mine)
            if isinstance(row, LateGoods) and isinstance(mine, LateGoods) and row.arrives is None is not mine.arrives:
                yield difference(f"{place}[{told}].arrives", None, mine.arrives)
    for offer, week in judged:
        yield difference(place, None, f"{offer}, week {week}")


def _stages(
    futures: Sequence[Future], document: HedgeDocument, verdicts: Mapping[str, Verdict], model: Model
) -> Iterator[Difference]:
    """R of each stage as the plans stand, whether they keep what it reached, its gap and its bound."""
    risk = RiskMeasure(document.risk.tail, document.risk.tail_weight)
    probabilities = [exact(f.probability) for f in futures]
    for place, result in enumerate(document.stages):
        mine = replace(risk, tail_weight=0.0) if result.stage in TIE_BREAKING else risk
        measures = [verdicts[f.name].judgement.measures.get(result.stage, ZERO) for f in futures]
        yield from stage_differences(
            f"stages[{place}]", result, {result.stage: mine.of(probabilities, measures)}, model
        )
        yield from _over(f"stages[{place}]", result.bound, result.value)


def _worth(problem: Problem, document: HedgeDocument) -> Iterator[Difference]:
    """What knowing and hedging are worth follows from the values and bounds that the file has."""
    worth = document.worth
    stage = next((s for s in document.stages if worth and s.stage == worth.stage), None)
    if worth is None or stage is None:
        return
    bounds, values = (_alone(document, worth.stage, side) for side in (0, 1))
    least, most = max(ZERO, exact(stage.bound) - values), max(ZERO, exact(stage.value) - bounds)
    yield from _interval("worth.evpi", worth, worth.evpi, least, most)
    if worth.plain is not None:
        yield from _over("worth.plain", *worth.plain)
    if worth.plain is None or worth.vss is None:
        if worth.plain is not worth.vss:
            yield difference("worth.vss", None if worth.vss is None else worth.vss[1], "what the plain plan")
    else:
        least = max(ZERO, exact(worth.plain[0]) - exact(stage.value))
        most = max(ZERO, exact(worth.plain[1]) - exact(stage.bound))
        yield from _interval("worth.vss", worth, worth.vss, least, most)
    yield from _dollars(document, worth)
    for ticket in worth.plain_tickets:
        if ticket.week > document.now_weeks or ticket.offer not in problem.offers:
            yield difference("worth.plain_tickets", f"{ticket.offer}, week {ticket.week}", None)


def _dollars(document: HedgeDocument, worth: Worth) -> Iterator[Difference]:
    """The differences in USD between the plans found; of the plain plan where its cost is in the file."""
    cost: StageResult | None = next((s for s in document.stages if STAGES[s.stage].money), None)
    if cost is None:
        return
    told = [("evpi_usd", worth.evpi_usd, exact(cost.value) - _alone(document, cost.stage, 1))]
    if worth.plain is not None and worth.stage == cost.stage:
        told.append(("vss_usd", worth.vss_usd, exact(worth.plain[1]) - exact(cost.value)))
    for name, said, ours in told:
        if said is not None and _differ(cost.stage, exact(said), ours):
            yield difference(f"worth.{name}", said, float(ours))


def _alone(document: HedgeDocument, stage: str, side: int) -> Fraction:
    """R of the futures alone, by their bounds (side 0) or their values (side 1)."""
    risk = RiskMeasure(document.risk.tail, document.risk.tail_weight)
    found = [exact(f.alone[stage][side]) if stage in f.alone else ZERO for f in document.futures]
    return risk.of([exact(f.probability) for f in document.futures], found)


def _interval(
    place: str, worth: Worth, said: tuple[float, float], least: Fraction, most: Fraction
) -> Iterator[Difference]:
    for side, ours in enumerate((least, most)):
        if _differ(worth.stage, exact(said[side]), ours):
            yield difference(f"{place}[{side}]", said[side], float(ours))


def _over(place: str, bound: float, value: float) -> Iterator[Difference]:
    """A bound that is over its value."""
    if bound > value + float(PART) * max(1.0, abs(value)):
        yield difference(f"{place}.bound", bound, value)


def _differ(stage: str, said: Fraction, ours: Fraction) -> bool:
    least = CENT if STAGES[stage].money else PART
    return abs(said - ours) > max(least, PART * abs(ours))
