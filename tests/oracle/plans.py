"""Every plan worth trying, and the best of them by the stages of a model, each held by the next as the contract says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orebook.decisions import Decisions
from orebook.exact import Fraction, exact
from orebook.judge import Judge
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.rules import RuleName
from orebook.schema.stages import StageName
from tests.oracle.goods import PRIORITIES, Goods, GoodsWays, TooManyError
from tests.oracle.money import MoneyWays
from tests.oracle.orders import LATER, OrderSet, order_sets

HAIR = Fraction(1, 10**6)
ROWS: dict[RuleName, tuple[str, ...]] = {
    "shares": ("share_min", "share_max"),
    "ceiling": ("cover_ceiling",),
    "market": ("market_week",),
    "split": ("split_min_houses", "split_max_houses"),
    "must": ("must_cover",),
    "shelf": ("shelf_lapsed",),
    "commit": ("commitment",),
    "houses": ("house_week", "house_total", "house_spend", "houses_engaged"),
    "budget": ("budget_total", "budget_week", "budget_released", "budget_mineral"),
}
"""The rows of every rule that may give way, by what stands before their index."""
Rows = Mapping[str, Fraction]
"""Policy rows that are broken, by how much, in the unit that the row is named in: a share as a part of 1."""


@dataclass(frozen=True)
class Tried:
    """A plan that keeps physics and contract: its measures, and the policy rows it breaks."""

    decisions: Decisions
    measures: Mapping[str, Fraction]
    broken: Rows


class Plans:
    """All plans of a problem under a model that are worth trying.

    Where money comes in and stages do not ask first for all withdrawals, parts of a tonne may be served best: TooManyError.
    """

    def __init__(self, problem: Problem, model: Model) -> None:
        self.problem, self.model = problem, model
        self.judge = Judge(problem, model)
        firm = frozenset({"flow", *(r for r, l in model.rules.items() if l.level in ("physics", "contract"))})
        self._goods = GoodsWays(problem, self.judge, firm)
        self._firm, self._returns = firm, problem.money_returns_from is not None
        if self._returns and not model.stages[0].stage.startswith("unmet"):
            raise TooManyError
        self._money = MoneyWays(problem, self.judge, funded=model.on("funding"))
        self.limits: dict[str, Fraction] = self._goods.limits
        self.tried = [
            plan
            for orders in order_sets(problem, self.judge, firm)
            for goods in self._goods.of(orders.arrivals)
            if (plan := self._plan(orders, goods))
        ]

    @property
    def stages(self) -> list[tuple[StageName, Fraction]]:
        """The model's stages that mean something for the problem, with their slack."""
        there = self.judge.judge(Decisions()).measures
        listed = [(s.stage, exact(s.slack)) for s in self.model.stages if s.stage in there]
        instead = ("changes" in there) and any(stage == "changes" for stage, _ in listed)
        return [(stage, slack) for stage, slack in listed if not (stage == "tickets" and instead)]

    def within(self, rows: Rows) -> list[Tried]:
        """The plans that break no policy row but these, and none by more."""
        return [t for t in self.tried if no_more(t.broken, rows)]

    def least(self) -> list[Rows]:
        """What may give way: of each priority, those kept longest first, as few rows as can be, then as little as can be.

        How little is in parts of the rows' limits, added up. Several where plans give up as little in different ways.
        """
        left = self.tried
        for p in sorted(set(map(self.priority, self.limits))):
            amounts = [self._given(t.broken, p) for t in left]
            fewest = min(amounts)
            left = [t for t, amount in zip(left, amounts, strict=True) if amount == fewest]
        return [dict(rows) for rows in {tuple(sorted(t.broken.items())): None for t in left}]

    def priority(self, row: str) -> int:
        """The priority of the rule that a row belongs to; 0 where it never gives way."""
        rule = next(rule for rule, names in ROWS.items() if row.split("[", maxsplit=1)[0] in names)
        return self.model.rules[rule].priority or 0

    def _given(self, broken: Rows, priority: int) -> tuple[int, Fraction]:
        rows = [row for row in broken if self.priority(row) == priority]
        return len(rows), sum((broken[r] / (self.limits[r] or 1) for r in rows), Fraction(0))

    def best(self, plans: Iterable[Tried]) -> tuple[dict[StageName, Fraction], Tried]:
        """What each stage reaches among these plans, at least one, and a plan that is left at the end."""
        left, reached = list(plans), dict[StageName, Fraction]()
        for stage, slack in self.stages:
            value = min(t.measures[stage] for t in left)
            reached[stage] = value
            most = value + slack * abs(value) + HAIR * max(Fraction(1), abs(value))
            left = [t for t in left if t.measures[stage] <= most]
        return reached, left[0]

    def _plan(self, orders: OrderSet, goods: Goods) -> Tried | None:
        """The plan of these orders and goods with the cheapest money; None where that or a budget does not allow it."""
        unmet, fair, cover, carrying, worth, *by_priority = goods.measures
        decided = Decisions(orders=orders.orders, outs=goods.outs, sales=goods.sales, conversions=goods.conversions)
        judgement = orders.judgement
        if self._returns or goods.conversions:
            judgement = self.judge.judge(decided)
            if any(b.rule == "budget" and b.rule in self._firm for b in judgement.breaches):
                return None
        money = self._money.best(decided, tuple(c.cash_usd for c in judgement.cash), goods.receipts)
        if money is None:
            return None
        cost = judgement.exact_costs["cash_usd"] - sum(goods.receipts, Fraction(0)) + carrying + money.cost
        by_orders = orders.judgement.measures
        own = {"unmet": unmet, "fair": fair, "cover": cover, "cost": cost, "value": cost + worth}
        own |= dict(zip(PRIORITIES, by_priority, strict=True))
        broken = dict(goods.broken)
        for breach in judgement.breaches:
            if breach.rule not in LATER:
                broken[breach.row] = breach.by
                self.limits[breach.row] = breach.limit or Fraction(0)
        return Tried(
            Decisions(
                orders=orders.orders,
                puts=goods.puts,
                outs=goods.outs,
                sales=goods.sales,
                conversions=goods.conversions,
                stand_ins=goods.stand_ins,
                draws=money.draws,
                repays=money.repays,
            ),
            {stage: own.get(stage, value) for stage, value in by_orders.items()},
            broken,
        )


def no_more(broken: Rows, rows: Rows) -> bool:
    """Whether no row is broken but these, and none by more."""
    return all(row in rows and by <= rows[row] * (1 + HAIR) + HAIR for row, by in broken.items())
