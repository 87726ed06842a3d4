"""The formulation and the judge, which share no arithmetic, price every tonne and every week alike."""

from __future__ import annotations

from typing import Any

import pyomo.environ as pe
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orebook.accounting.exact_prices import tier_prices
from orebook.decisions import Decisions, Order
from orebook.exact import Fraction, exact
from orebook.formulation.build import build
from orebook.formulation.prices import PriceBook
from orebook.formulation.slots import OrderSlot, TierPiece
from orebook.judge import judge
from orebook.problem import Problem
from tests.drawn import problems
from tests.formulation.models import model

DRAWS = settings(max_examples=60)
WHERE = st.sampled_from([Fraction(1), Fraction(0), Fraction(1, 3)])
"""Where between its least and its most an order lies."""


@DRAWS
@given(problems(members=True, leaving=True))
def test_every_term_of_every_price_agrees(problem: Problem) -> None:
    """Each term of each offer, week and tier is the judge's to 1e-9, and the same tiers may be used."""
    book = PriceBook(problem)
    for offer in problem.offers.values():
        for week in range(1, problem.weeks + 1):
            for ours, theirs in zip(book.landed(offer.name, week), tier_prices(problem, offer, week), strict=True):
                for term in ("paid", "commission", "duty", "freight", "top_up"):
                    assert getattr(ours, term) == pytest.approx(float(getattr(theirs, term)), rel=1e-9, abs=1e-12)
                assert ours.total == pytest.approx(float(theirs.landed), rel=1e-9)
                assert ours.usable is not theirs.rejected


@DRAWS
@given(problems(members=True, leaving=True), st.data())
def test_the_cash_of_any_orders_agrees(problem: Problem, data: st.DataObject) -> None:
    """Orders drawn for any slots, of any size that their tiers have: each week's cash is the judge's to 1e-9."""
    chosen = model("offers", "eligibility", "frozen")
    formulation = build(problem, chosen)
    m = formulation.pyomo
    for variable in m.component_data_objects(pe.Var):
        variable.set_value(0, skip_validation=True)
    orders = []
    for slot in formulation.slots:
        if slot.frozen_t is not None or data.draw(st.booleans()):
            orders += _placed(m, slot, data)
    judgement = judge(problem, Decisions(orders=tuple(orders)), chosen)
    for house in judgement.engaged:
        if house in m.engaged:
            m.engaged[house].set_value(1)
    assert not [b for b in judgement.breaches if b.rule in ("eligibility", "frozen") or "tier" in b.row]
    for week in judgement.cash:
        row = m.week_cash[week.week]
        assert pe.value(row.upper - row.body) == pytest.approx(float(week.cash_usd), rel=1e-9, abs=1e-9)


def _placed(m: Any, slot: OrderSlot, data: st.DataObject) -> list[Order]:
    """Place an order in a slot: set its variables, and say what it is. No order where the size drawn is nothing."""
    if slot.incremental:
        return _filled(m, slot, data)
    piece: TierPiece = data.draw(st.sampled_from(slot.pieces))
    key = (*slot.key, piece.tier)
    if slot.offer.lot_t is not None:
        count = data.draw(st.integers(piece.low_lots, piece.high_lots))
        m.lots[key].set_value(count)
        tonnes = count * exact(slot.offer.lot_t)
    else:
        tonnes = _between(piece.low, piece.high, data)
        m.tonnes[key].set_value(float(tonnes))
    m.order[key].set_value(1 if tonnes else 0)
    whole = slot.frozen_t is None and slot.offer.discount == "all_units"
    return [Order(*slot.key, tonnes, exact(piece.from_t) if whole else None)] if tonnes else []


def _filled(m: Any, slot: OrderSlot, data: st.DataObject) -> list[Order]:
    """An order that fills tier after tier."""
    if slot.offer.lot_t is not None:
        count = data.draw(st.integers(*slot.lot_range()))
        tonnes = count * exact(slot.offer.lot_t)
        m.lots[*slot.key, 0].set_value(count)
    else:
        tonnes = _between(slot.low, slot.high, data)
    for piece in slot.pieces:
        inside = min(max(tonnes - exact(piece.from_t), Fraction(0)), exact(piece.high))
        m.tonnes[*slot.key, piece.tier].set_value(float(inside))
        m.order[*slot.key, piece.tier].set_value(1 if inside else 0)
    return [Order(*slot.key, tonnes)] if tonnes else []


def _between(low: float, high: float, data: st.DataObject) -> Fraction:
    return exact(low) + data.draw(WHERE) * (exact(high) - exact(low))
