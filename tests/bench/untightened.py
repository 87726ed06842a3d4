"""The model as a modeller would word it at first: the same rules and prices, as the contract has them.

Orders are limited by their offer alone, lots and flows have no bounds, houses are linked by sums.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyomo.environ as pe

from orebook.formulation.build import Formulation, build
from orebook.problem import Problem
from orebook.schema.model import Model


def untightened(problem: Problem, model: Model) -> Formulation:
    """The formulation without what makes it tight: bounds of columns, lots rounded to the offer, links one by one."""
    offers_alone = model.without(*(rule for rule in model.rules if rule != "offers"))
    formulation = build(problem, model, offers_alone)
    m = formulation.pyomo
    _loosen_orders(m, problem, formulation)
    _link_by_sums(m, formulation)
    for variables in (m.lots, m.tonnes, m.put, m.stock, m.cash, m.draw, m.short, m.crit):
        variables.setub(None)
    formulation.rule_of.update(dict.fromkeys(("order_tonnes", "house_tickets", "mineral_tickets"), "orders"))
    return formulation


def _loosen_orders(m: Any, problem: Problem, formulation: Formulation) -> None:
    """Tonnes, not lots, are at most what the tier and the week allow."""
    most = {}
    for slot in formulation.slots:
        offer = problem.offers[slot.offer.name]
        for piece in slot.pieces:
            key = (*slot.key, piece.tier)
            if key in m.tonnes:
                most[key] = m.tonnes[key] - piece.high * m.order[key] <= 0
            else:
                limits = (offer.tiers[piece.tier].to_t, offer.max_week_t, offer.max_t)
                high = min((x for x in limits if x is not None), default=piece.high)
                most[key] = slot.offer.lot_t * m.lots[key] - high * m.order[key] <= 0
    m.del_component(m.order_max)
    m.order_tonnes = pe.Constraint(list(most), rule=most)


def _link_by_sums(m: Any, formulation: Formulation) -> None:
    """One row a house, and one a mineral and house, in place of one a ticket."""
    by_house: dict[str, list[Any]] = defaultdict(list)
    by_mineral: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for slot in formulation.slots:
        placed = [m.order[*slot.key, p.tier] for p in (slot.pieces[:1] if slot.incremental else slot.pieces)]
        by_house[slot.offer.house] += placed
        by_mineral[slot.offer.mineral, slot.offer.house] += placed
    m.del_component(m.house_engaged)
    m.del_component(m.buys_ticket)
    m.house_tickets = pe.Constraint(
        list(m.engaged), rule=lambda m, h: pe.quicksum(by_house[h]) <= len(by_house[h]) * m.engaged[h]
    )
    m.mineral_tickets = pe.Constraint(
        list(m.buys), rule=lambda m, *k: pe.quicksum(by_mineral[k]) <= len(by_mineral[k]) * m.buys[k]
    )
