"""A hedged plan checked against its problem, whoever wrote it, without the solver.

Each future's plan is judged by itself; futures that are not told apart yet decide together; and what hedge.json says over all
futures follows from theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from orebook.accounting.tolerance import CENT, PART
from orebook.exact import ZERO, Fraction, exact
from orebook.hedge_figures import hedge_differences
from orebook.judge.differences import Difference, difference
from orebook.judge.judgement import Breach
from orebook.problem import Future, Problem
from orebook.schema.hedge import HedgeDocument
from orebook.schema.model import Model
from orebook.schema.plan import PlanDocument, Ticket
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
        *_named(there, plans),
        *hedge_differences(problem, known, document, worlds, verdicts, model),
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
            yield difference(f"futures[{future.name}]", None, future.name)
            continue
        for name, ours in (("known_week", future.known_week), ("in_transit", future.in_transit)):
            if getattr(mine, name) != ours:
                yield difference(f"futures[{future.name}].{name}", getattr(mine, name), ours)
        if abs(mine.probability - future.probability) > float(PART):
            yield difference(f"futures[{future.name}].probability", mine.probability, future.probability)
    for name in said:
        yield difference(f"futures[{name}]", name, None)
    now = min(f.known_week for f in known) - 1
    if document.now_weeks != now:
        yield difference("now_weeks", document.now_weeks, now)


def _named(futures: Sequence[Future], plans: Mapping[str, PlanDocument]) -> Iterator[Difference]:
    """A future's plan says that it is for this future, and for its changes."""
    for future in futures:
        plan, place = plans[future.name], f"futures[{future.name}].plan"
        if plan.future != future.name:
            yield difference(f"{place}.future", plan.future, future.name)
        for name, ours in (("known_week", future.known_week), ("in_transit", future.in_transit)):
            if getattr(plan, name) != ours:
                yield difference(f"{place}.{name}", getattr(plan, name), ours)
        said, follows = plan.instance.changes, future.changes
        if said != follows:
            yield difference(f"{place}.instance.changes", "; ".join(said) or None, "; ".join(follows) or None)


def _together(document: HedgeDocument, plans: Sequence[tuple[Future, Problem, PlanDocument]]) -> Iterator[Difference]:
    """The tickets of the weeks that are now are those of every future, and houses are engaged in all that know them."""
    said = {(t.offer, t.week): exact(t.tonnes) for t in document.tickets}
    houses = {w.terms(t.week).offers[t.offer].house for _, w, plan in plans for t in plan.tickets if _known(w, t)}
    for future, world, plan in plans:
        ours = {(t.offer, t.week): exact(t.tonnes) for t in plan.tickets if t.week <= document.now_weeks}
        for key in sorted(said.keys() | ours.keys()):
            if abs(said.get(key, ZERO) - ours.get(key, ZERO)) > PART:
                place = f"tickets[{key[0]},{key[1]}]"
                yield difference(place, float(said.get(key, 0)), f"{float(ours.get(key, 0)):g} t in {future.name}")
        if absent := (houses & world.houses.keys()) - set(plan.engaged):
            missing = ", ".join(sorted(absent))
            yield difference(f"futures[{future.name}].engaged", None, missing)


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
