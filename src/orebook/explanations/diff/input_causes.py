"""Which input forces which ticket change: each undone alone, and what then goes back.

Of all plans as good as the new one, the closest to the old plan keeps the changes that it has to; the others are free
choices. With an input undone, some of those it had to keep go back in the closest to the old plan of all plans as good as
the best one then: these the input forced.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from orebook.decisions import Decisions
from orebook.explanations.diff.input_changes import Input
from orebook.explanations.diff.ticket_changes import Orders, TicketChange
from orebook.explanations.engine.counterfactuals import Answer, Counterfactuals
from orebook.plan import Plan
from orebook.schema.stages import StageName
from orebook.solver.alternatives.held_stages import HeldStages
from orebook.solver.alternatives.minimum_change import minimum_change
from orebook.solver.alternatives.warm_start import WarmStart
from orebook.solver.lp.gaps import most_kept

MAX_INPUTS = 8
"""Of so few minerals a solve opens all; of more those that an input speaks of, and the changed ones while they are few."""


@dataclass(frozen=True, slots=True)
class Undone:
    """An input undone: the best plan without it, what was held, and the changes that went away.

    `proven`: no change held these goes away, as both plans that say so are the closest.
    """

    input: Input
    answer: Answer
    held: frozenset[str]
    gone: tuple[TicketChange, ...]
    proven: bool


@dataclass(frozen=True, slots=True)
class Near:
    """The tickets of the plan closest to the old one; `proven`: none is closer."""

    orders: Orders
    proven: bool


@dataclass
class Causes:
    """Looks for what forces the changes from an old plan's tickets to a new one's, by counterfactuals of the new plan."""

    counterfactuals: Counterfactuals
    old: Orders
    changes: Sequence[TicketChange]
    _controls: dict[frozenset[str], Near | None] = field(default_factory=dict)

    @property
    def minerals(self) -> frozenset[str]:
        """The minerals with changed tickets."""
        return frozenset(c.mineral for c in self.changes)

    def telling(self, inputs: Sequence[Input]) -> list[Input]:
        """The inputs that can be undone, those first that speak of the most changes; one that speaks of none is left out."""
        weight = {i.name: sum(i.minerals is None or c.mineral in i.minerals for c in self.changes) for i in inputs}
        said = [i for i in inputs if i.undo is not None and weight[i.name]]
        return sorted(said, key=lambda i: -weight[i.name])

    def undone(self, inputs: Sequence[Input]) -> Iterator[Undone]:
        """Each input undone alone; one without which no plan was found is left out.

        What the new plan has to keep is known where the plan that keeps least is proven the closest; else nothing is gone.
        """
        for one in inputs:
            held = self._held(one)
            control, answer = self._control(held), self.counterfactuals.solve(one.undo or (), held)
            if answer is None:
                continue
            without = self._closest(answer.plan, held)
            known = control is not None and control.proven
            kept = [c for c in self.changes if control is not None and known and c.stands_in(control.orders)]
            gone = [c for c in kept if without is not None and not c.stands_in(without.orders)]
            yield Undone(one, answer, held, tuple(gone), known and without is not None and without.proven)

    def free(self) -> frozenset[TicketChange]:
        """The changes that a plan as good as the new one does without: it was found, however far the search came."""
        control = self._control(self._all - self.minerals)
        return frozenset(c for c in self.changes if control is not None and not c.stands_in(control.orders))

    def untold(self, inputs: Sequence[Input], found: Sequence[Undone]) -> frozenset[TicketChange]:
        """The changes of which it is not known whether an input alone forces them: one that speaks of them was not undone,
        or a limit came before a plan was proven the closest.
        """
        settled = {undone.input.name for undone in found if undone.proven}
        left = [i for i in inputs if i.name not in settled]
        return frozenset(c for c in self.changes if any(i.minerals is None or c.mineral in i.minerals for i in left))

    @property
    def _all(self) -> frozenset[str]:
        return frozenset(self.counterfactuals.problem.minerals)

    def _held(self, one: Input) -> frozenset[str]:
        """What an input cannot touch, or touches by way of money and room alone where too many tickets changed."""
        if len(self._all) <= MAX_INPUTS:
            return frozenset()
        touched = one.minerals if one.minerals is not None else self.minerals
        return self._all - touched - (self.minerals if len(self.minerals) <= MAX_INPUTS else set())

    def _control(self, held: frozenset[str]) -> Near | None:
        """With nothing undone."""
        if held not in self._controls:
            self._controls[held] = self._closest(self.counterfactuals.plan, held)
        return self._controls[held]

    def _closest(self, plan: Plan, held: frozenset[str]) -> Near | None:
        """The tickets closest to the old ones of plans that are as good as a plan, beginning from it.

        As good is what the model's slack leaves to the tie-breaking stages, which made the old plan and the new one.
        """
        model = self.counterfactuals.model
        best = {r.stage: r.value for r in plan.document.stages}
        most: dict[StageName, float] = {}
        for stage in self.counterfactuals.base:
            measure = float(plan.judgement.measures[stage])
            most[stage] = max(measure, most_kept(min(measure, best.get(stage, measure)), model.slack_of(stage)))
        stages = HeldStages(
            problem=plan.problem,
            model=plan.problem.governing(model),
            warm_start=WarmStart(Decisions.of(plan.document), held),
            most=most,
            excused={(g.rule, g.row) for g in plan.document.given_up},
            stop=self.counterfactuals.stop,
        )
        found = minimum_change(stages, self.old)
        if found is None:
            return None
        return Near({(o.offer, o.week): float(o.tonnes) for o in found.judged.decisions.orders}, found.proven)
