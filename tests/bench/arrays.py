"""The data of a problem as labelled arrays: what a modeller who thinks in arrays would start from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import xarray as xr

from orebook.formulation.slots import OrderSlot
from orebook.formulation.stock_without_orders import standing
from orebook.problem import Problem


@dataclass(frozen=True)
class Arrays:
    """Offers by week by tier, and minerals by site by week; every name is a dimension or a field of the contract."""

    offers: pd.DataFrame
    """One row an offer: mineral, house, lot_t (0 without), fee, lead, now (part paid on order), max_t (inf without)."""
    piece: xr.Dataset
    """offer x week x tier: there, whole (ordered in lots at one tier), low, high (lots where whole), landed, from below."""
    slot: xr.Dataset
    """offer x week: there, incremental, several (tiers), low_lots and low of incremental orders."""
    store: xr.Dataset
    """mineral x site x week: stocked, put, coming (stock and inbound), standing; mineral x week: offered, arriving (t)."""


def arrays_of(problem: Problem, slots: tuple[OrderSlot, ...]) -> Arrays:
    """Lay the slots out."""
    names, weeks = list(problem.offers), range(1, problem.weeks + 1)
    place = {name: k for k, name in enumerate(names)}
    tiers = 1 + max(p.tier for s in slots for p in s.pieces)
    by_tier = {f: np.zeros((len(names), problem.weeks, tiers)) for f in _PIECE}
    by_slot = {f: np.zeros((len(names), problem.weeks)) for f in _SLOT}
    for s in slots:
        o, w = place[s.offer.name], s.week - 1
        lot = s.offer.lot_t
        whole = lot is not None and not s.incremental
        low_lots = s.lot_range()[0] if s.incremental and lot is not None else 0
        for field, value in zip(_SLOT, (1, s.incremental, len(s.pieces) > 1, low_lots, s.low), strict=True):
            by_slot[field][o, w] = value
        for p in s.pieces:
            low, high = (p.low_lots, p.high_lots) if whole else (p.low, p.high)
            for field, value in zip(_PIECE, (1, whole, low, high, p.landed), strict=True):
                by_tier[field][o, w, p.tier] = value
    coords = {"offer": names, "week": list(weeks)}
    return Arrays(
        _offers(problem),
        xr.Dataset(
            {f: (("offer", "week", "tier"), v) for f, v in by_tier.items()}, {**coords, "tier": list(range(tiers))}
        ),
        xr.Dataset({f: (("offer", "week"), v) for f, v in by_slot.items()}, coords),
        _stores(problem, slots),
    )


_PIECE = ("there", "whole", "low", "high", "landed")
_SLOT = ("there", "incremental", "several", "low_lots", "low")


def _offers(problem: Problem) -> pd.DataFrame:
    rows = [
        (
            o.name,
            o.mineral,
            o.house,
            o.lot_t or 0.0,
            o.order_fee_usd,
            problem.arrives(o, 1) - 1,
            o.pay_on_order_pct / 100,
            np.inf if o.max_t is None else o.max_t,
        )
        for o in problem.offers.values()
    ]
    columns = ["offer", "mineral", "house", "lot_t", "fee", "lead", "now", "max_t"]
    return pd.DataFrame(rows, columns=columns).set_index("offer")


def _stores(problem: Problem, slots: tuple[OrderSlot, ...]) -> xr.Dataset:
    minerals, sites, weeks = list(problem.minerals), list(problem.sites), problem.weeks
    shape = (len(minerals), len(sites), weeks)
    accepts = np.array(
        [
            [s.accepts is None or i.storage_class in s.accepts for s in problem.sites.values()]
            for i in problem.minerals.values()
        ]
    )
    place = {i: k for k, i in enumerate(minerals)}
    offered, arriving = np.zeros((len(minerals), weeks)), np.zeros((len(minerals), weeks))
    for slot in slots:
        offered[place[slot.offer.mineral], slot.week - 1] += slot.high
        arriving[place[slot.offer.mineral], slot.arrives - 1] += slot.high
    coming, held = np.zeros(shape), np.zeros(shape)
    for (i, s), tonnes in problem.stock.items():
        coming[place[i], sites.index(s), 0] += tonnes
    for order in problem.inbound:
        coming[place[order.mineral], sites.index(order.site), order.week - 1] += order.tonnes
    for (i, s, w), tonnes in standing(problem).items():
        held[place[i], sites.index(s), w - 1] = tonnes
    stocked = np.broadcast_to((accepts | (coming.sum(axis=2) > 0))[:, :, None], shape)
    put = accepts[:, :, None] & (arriving > 0)[:, None, :]
    dims = ("mineral", "site", "week")
    fields = {"stocked": stocked, "put": put, "coming": coming, "standing": held}
    coords = {"mineral": minerals, "site": sites, "week": list(range(1, weeks + 1))}
    weekly = {"offered": offered, "arriving": arriving}
    return xr.Dataset(
        {**{f: (dims, v) for f, v in fields.items()}, **{f: (dims[::2], v) for f, v in weekly.items()}}, coords
    )
