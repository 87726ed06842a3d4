"""Cover and cost of a plan by mineral, with a line for what is nobody's: the lines add up to the measures, exactly."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from orebook.accounting.exact_problem import exact_problem_of
from orebook.accounting.ledger import Ledger, ledger_of
from orebook.accounting.priced_orders import price_order
from orebook.accounting.sales import conversion_fee
from orebook.decisions import Decisions
from orebook.exact import ZERO, Fraction, exact
from orebook.plan import Plan

FEES, INTEREST, LENDING = "engagement fees", "interest", "fees of sources"
"""Lines that are no mineral's."""


@dataclass(frozen=True, slots=True)
class MineralLine:
    """One mineral's part of each measure: weighted days not served, weighted days short, and USD."""

    unmet_days: Fraction = ZERO
    cover_days: Fraction = ZERO
    cost_usd: Fraction = ZERO


def lines(plan: Plan) -> dict[str, MineralLine]:
    """Mineral, `engagement fees`, `interest` or, where there are any, `fees of sources` -> its line."""
    case = exact_problem_of(plan.problem, plan.problem.governing(plan.model))
    ledger = ledger_of(case, partial(price_order, case), Decisions.of(plan.document))
    unmet, cover, cost = _unmet(ledger), _cover(ledger), _cost(ledger)
    found = {name: MineralLine(unmet[name], cover[name], cost[name]) for name in plan.problem.minerals}
    found[FEES] = MineralLine(cost_usd=ledger.costs["engage_fees_usd"])
    found[INTEREST] = MineralLine(cost_usd=ledger.costs["interest_usd"])
    if ledger.costs["fees_usd"]:
        found[LENDING] = MineralLine(cost_usd=ledger.costs["fees_usd"])
    return found


def _unmet(ledger: Ledger) -> dict[str, Fraction]:
    minerals, days = ledger.case.problem.minerals, defaultdict[str, Fraction](Fraction)
    for name, tonnes in ledger.flow.unmet.items():
        m = minerals[ledger.case.problem.withdrawals[name].mineral]
        days[m.name] += exact(m.criticality) * tonnes / (exact(m.use_t_per_day) or 1)
    return days


def _cover(ledger: Ledger) -> dict[str, Fraction]:
    weight, days = exact(ledger.case.model.weights.critical_weight), defaultdict[str, Fraction](Fraction)
    for r in ledger.cover:
        short = (r.short_t + weight * r.critical_short_t) / r.aim.use_t_per_day
        days[r.aim.target.mineral] += r.aim.criticality * short
    return days


def _cost(ledger: Ledger) -> dict[str, Fraction]:
    """Cash of the plan less receipts, handling and rent."""
    case, usd = ledger.case, defaultdict[str, Fraction](Fraction)
    problem = case.problem
    for order in ledger.orders:
        later = ZERO if order.rest_paid in case.weeks else order.on_arrival
        usd[order.offer.mineral] += order.order_cash - later
    for inbound in case.problem.inbound:
        usd[inbound.mineral] += exact(inbound.due_usd)
    for receipt in ledger.receipts:
        if receipt.withdrawal is not None:
            usd[case.problem.withdrawals[receipt.withdrawal].mineral] -= receipt.usd
        if receipt.offer is not None:
            usd[case.problem.offers[receipt.offer].mineral] -= receipt.usd
        if receipt.bid is not None:
            usd[case.problem.bids[receipt.bid].mineral] -= receipt.usd
    for sale in ledger.sales:
        usd[sale.bid.mineral] += sale.fee
    for part in ledger.conversions:
        usd[case.problem.conversions[part.conversion].source] += conversion_fee(problem, part)
    for (mineral, site, week), tonnes in ledger.flow.put.items():
        usd[mineral] += exact(problem.at(week).sites[site].handling_usd_per_t) * tonnes
    for (mineral, site, week), tonnes in ledger.flow.stock.items():
        rent = problem.at(week).sites[site].rent_usd_per_m3_week if tonnes else 0.0
        usd[mineral] += exact(rent) * case.m3_per_t[mineral, week] * tonnes
    return usd
