"""A hedged plan checked against its problem, whoever wrote it, without the solver.

Each future's plan is judged by itself; futures that are not told apart yet decide together; and what hedge.json says over all
futures follows from theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orebook.accounting.tolerance import CENT, PART
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.differences import Difference
from orebook.judge.judgement import Breach
from orebook.problem import Future, Problem
from orebook.risk_measure import RiskMeasure
from orebook.schema.hedge import FutureResult, HedgeDocument, Worth
from orebook.schema.model import Model
from orebook.schema.plan import PlanDocument, Ticket
from orebook.schema.stages import STAGES, TIE_BREAKING
from orebook.verdict import Verdict, verify
from orebook.world import futures_of, world_in

Amounts = dict[tuple[str, ...], Fraction]
"""What is decided -> how much of it, in t or USD."""


@dataclass(frozen=True)
class HedgeVerdict:
    """What a check of a hedged plan found: of each future by itself, of deciding together, and of what follows from both."""

    futures: Mapping[str, Verdict]
    apart: tuple[Breach, ...]
    """Decisions of a week in which futures are not told apart yet that differ between two of them."""
    differences: tuple[Difference, ...]

    @property
    def ok(self) -> bool:
        """Whether every future's plan holds, they decide together, and hedge.json adds up."""
        return all(v.ok for v in self.futures.values()) and not self.apart and not self.differences


def verify_hedge(
    problem: Problem, document: HedgeDocument, plans: Mapping[str, PlanDocument], model: Model
) -> HedgeVerdict:
    """A hedged plan held against the problem's futures. `plans` are those of the futures' folders, by future."""
    known = futures_of(problem)
    there = [f for f in known if f.name in plans]
    worlds = {f.name: world_in(problem, f) for f in there}
    verdicts = {f.name: verify(worlds[f.name], plans[f.name], model) for f in there}
    found = [
        *_listed(known, document, plans),
        *_together(document, [(f, worlds[f.name], plans[f.name]) for f in there]),
        *_measures(there, document, verdicts),
        *_worth(document),
    ]
    return HedgeVerdict(verdicts, tuple(_apart(there, plans)), tuple(found))


def _listed(
    known: Sequence[Future], document: HedgeDocument, plans: Mapping[str, PlanDocument]
) -> Iterator[Difference]:
    """The futures are the problem's, and each has a plan."""
    said = {f.future: f for f in document.futures}
    for future in known:
        mine = said.pop(future.name, None)
        if mine is None or future.name not in plans:
            yield _difference(f"futures[{future.name}]", None, future.name)
            continue
        for name, ours in (("known_week", future.known_week), ("in_transit", future.in_transit)):
            if getattr(mine, name) != ours:
                yield _difference(f"futures[{future.name}].{name}", getattr(mine, name), ours)
        if abs(mine.probability - future.probability) > float(PART):
            yield _difference(f"futures[{future.name}].probability", mine.probability, future.probability)
    for name in said:
        yield _difference(f"futures[{name}]", name, None)
    now = min(f.known_week for f in known) - 1
    if document.now_weeks != now:
        yield _difference("now_weeks", document.now_weeks, now)


def _together(document: HedgeDocument, plans: Sequence[tuple[Future, Problem, PlanDocument]]) -> Iterator[Difference]:
    """The tickets of the weeks that are now are those of every future, and houses are engaged in all that know them."""
    said = {(t.offer, t.week): exact(t.tonnes) for t in document.tickets}
    houses = {w.terms(t.week).offers[t.offer].house for _, w, plan in plans for t in plan.tickets if _known(w, t)}
    for future, world, plan in plans:
        ours = {(t.offer, t.week): exact(t.tonnes) for t in plan.tickets if t.week <= document.now_weeks}
        for key in sorted(said.keys() | ours.keys()):
            if abs(said.get(key, ZERO) - ours.get(key, ZERO)) > PART:
                place = f"tickets[{key[0]},{key[1]}]"
                yield _difference(place, float(said.get(key, 0)), f"{float(ours.get(key, 0)):g} t in {future.name}")
        if absent := (houses & world.houses.keys()) - set(plan.engaged):
            missing = ", ".join(sorted(absent))
            yield _difference(f"futures[{future.name}].engaged", None, missing)


def _known(world: Problem, ticket: Ticket) -> bool:
    """Whether a ticket is of an offer that there is."""
    return 1 <= ticket.week <= world.weeks and ticket.offer in world.terms(ticket.week).offers


def _apart(futures: Sequence[Future], plans: Mapping[str, PlanDocument]) -> Iterator[Breach]:
    """Decisions that differ between futures that are not told apart yet in their week."""
    last = max((f.known_week for f in futures), default=0)
    decided = {f.name: _decisions(plans[f.name]) for f in futures}
    for week in range(1, last):
        unknown = [f.name for f in futures if f.known_week > week]
        for name in unknown[1:]:
            first, other = decided[unknown[0]].get(week, {}), decided[name].get(week, {})
            for key in sorted(first.keys() | other.keys()):
                by = abs(first.get(key, ZERO) - other.get(key, ZERO))
                money = key[0] in ("draw", "repay")
                if by > (CENT if money else PART):
                    unit, row = ("USD" if money else "t"), f"together[{','.join(key)},{week}]"
                    says = (
                        f"{' '.join(key)} in week {week}: {float(first.get(key, 0)):,.6f} {unit} in {unknown[0]}, "
                        f"{float(other.get(key, 0)):,.6f} in {name}, which is not told apart from it yet"
                    )
                    yield Breach("futures", row, by, ZERO, unit, says)


def _decisions(plan: PlanDocument) -> dict[int, Amounts]:
    """Week -> what is decided in it."""
    found: dict[int, Amounts] = {}
    listed: list[tuple[int, tuple[str, ...], float]] = [
        *((t.week, ("ticket", t.offer), t.tonnes) for t in plan.tickets),
        *((p.week, ("put", p.mineral, p.site), p.tonnes) for p in plan.puts),
        *((o.week, ("out", o.withdrawal, o.site), o.tonnes) for o in plan.outs),
        *((d.week, ("draw", d.source), d.usd) for d in plan.draws),
        *((r.week, ("repay", r.source), r.usd) for r in plan.repays),
    ]
    for week, key, amount in listed:
        of_week = found.setdefault(week, {})
        of_week[key] = of_week.get(key, ZERO) + exact(amount)
    return found


def _measures(
    futures: Sequence[Future], document: HedgeDocument, verdicts: Mapping[str, Verdict]
) -> Iterator[Difference]:
    """What each future comes to, and what all of them do."""
    risk = RiskMeasure(document.risk.tail, document.risk.tail_weight)
    said = {f.future: f for f in document.futures}
    judged = {f.name: verdicts[f.name].judgement.measures for f in futures}
    probabilities = [exact(f.probability) for f in futures]
    for name, mine in said.items():
        for stage, measure in mine.measures.items():
            ours = judged.get(name, {}).get(stage, ZERO)
            if _differ(stage, exact(measure), ours):
                yield _difference(f"futures[{name}].measures.{stage}", measure, float(ours))
        yield from _goods(mine, verdicts.get(name))
    for place, result in enumerate(document.stages):
        plain = replace(risk, tail_weight=0.0) if result.stage in TIE_BREAKING else risk
        ours = plain.of(probabilities, [judged[f.name].get(result.stage, ZERO) for f in futures])
        if _differ(result.stage, exact(result.final), ours):
            yield _difference(f"stages[{place}].final", result.final, float(ours))
        if result.bound > result.value + float(PART) * max(1.0, abs(result.value)):
            yield _difference(f"stages[{place}].bound", result.bound, result.value)


def _goods(said: FutureResult, verdict: Verdict | None) -> Iterator[Difference]:
    """The goods that are lost are those that the judge finds lost."""
    if verdict is None:
        return
    lost = {(t.offer, t.week) for t in verdict.judgement.tickets if t.lost}
    for offer, week in sorted(lost ^ {(g.offer, g.week) for g in said.lost}):
        here = (offer, week) in lost
        told = f"{offer}, week {week}"
        yield _difference(f"futures[{said.future}].lost", None if here else told, told if here else None)


def _worth(document: HedgeDocument) -> Iterator[Difference]:
    """What knowing and hedging are worth follows from the values and bounds that the file has."""
    worth = document.worth
    stage = next((s for s in document.stages if worth and s.stage == worth.stage), None)
    if worth is None or stage is None:
        return
    risk = RiskMeasure(document.risk.tail, document.risk.tail_weight)
    probabilities = [exact(f.probability) for f in document.futures]
    bounds, values = (
        risk.of(
            probabilities,
            [exact(f.alone[worth.stage][side]) if worth.stage in f.alone else ZERO for f in document.futures],
        )
        for side in (0, 1)
    )
    least, most = max(ZERO, exact(stage.bound) - values), max(ZERO, exact(stage.value) - bounds)
    yield from _interval("worth.evpi", worth, worth.evpi, least, most)
    if worth.plain is not None and worth.vss is not None:
        least = max(ZERO, exact(worth.plain[0]) - exact(stage.value))
        most = max(ZERO, exact(worth.plain[1]) - exact(stage.bound))
        yield from _interval("worth.vss", worth, worth.vss, least, most)


def _interval(
    place: str, worth: Worth, said: tuple[float, float], least: Fraction, most: Fraction
) -> Iterator[Difference]:
    for side, ours in enumerate((least, most)):
        if _differ(worth.stage, exact(said[side]), ours):
            yield _difference(f"{place}[{side}]", said[side], float(ours))


def _differ(stage: str, said: Fraction, ours: Fraction) -> bool:
    least = CENT if STAGES[stage].money else PART
    return abs(said - ours) > max(least, PART * abs(ours))


def _difference(place: str, said: str | float | None, ours: str | float | None) -> Difference:
    told = "is not there" if said is None else f"is {said}"
    return Difference(place, said, ours, f"{place} {told}, {'nothing' if ours is None else ours} follows")
