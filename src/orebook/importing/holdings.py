"""Minerals, stores, stock, what is under way, and money: everything of a book but quotes and demand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from orebook.exact import Fraction
from orebook.importing.currencies import CURRENCIES
from orebook.importing.figures import Cells, Figure, tidy
from orebook.importing.making import Making
from orebook.importing.mapping import BlockMap
from orebook.importing.periods import day_inside
from orebook.importing.quantities import unit_of
from orebook.importing.rows import Read
from orebook.importing.typed import read_under, taken_apart

_AMOUNT = re.compile(
    r"(?:(?P<before>[^\W\d_]{3}|[$€£₩¥]|us\$)\s*)(?P<number>\d[\d.,]*\d|\d)\s*(?P<size>bn|mn|million|m|k)?",
    re.IGNORECASE,
)
_SIZES = {"bn": 10**9, "mn": 10**6, "million": 10**6, "m": 10**6, "k": 1000}
STORE = "store"
"""The store of an instance that names none."""


def add_minerals(making: Making, rows: Iterable[Read], said: BlockMap) -> None:
    """Minerals, and the duties on them by group of origins."""
    ranks = [c for c in said.columns.values() if c.to == "criticality" and c.reversed]
    rows = list(rows)
    highest = max((r.cells["criticality"].number for r in rows if "criticality" in r.cells), default=None)
    for read in rows:
        if not making.needs(read.cells, ("mineral",), read.at, "minerals"):
            continue
        cells = dict(read.cells)
        if ranks and highest is not None and "criticality" in cells:
            rank = cells["criticality"]
            cells["criticality"] = rank.then(
                highest + 1 - rank.number, f"{tidy(highest)} + 1 less it, for 1 weighs most"
            )
        for column, duty in read.amounts:
            group = str(column.group)
            making.add(
                "duties",
                {"origin": Figure(group, duty.cell, group), "mineral": cells["mineral"], "duty_pct": duty},
                read.at,
            )
        if "price_usd_per_t" in cells:
            making.reader.benchmarks[str(cells["mineral"].value)] = cells["price_usd_per_t"].number
        making.add("minerals", cells, read.at)


def add_sites(making: Making, rows: Iterable[Read], said: BlockMap) -> None:
    """Stores: room from area and height, and what they take in a week from what they take on a day that they work."""
    units = [unit_of(c.unit, {}) for c in said.columns.values() if c.to == "inbound_t_per_week" and c.unit]
    daily = any(unit is not None and ("time", Fraction(1)) in unit.per for unit in units)
    for read in rows:
        if not making.needs(read.cells, ("site",), read.at, "sites"):
            continue
        cells = dict(read.cells)
        area, height = cells.get("area_m2"), cells.get("height_m")
        if area is not None and height is not None and "capacity_m3" not in cells:
            cells["capacity_m3"] = area.then(
                area.number * height.number, f"m2 x {tidy(height.value)} m ({height.cell})"
            ).with_cells([height])
        intake = cells.get("inbound_t_per_week")
        if intake is not None and daily:
            days = making.mapping.intake_days
            cells["inbound_t_per_week"] = replace(
                intake, value=intake.number * days / 7, how=(f"x {days} days on which goods are taken in",)
            )
        making.add("sites", cells, read.at)


def add_stock(making: Making, rows: Iterable[Read]) -> None:
    """What lies in store; several lines of a mineral in one store are added up."""
    for read in rows:
        if making.needs(read.cells, ("mineral", "tonnes"), read.at, "stock"):
            making.add("stock", _placed(read), read.at, summed=("tonnes",))


def _placed(read: Read) -> Cells:
    return {"site": Figure(STORE, read.at, STORE, ("no store is named",)), **read.cells}


def add_inbound(making: Making, rows: Iterable[Read]) -> None:
    """What is under way; a note such as `ETA 14-Dec-2026, USD 1,200,000 due` has its week and what is still to be paid."""
    for read in rows:
        cells = _placed(read)
        if "note" in cells:
            _from_note(making, cells)
        if not making.needs(cells, ("mineral", "tonnes", "week"), read.at, "inbound"):
            continue
        week = cells["week"]
        if week.value < 1:
            making.notes.warn(
                "overdue", week.cell, "was to arrive before week 1; it is taken to arrive in week 1", week.typed
            )
            cells["week"] = week.then(1, "before the plan: week 1")
        making.add("inbound", cells, read.at, summed=("tonnes", "due_usd"))


def _from_note(making: Making, cells: Cells) -> None:
    note = cells["note"]
    text = str(note.value)
    day = day_inside(text)
    if day is not None and "week" not in cells and making.calendar is not None:
        cells["week"] = note.then(making.calendar.week_of(day), f"{day} lies in week {making.calendar.week_of(day)}")
    owed = [found for found in _AMOUNT.finditer(text) if found["before"].casefold() in CURRENCIES]
    if "due_usd" in cells or not owed or "paid" in text.casefold().replace("to be paid", "").replace("unpaid", ""):
        return
    found = owed[0]
    code = CURRENCIES[found["before"].casefold()]
    rate, typed = making.reader.rates.rate(code), taken_apart(found["number"])
    number = (
        read_under(typed.body, making.mapping.decimal if making.mapping.decimal in (".", ",") else ".")
        if typed
        else None
    )
    if rate is None or number is None:
        making.notes.fault(
            "no_rate", note.cell, f'what is due cannot be read: "{found[0]}"; give it a column of its own', text
        )
        return
    usd = number * _SIZES.get((found["size"] or "").casefold(), 1) * rate.number
    cells["due_usd"] = note.then(
        usd, f"{found[0]} due" + (f" x {tidy(rate.value)} ({code} to USD, {rate.cell})" if code != "USD" else "")
    )


def add_releases(making: Making, rows: Iterable[Read]) -> None:
    """Money that comes free; what came before the plan or comes after it is left out, with a word."""
    last = making.calendar.weeks if making.calendar else None
    for read in rows:
        cells = read.cells
        if not making.needs(cells, ("week", "usd"), read.at, "releases"):
            continue
        week = cells["week"].value
        if week < 1 or (last is not None and week > last):
            when = "before week 1" if week < 1 else f"after week {last}, the last of the plan"
            making.notes.warn(
                "row_left_out",
                cells["week"].cell,
                f"the money comes free {when}, and is left out of releases",
                cells["week"].typed,
            )
            continue
        making.add("releases", cells, read.at, summed=("usd",))


def add_prices(making: Making, rows: Iterable[Read]) -> None:
    """Benchmarks by week; of months before the plan the last one is the benchmark of minerals that have none else."""
    past: dict[str, tuple[int, Figure]] = {}
    for read in rows:
        cells = read.cells
        if not {"mineral", "week", "price_usd_per_t"} <= cells.keys():
            continue
        mineral, week = str(cells["mineral"].value), cells["week"].value
        if week >= 1:
            making.add("prices", cells, read.at)
        elif mineral not in past or past[mineral][0] < week:
            past[mineral] = (
                week,
                cells["price_usd_per_t"].then(cells["price_usd_per_t"].value, f"of {cells['week'].typed}"),
            )
    for mineral, (_, figure) in past.items():
        making.listed_prices[mineral] = figure
        making.reader.benchmarks.setdefault(mineral, figure.number)
