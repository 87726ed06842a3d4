"""What whole grams are worth in each stage's measure: model and judge may differ by so much, and no more for rounding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from orebook.accounting.exact_problem import value_usd_per_day
from orebook.judge.judgement import Judgement
from orebook.problem import Conversion, Problem
from orebook.schema.model import Model
from orebook.schema.stages import BY_PRIORITY

GRAMS = 4e-6
"""In tonnes, of one amount: rounded down and up again, and what a solver's point may be under what it is meant to meet."""


@dataclass(frozen=True)
class GramTolerance:
    """What four grams of a mineral come to, in weighted days, as part of a withdrawal, of a target, and in USD of shortage."""

    unmet: Mapping[str, float]
    ration: Mapping[str, float]
    fair: Mapping[str, float]
    cover: Mapping[str, float]
    value: Mapping[str, float]
    pays: Mapping[str, float]
    """Withdrawal -> USD/t that come in for it."""
    conversions: Mapping[str, Conversion]
    factors: Mapping[tuple[str, str], float]
    """(mineral, what stands for it) -> tonnes of it that a tonne of that stands for."""

    @classmethod
    def of(cls, problem: Problem, model: Model) -> GramTolerance:
        """Worked out once a problem."""
        unmet, ration, fair, cover, value = (defaultdict[str, float](float) for _ in range(5))
        heavier = 1 + model.weights.critical_weight
        for target in problem.targets:
            mineral = problem.at(target.week).minerals[target.mineral]
            days = GRAMS / mineral.use_t_per_day
            cover[mineral.name] += mineral.criticality * heavier * days
            value[mineral.name] += heavier * days * float(value_usd_per_day(problem, mineral.name, target.week))
            if target.days > 0:
                fair[mineral.name] = max(fair[mineral.name], days / target.days)
        for j in problem.withdrawals.values():
            mineral = problem.at(j.week).minerals[j.mineral]
            days = GRAMS / (mineral.use_t_per_day or 1.0)
            unmet[mineral.name] += mineral.criticality * days
            worth = float(value_usd_per_day(problem, mineral.name, j.week))
            value[mineral.name] += model.weights.unmet_weight * days * worth
            if j.tonnes > 0:
                ration[mineral.name] = max(ration[mineral.name], GRAMS / j.tonnes)
        pays = {j.name: j.pays_usd_per_t for j in problem.withdrawals.values()}
        factors = {key: row.factor for key, row in problem.substitutes.items()}
        return cls(unmet, ration, fair, cover, value, pays, problem.conversions, factors)

    def worth(self, judgement: Judgement) -> Mapping[str, float]:
        """Stage -> what the grams of a plan's amounts come to, in the stage's unit."""
        amounts: dict[str, float] = defaultdict(float)
        for mineral in (*(t.mineral for t in judgement.tickets), *(o.mineral for o in judgement.outs)):
            amounts[mineral] += 1
        for sale in judgement.sales:
            amounts[sale.mineral] += 1
        for part in judgement.conversions:
            conversion = self.conversions[part.conversion]
            amounts[conversion.source] += 1
            amounts[conversion.into] += max(1.0, conversion.yield_t)
        for cover in judgement.cover:
            for stand_in in cover.stand_in:
                amounts[stand_in.by] += 1
                amounts[cover.mineral] += max(1.0, self.factors[cover.mineral, stand_in.by])
        usd = 0.01 + sum(
            abs(t.order_cash_usd - t.fee_usd) / t.tonnes * GRAMS for t in judgement.tickets if t.lots is None
        )
        usd += sum(GRAMS * self.pays.get(o.withdrawal, 0.0) for o in judgement.outs)
        usd += sum(GRAMS * sale.price_usd_per_t for sale in judgement.sales)
        usd += sum(GRAMS * self.conversions[part.conversion].fee_usd_per_t for part in judgement.conversions)

        def total(worth: Mapping[str, float]) -> float:
            return sum((1 + amounts[mineral]) * each for mineral, each in worth.items())

        unmet, ration = total(self.unmet), sum((1 + amounts[i]) * each for i, each in self.ration.items())
        return {
            **{name: unmet if of == "unmet" else ration for name, (of, _) in BY_PRIORITY.items()},
            "unmet": unmet,
            "ration": ration,
            "fair": max(((1 + amounts[mineral]) * each for mineral, each in self.fair.items()), default=0.0),
            "cover": total(self.cover),
            "cost": usd,
            "value": usd + total(self.value),
        }
