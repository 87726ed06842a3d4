"""A problem and a model as the judge reads them: exact, with what is the same for every plan worked out once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from orebook.accounting.ageing import due_of
from orebook.accounting.exact_prices import TierPrice, tier_prices
from orebook.accounting.start_limits import ceilings, opening_stock, released, store_limits
from orebook.exact import Fraction, exact
from orebook.placement import Placed, held_by, placed
from orebook.problem import Problem, Site, Target
from orebook.schema.model import Model


@dataclass(frozen=True, slots=True)
class ExactTarget:
    """A target in exact figures: tonnes wanted, the critical part of them, and what a day short weighs and is worth."""

    target: Target
    use_t_per_day: Fraction
    target_t: Fraction
    critical_t: Fraction
    criticality: Fraction
    value_usd_per_day: Fraction


@dataclass(frozen=True, slots=True)
class ExactProblem:
    """What the rules and measures read besides the plan. Limits are those that hold that week; None: no limit."""

    problem: Problem
    model: Model
    prices: Callable[[str, int], tuple[TierPrice, ...]]
    """(offer, week 1..T) -> its tiers, the lowest first."""
    benchmark: Mapping[tuple[str, int], Fraction]
    m3_per_t: Mapping[tuple[str, int], Fraction]
    """(mineral, week) -> m3 a tonne."""
    opening: Mapping[tuple[str, str, int], Fraction]
    """(mineral, site, week) -> tonnes that stock and inbound orders alone bring there."""
    frozen_puts: Placed
    """(mineral, site, week) -> tonnes of frozen tickets' goods, as they are placed where nothing else is ordered."""
    released: tuple[Fraction, ...] | None
    """USD free up to week 1, 2 .. T; None: no release limit."""
    room_m3: Mapping[tuple[str, int], Fraction | None]
    worth_usd: Mapping[tuple[str, int], Fraction | None]
    """(site, week) -> most m3, and most USD, in store."""
    ceiling_t: Mapping[tuple[str, int], Fraction]
    """(mineral, week) -> most tonnes held, where there is a ceiling."""
    aims: tuple[ExactTarget, ...]
    due: Mapping[tuple[str, int], Fraction]
    """(mineral, week) -> tonnes that would have lapsed by its end if nothing left, of minerals that age."""

    @property
    def weeks(self) -> range:
        """Weeks 1..T."""
        return range(1, self.problem.weeks + 1)

    def frozen(self, offer: str, week: int) -> bool:
        """Whether the ticket is one of the prior plan's that stand."""
        return self.model.on("frozen") and self.problem.frozen(week) and (offer, week) in self.problem.prior


def exact_problem_of(problem: Problem, model: Model) -> ExactProblem:
    """The exact figures of a problem under a model."""
    benchmark = {key: exact(price) for key, price in problem.benchmark.items()}
    m3_per_t = {
        (name, week): exact(problem.at(week).minerals[name].m3_per_t)
        for name in problem.minerals
        for week in range(1, problem.weeks + 1)
    }
    opening = opening_stock(problem)
    frozen_puts = placed(problem) if model.on("frozen") else {}
    standing = {**opening}
    for key, tonnes in held_by(frozen_puts, problem).items():
        standing[key] += tonnes

    def room(site: Site) -> float | None:
        return site.capacity_m3

    def worth(site: Site) -> float | None:
        return site.max_value_usd

    def price(offer: str, week: int) -> tuple[TierPrice, ...]:
        terms = problem.terms(week)
        return tier_prices(terms, terms.offers[offer], week)

    return ExactProblem(
        problem=problem,
        model=model,
        prices=cache(price),
        benchmark=benchmark,
        m3_per_t=m3_per_t,
        opening=opening,
        frozen_puts=frozen_puts,
        released=released(problem),
        room_m3=store_limits(problem, standing, room, lambda mineral, week: m3_per_t[mineral, week]),
        worth_usd=store_limits(problem, standing, worth, lambda mineral, week: benchmark[mineral, week]),
        ceiling_t=ceilings(problem, standing),
        aims=tuple(_aim(problem, target) for target in problem.targets),
        due=due_of(problem),
    )


def value_usd_per_day(problem: Problem, mineral: str, week: int) -> Fraction:
    """Worth of a day of cover in that week; a tonne counts as a day of a mineral without use."""
    m = problem.at(week).minerals[mineral]
    if m.value_usd_per_day is not None:
        return exact(m.value_usd_per_day)
    return (exact(m.use_t_per_day) or 1) * exact(problem.benchmark[mineral, week])


def _aim(problem: Problem, target: Target) -> ExactTarget:
    m = problem.at(target.week).minerals[target.mineral]
    use, days = exact(m.use_t_per_day), exact(target.days)
    return ExactTarget(
        target=target,
        use_t_per_day=use,
        target_t=days * use,
        critical_t=min(days, exact(m.critical_days)) * use,
        criticality=exact(m.criticality),
        value_usd_per_day=value_usd_per_day(problem, m.name, target.week),
    )
