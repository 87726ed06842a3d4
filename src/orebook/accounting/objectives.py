"""What each stage minimises, of a plan as it stands; a measure that the problem does not define is left out."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.exact_problem import value_usd_per_day
from orebook.accounting.ledger import Ledger
from orebook.accounting.tolerance import PART
from orebook.exact import ZERO, Fraction, exact
from orebook.extensions import brought
from orebook.schema.stages import BY_PRIORITY, StageName


def measures(ledger: Ledger) -> dict[str, Fraction]:
    """Stage -> measure: `unmet` with withdrawals, `fair` with a positive target, `changes` with a prior plan.

    `ration`, and measures over members of one priority, where the model lists them.
    """
    found = {
        "unmet": _unmet(ledger) if ledger.case.problem.withdrawals else None,
        "fair": _fair(ledger),
        "cover": _cover(ledger),
        "cost": ledger.costs["total_usd"],
        "value": _value(ledger),
        "changes": _changes(ledger) if ledger.case.problem.prior else None,
        "tickets": Fraction(len(ledger.orders)),
    }
    listed = [s.stage for s in ledger.case.model.stages]
    found |= {name: _of_members(ledger, name) for name in listed if name == "ration" or name in BY_PRIORITY}
    found |= {name: stage.judged(ledger) for name, stage in brought("stages").items()}
    return {stage: measure for stage, measure in found.items() if measure is not None}


def _unmet(ledger: Ledger, priority: int | None = None) -> Fraction:
    """Weighted days: sum of criticality * days of use not served, of members of a priority where one is named."""
    problem = ledger.case.problem
    days_unmet = _days_unmet(ledger, priority)
    return sum((exact(problem.at(w).minerals[m].criticality) * days for m, w, days in days_unmet), ZERO)


def _of_members(ledger: Ledger, stage: StageName) -> Fraction | None:
    """A measure over what members draw, of one priority where its name has one; None where nobody of it draws."""
    of, priority = BY_PRIORITY.get(stage, (stage, None))
    problem = ledger.case.problem
    if not any(priority in (None, problem.priority(j)) for j in problem.withdrawals.values()):
        return None
    return _unmet(ledger, priority) if of == "unmet" else _ration(ledger, priority)


def _ration(ledger: Ledger, priority: int | None = None) -> Fraction | None:
    """The largest part of a withdrawal that is not served, withdrawals of nothing left out."""
    problem = ledger.case.problem
    asked = ((j, exact(j.tonnes)) for j in problem.withdrawals.values() if priority in (None, problem.priority(j)))
    return max((ledger.flow.unmet[j.name] / tonnes for j, tonnes in asked if tonnes > 0), default=None)


def _fair(ledger: Ledger) -> Fraction | None:
    """The largest part of a target that is short, targets of zero left out."""
    return max((r.short_t / r.aim.target_t for r in ledger.cover if r.aim.target_t), default=None)


def _cover(ledger: Ledger) -> Fraction:
    """Weighted days: sum of criticality * (days short + critical_weight * critical days short)."""
    return sum((r.aim.criticality * days for r, days in zip(ledger.cover, _days_short(ledger), strict=True)), ZERO)


def _value(ledger: Ledger) -> Fraction:
    """USD: the plan's cost and the worth of every day short or not served."""
    problem = ledger.case.problem
    short = zip(ledger.cover, _days_short(ledger), strict=True)
    worth_short = sum((r.aim.value_usd_per_day * days for r, days in short), ZERO)
    worth_unmet = sum((value_usd_per_day(problem, m, week) * days for m, week, days in _days_unmet(ledger)), ZERO)
    return ledger.costs["total_usd"] + worth_short + exact(ledger.case.model.weights.unmet_weight) * worth_unmet


def _changes(ledger: Ledger) -> Fraction:
    """Orders in one of plan and prior only, or with tonnes that differ."""
    plan = {(o.offer.name, o.week): o.tonnes for o in ledger.orders}
    prior = {key: exact(tonnes) for key, tonnes in ledger.case.problem.prior.items()}
    alone = plan.keys() ^ prior.keys()
    altered = [key for key in plan.keys() & prior.keys() if abs(plan[key] - prior[key]) > PART]
    return Fraction(len(alone) + len(altered))


def _days_short(ledger: Ledger) -> Iterator[Fraction]:
    """A target's days short, its critical days weighted on top, in the order of `ledger.cover`."""
    weight = exact(ledger.case.model.weights.critical_weight)
    return ((r.short_t + weight * r.critical_short_t) / r.aim.use_t_per_day for r in ledger.cover)


def _days_unmet(ledger: Ledger, priority: int | None = None) -> Iterator[tuple[str, int, Fraction]]:
    """(mineral, week, days of use not served) of each withdrawal; a tonne is a day of a mineral without use."""
    problem = ledger.case.problem
    for name, unmet in ledger.flow.unmet.items():
        withdrawal = problem.withdrawals[name]
        if priority not in (None, problem.priority(withdrawal)):
            continue
        use = exact(problem.at(withdrawal.week).minerals[withdrawal.mineral].use_t_per_day) or 1
        yield withdrawal.mineral, withdrawal.week, unmet / use
