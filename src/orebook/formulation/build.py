"""The model: its table of contents, and the one function that puts it together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from types import SimpleNamespace
from typing import Any

import pyomo.core as pe

from orebook.collector import collector_paused
from orebook.extensions import Extended
from orebook.formulation import (
    ageing,
    costs,
    flow,
    leaving,
    order_rows,
    share_tickets,
    split_binaries,
    stand_ins,
    standing_shares,
    variables,
)
from orebook.formulation.orders import Orders
from orebook.formulation.rules import (
    bids,
    budget,
    ceiling,
    commit,
    convert,
    eligibility,
    entitlement,
    frozen,
    funding,
    houses,
    market,
    must,
    offers,
    shares,
    shelf,
    split,
    storage,
    substitute,
)
from orebook.formulation.slots import Closed, OrderSlot, slots_of
from orebook.formulation.stages import changes, cost, cover, fair, ration, shortage, tickets, unmet, value
from orebook.problem import Problem
from orebook.schema.model import Model
from orebook.schema.rules import RuleName
from orebook.schema.stages import BY_PRIORITY, StageName

RULES: Mapping[RuleName, Any] = Extended(
    {
        "offers": offers,
        "storage": storage,
        "budget": budget,
        "funding": funding,
        "houses": houses,
        "eligibility": eligibility,
        "entitlement": entitlement,
        "commit": commit,
        "must": must,
        "frozen": frozen,
        "bids": bids,
        "convert": convert,
        "substitute": substitute,
        "shares": shares,
        "ceiling": ceiling,
        "shelf": shelf,
        "market": market,
        "split": split,
    },
    "rules",
)
"""Rule -> the module, or a package's object, whose `add(m, problem, orders)` has its rows."""
STAGES: Mapping[StageName, Any] = Extended(
    {
        "unmet": unmet,
        "ration": ration,
        "fair": fair,
        "cover": cover,
        "cost": cost,
        "value": value,
        "changes": changes,
        "tickets": tickets,
        **{
            name: SimpleNamespace(measure=partial({"unmet": unmet, "ration": ration}[of].measure, priority=priority))
            for name, (of, priority) in BY_PRIORITY.items()
        },
    },
    "stages",
)
"""Stage -> what has its `measure(m, problem, model, orders)`."""


@dataclass(frozen=True)
class Formulation:
    """A built model: the Pyomo model, its slots, what was left out and why, and whose row is whose."""

    pyomo: Any
    slots: tuple[OrderSlot, ...]
    left_out: Counter[str]
    rule_of: dict[str, str]
    """Pyomo constraint component -> the rule it belongs to, `flow`, `orders`, `money` or `stage`."""
    offer_mineral: dict[str, str]
    withdrawal_mineral: dict[str, str]
    bid_mineral: dict[str, str]
    conversion_mineral: dict[str, str]
    """Conversion -> the mineral that it takes."""
    stages: tuple[StageName, ...]
    """The model's stages that apply to this problem, in order."""

    def minerals_of(self, variables: Iterable[Any]) -> list[str]:
        """The mineral whose decision each variable is; empty where several minerals share it."""
        minerals: list[str] = []
        for _, own in groupby(variables, lambda v: id(v.parent_component())):
            named = list(own)
            mineral = self._mineral_in(named[0].parent_component().local_name)
            minerals += [mineral(v.index()) for v in named]
        return minerals

    def _mineral_in(self, component: str) -> Callable[[Any], str]:
        """What tells the mineral of a component's variable from its index."""
        match component:
            case "order" | "lots" | "tonnes" | "kept":
                return lambda index: self.offer_mineral[index[0]]
            case "buys" | "supplies" | "put" | "stock" | "short" | "crit" | "waste" | "own" | "by":
                return lambda index: str(index[0])
            case "out":
                return lambda index: self.withdrawal_mineral[index[0]]
            case "sell" | "sale" | "sale_lots":
                return lambda index: self.bid_mineral[index[0]]
            case "convert" | "conversion_lots":
                return lambda index: self.conversion_mineral[index[0]]
            case "unmet":
                return lambda index: self.withdrawal_mineral[index]
            case "bought":
                return str
            case "stands":
                return lambda index: "" if index[1] == "*" else str(index[1])
            case _:
                return lambda _index: ""


def build(
    problem: Problem, model: Model, bounds_from: Model | None = None, closed: Closed | None = None
) -> Formulation:
    """Formulate a problem: variables, balances, the rules that are on, and one objective a stage, none of them chosen.

    Orders are bounded by the rules of `bounds_from`, the model itself where none is named: whoever means to take rows
    out again names a model without them. Orders that are `closed` are left out.
    """
    with collector_paused():
        slots, left_out = slots_of(problem, model, bounds_from or model, closed)
        return _built(problem, model, slots, left_out, problem.minerals)


def build_part(problem: Problem, model: Model, slots: tuple[OrderSlot, ...], minerals: Iterable[str]) -> Formulation:
    """The rows and columns of some minerals alone, of a problem with these slots, and those that are nobody's.

    A row that minerals share is there where one of them has a part in it, with their terms and the limit of the whole.
    """
    with collector_paused():
        return _built(problem, model, slots, Counter(), minerals)


def _built(
    problem: Problem, model: Model, slots: tuple[OrderSlot, ...], left_out: Counter[str], minerals: Iterable[str]
) -> Formulation:
    orders = Orders(slots, minerals)
    m = pe.ConcreteModel(name=problem.name)
    m.nothing = pe.Var(bounds=(0, 0))
    rule_of: dict[str, str] = {}

    def claim(owner: str) -> None:
        for name in m.component_map(pe.Constraint).keys() - rule_of.keys():
            rule_of[name] = owner

    variables.add(m, problem, model, orders, slots)
    orders.bind(m)
    order_rows.add(m, problem, orders)
    if model.on("split"):
        split_binaries.add(m, problem, orders)
    standing_shares.add(m, problem, orders, shares=model.on("shares"), split=model.on("split"))
    if model.on("shares"):
        share_tickets.add(m, problem, orders)
    claim("orders")
    left = leaving.leaving(m, problem)
    flow.add(m, problem, orders, left)
    ageing.add(m, problem, orders, left)
    stand_ins.add(m, problem, model, orders)
    claim("flow")
    costs.add(m, problem, orders)
    claim("money")
    for name, rule in RULES.items():
        if model.on(name):
            rule.add(m, problem, orders)
            claim(name)
    stages = stages_of(problem, model)
    shortage.add(m, problem, orders)
    for stage in stages:
        expression = STAGES[stage].measure(m, problem, model, orders)
        m.add_component(f"measure_{stage}", pe.Objective(expr=expression, sense=pe.minimize))
    claim("stage")
    offered = {o.name: o.mineral for o in problem.offers.values()}
    drawn = {j.name: j.mineral for j in problem.withdrawals.values()}
    wanted = {b.name: b.mineral for b in problem.bids.values()}
    taken = {c.name: c.source for c in problem.conversions.values()}
    return Formulation(m, orders.slots, left_out, rule_of, offered, drawn, wanted, taken, stages)


def stages_of(problem: Problem, model: Model) -> tuple[StageName, ...]:
    """The stages that apply: `unmet` needs withdrawals, `fair` a target, `changes` a prior plan, `tickets` none.

    Those of one priority need withdrawals of it, `ration` one of more than 0 t.
    """
    listed = [s.stage for s in model.stages]
    skipped = set(BY_PRIORITY)
    for j in problem.withdrawals.values():
        skipped -= {f"unmet/{problem.priority(j)}"} | ({f"ration/{problem.priority(j)}"} if j.tonnes > 0 else set())
    if not problem.withdrawals:
        skipped.add("unmet")
    if not any(j.tonnes > 0 for j in problem.withdrawals.values()):
        skipped.add("ration")
    if not any(t.days > 0 for t in problem.targets):
        skipped.add("fair")
    if not problem.prior:
        skipped.add("changes")
    elif "changes" in listed:
        skipped.add("tickets")
    return tuple(s for s in listed if s not in skipped)
