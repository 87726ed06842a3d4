"""The rows of the weekly model in linopy, a kind at a time: `python -m tests.bench.linopy_model INSTANCE`.

For instances of `make_instance.py`: the tables and columns that these leave out have no rows here. Of the measures only
`cover` is built, as linopy holds one objective.
"""

from __future__ import annotations

import sys
import time
import warnings
from typing import Any

import linopy
import numpy as np
import xarray as xr

import orebook
from orebook.collector import collector_paused
from orebook.formulation.slots import OrderSlot, slots_of
from orebook.formulation.split_binaries import most_missing
from orebook.problem import Problem, Share
from tests.bench.arrays import Arrays, arrays_of
from tests.bench.measured import tell


def main(instance: str) -> None:
    """Tell the seconds of each step and the size of what HiGHS was given."""
    warnings.filterwarnings("ignore", category=linopy.LinopySemanticsWarning)  # what is masked counts as 0, as meant
    problem, model = orebook.read(instance), orebook.read_model("weekly")
    began = time.perf_counter()
    with collector_paused():  # as orebook lists them itself
        slots, _ = slots_of(problem, model, model)
    listed = time.perf_counter()
    arrays = arrays_of(problem, slots)
    laid_out = time.perf_counter()
    program = Program(problem, slots, arrays)
    built = time.perf_counter()
    highs = program.model.to_highspy()
    passed = time.perf_counter()
    tell(
        {
            "slots": listed - began,
            "arrays": laid_out - listed,
            "build": built - laid_out,
            "pass": passed - built,
            "rows": highs.getNumRow(),
            "columns": highs.getNumCol(),
            "entries": highs.getNumNz(),
        }
    )


class Program:
    """The model, part by part."""

    def __init__(self, problem: Problem, slots: tuple[OrderSlot, ...], arrays: Arrays) -> None:
        self.problem, self.slots, self.arrays = problem, slots, arrays
        self.model = linopy.Model()
        offers = arrays.offers
        self.lot = xr.DataArray(offers["lot_t"])
        self._orders()
        self._sizes()
        self._flow()
        self._money()
        self._policies()
        self._split()
        self._shortage()

    def _orders(self) -> None:
        m, piece, slot = self.model, self.arrays.piece, self.arrays.slot
        there, whole = piece.there > 0, piece.whole > 0
        coords = [piece.indexes[d] for d in ("offer", "week", "tier")]
        in_tiers = (slot.incremental > 0) & (self.lot > 0)
        self.order = m.add_variables(binary=True, coords=coords, mask=there, name="order")
        self.lots = m.add_variables(0, piece.high, integer=True, coords=coords, mask=whole, name="lots")
        self.all_lots = m.add_variables(0, integer=True, coords=coords[:2], mask=in_tiers, name="all_lots")
        self.tonnes = m.add_variables(0, piece.high, coords=coords, mask=there & ~whole, name="tonnes")
        self.amount = self.lot * self.lots + self.tonnes
        first = (slot.incremental == 0) | (piece.tier == 0)
        self.placed = (1 * self.order).where(first).sum("tier")
        self.ordered = (self.lot * self.lots + self.tonnes.where(~in_tiers)).sum("tier") + self.lot * self.all_lots
        self.bought = self.ordered.sum("week")
        self.in_tiers = in_tiers

    def _sizes(self) -> None:
        m, piece, slot = self.model, self.arrays.piece, self.arrays.slot
        there, low = piece.there > 0, piece.low > 0
        taken = self.lots + self.tonnes
        m.add_constraints(taken - piece.high * self.order <= 0, mask=there, name="order_max")
        m.add_constraints(taken - piece.low * self.order >= 0, mask=there & low, name="order_min")
        incremental = slot.incremental > 0
        before = (self.tonnes - piece.high * self.order.shift(tier=-1)).sel(tier=piece.tier[:-1])
        reached = (there.shift(tier=-1, fill_value=False) & incremental).sel(tier=piece.tier[:-1])
        m.add_constraints(before >= 0, mask=reached, name="order_fill")
        filled = self.tonnes.sum("tier")
        m.add_constraints(filled - self.lot * self.all_lots == 0, mask=self.in_tiers, name="order_lots")
        in_lots = self.all_lots - slot.low_lots * self.placed
        m.add_constraints(in_lots >= 0, mask=self.in_tiers, name="order_least_lots")
        loose = incremental & ~self.in_tiers & (slot.low > 0)
        m.add_constraints(filled - slot.low * self.placed >= 0, mask=loose, name="order_least")
        m.add_constraints(self.placed <= 1, mask=(slot.several > 0) & ~incremental, name="order_once")
        limit = xr.DataArray(self.arrays.offers["max_t"])
        most = piece.high * self.lot.where(piece.whole > 0, 1.0)
        most = most.sum("tier").where(incremental, most.max("tier")).sum("week")
        m.add_constraints(self.bought <= limit, mask=most > limit, name="offer_max")

    def _flow(self) -> None:
        m, store, problem = self.model, self.arrays.store, self.problem
        coords = [store.indexes[d] for d in ("mineral", "site", "week")]
        self.put = m.add_variables(0, coords=coords, mask=store.put, name="put")
        self.stock = m.add_variables(0, coords=coords, mask=store.stocked, name="stock")
        arriving = self._by_lead(self.ordered, "mineral")
        m.add_constraints(self.put.sum("site") - arriving == 0, mask=store.put.any("site"), name="arrivals_put")
        balance = self.stock - self.stock.shift(week=1) - self.put
        m.add_constraints(balance == store.coming, mask=store.stocked, name="stock_balance")
        self.held = self.stock.sum("site")
        bulk = xr.DataArray([i.m3_per_t for i in problem.minerals.values()], {"mineral": coords[0]})
        room = xr.DataArray([s.capacity_m3 or np.inf for s in problem.sites.values()], {"site": coords[1]})
        room = np.maximum(room, (bulk * store.standing).sum("mineral"))
        m.add_constraints((bulk * self.stock).sum("mineral") <= room, name="site_room")

    def _by_lead(self, expression: Any, group: str | None) -> Any:
        """Sums over offers, by a column of theirs where one is named, moved on by each offer's lead time."""
        total: Any = 0
        for lead in sorted(set(self.arrays.offers["lead"])):
            offers = self.arrays.offers[self.arrays.offers["lead"] == lead]
            part = expression.sel(offer=offers.index)
            if group is None:
                part = part.sum("offer")
            else:
                part = part.groupby(xr.DataArray(offers[group])).sum()
                part = part.reindex({group: list(self.problem.minerals)})
            total = part.shift(week=lead) + total
        return total

    def _money(self) -> None:
        m, problem, offers = self.model, self.problem, self.arrays.offers
        weeks, sources = self.arrays.slot.indexes["week"], list(problem.sources)
        self.cash = m.add_variables(coords=[weeks], name="cash")
        self.engaged = m.add_variables(binary=True, coords={"house": list(problem.houses)}, name="engaged")
        draw = m.add_variables(0, coords={"source": sources, "week": weeks}, name="draw")
        m.add_constraints(
            self.placed - self.engaged.sel(house=xr.DataArray(offers["house"])) <= 0,
            mask=self.arrays.slot.there > 0,
            name="house_engaged",
        )
        self.landed = (self.arrays.piece.landed * self.amount).sum("tier")
        now, fee = xr.DataArray(offers["now"]), xr.DataArray(offers["fee"])
        self.fees = fee * self.placed
        at_once = (now * self.landed + self.fees).sum("offer")
        later = self._by_lead((1 - now) * self.landed, None)
        charge = xr.DataArray([h.engage_fee_usd for h in problem.houses.values()], self.engaged.coords)
        engage = (charge * self.engaged).sum() * xr.DataArray([1.0] + [0.0] * (len(weeks) - 1), {"week": weeks})
        m.add_constraints(self.cash - at_once - later - engage == 0, name="week_cash")
        if problem.budget_usd is not None:
            m.add_constraints(self.cash.sum() <= problem.budget_usd, name="budget_total")
        if problem.released is not None:
            free = np.cumsum([problem.released.get(w, 0.0) for w in weeks])
            m.add_constraints(self.cash.cumsum("week") <= xr.DataArray(free, {"week": weeks}), name="budget_released")
        m.add_constraints(draw.sum("source") - self.cash == 0, name="week_funded")
        limits = xr.DataArray([f.limit_usd or np.inf for f in problem.sources.values()], {"source": sources})
        m.add_constraints(draw.sum("week") <= limits, name="source_limit")
        part = xr.DataArray([f.max_share or 1.0 for f in problem.sources.values()], {"source": sources})
        drawn = draw.cumsum("week")
        m.add_constraints(drawn - part * drawn.sum("source") <= 0, mask=part < 1, name="source_share")

    def _policies(self) -> None:
        m, problem, store = self.model, self.problem, self.arrays.store
        minerals = {"mineral": list(problem.minerals)}
        mineral_of = xr.DataArray(self.arrays.offers["mineral"])
        most = [np.inf if i.max_days is None else i.max_days * i.use_t_per_day for i in problem.minerals.values()]
        standing = store.standing.sum("site")
        ceiling = np.maximum(xr.DataArray(most, minerals), standing)
        reachable = standing + store.arriving.cumsum("week") > ceiling
        m.add_constraints(self.held <= ceiling, mask=reachable, name="cover_ceiling")
        if problem.max_market_share is not None:
            traded = xr.DataArray([i.market_t_per_week or np.inf for i in problem.minerals.values()], minerals)
            limit = problem.max_market_share * traded
            weekly = self.ordered.groupby(mineral_of).sum().reindex(minerals)
            m.add_constraints(weekly <= limit, mask=store.offered > limit, name="market_week")
        for k, share in enumerate(problem.shares):
            self._share(k, share)

    def _share(self, k: int, share: Share) -> None:
        offers = self.arrays.offers
        if share.mineral != "*":
            offers = offers[offers["mineral"] == share.mineral]
        named = {
            "house": lambda o: o.house,
            "origin": lambda o: o.origin,
            "group": self.problem.group_of,
        }[share.by]
        offers = offers[self.arrays.slot.there.sel(offer=offers.index).any("week").values]
        inside = np.array([named(self.problem.offers[o]) == share.name for o in offers.index])
        spoken_of = self.landed + self.fees if share.mineral == "*" else self.bought
        spoken_of = spoken_of.sel(offer=offers.index)
        sides = ((share.max_share, "<=", inside), (share.min_share, ">=", ~inside))
        for part, sense, breaking in sides:
            if part is not None and breaking.any():
                weight = xr.DataArray(inside - part, {"offer": offers.index})
                self.model.add_constraints((weight * spoken_of).sum(), sense, 0, name=f"share{k}{sense}")

    def _split(self) -> None:
        m, offers, minerals = self.model, self.arrays.offers, self.problem.minerals
        chosen = offers[[bool(minerals[i].min_houses) for i in offers["mineral"]]]
        if chosen.empty:
            return
        names = [i for i in minerals if minerals[i].min_houses]
        coords = {"mineral": names, "house": list(self.problem.houses)}
        buys = m.add_variables(binary=True, coords=coords, name="buys")
        supplies = m.add_variables(binary=True, coords=coords, name="supplies")
        bought = m.add_variables(binary=True, coords={"mineral": names}, name="bought")
        own = buys.sel(mineral=xr.DataArray(chosen["mineral"]), house=xr.DataArray(chosen["house"]))
        placed, there = self.placed.sel(offer=chosen.index), self.arrays.slot.there.sel(offer=chosen.index) > 0
        m.add_constraints(placed - own <= 0, mask=there, name="buys_ticket")
        m.add_constraints(buys - bought <= 0, name="buys_bought")
        m.add_constraints(supplies - buys <= 0, name="supplies_buys")
        least = xr.DataArray([minerals[i].min_houses for i in names], {"mineral": names})
        m.add_constraints(supplies.sum("house") - least * bought >= 0, name="split_min_houses")
        part = xr.DataArray([minerals[i].split_min_share for i in chosen["mineral"]], {"offer": chosen.index})
        own_house = np.array([chosen["house"] == h for h in coords["house"]])
        weight = xr.DataArray(own_house, {"house": coords["house"], "offer": chosen.index}) - part
        total = (weight * self.bought.sel(offer=chosen.index)).groupby(xr.DataArray(chosen["mineral"])).sum()
        slots = {i: [s for s in self.slots if s.offer.mineral == i] for i in names}
        lacking = [[most_missing(minerals[i].split_min_share, slots[i], h) for h in coords["house"]] for i in names]
        missing = xr.DataArray(lacking, coords)
        m.add_constraints(total - missing * supplies >= -missing, name="supplies_share")

    def _shortage(self) -> None:
        m, problem = self.model, self.problem
        wanted = {t.mineral: (t.week, t.days) for t in problem.targets}
        last = {"mineral": list(wanted)}
        owners = [problem.minerals[i] for i in wanted]
        use = xr.DataArray([i.use_t_per_day for i in owners], last)
        days = xr.DataArray([d for _, d in wanted.values()], last)
        vital = np.minimum(days, xr.DataArray([i.critical_days for i in owners], last))
        held = self.held.sel(mineral=list(wanted), week=problem.weeks)
        short = m.add_variables(0, days * use, name="short")
        crit = m.add_variables(0, vital * use, name="crit")
        m.add_constraints(short + held >= days * use, name="short_of_target")
        m.add_constraints(crit + held >= vital * use, name="short_of_critical")
        weight = xr.DataArray([i.criticality for i in owners], last) / use
        m.add_objective((weight * short + 4 * weight * crit).sum())


if __name__ == "__main__":
    main(sys.argv[1])
