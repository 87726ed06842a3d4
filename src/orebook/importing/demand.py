"""Demand by month, quarter or year: as use a day, which cover is measured in, and as weekly withdrawals."""

from __future__ import annotations

import re
from collections.abc import Iterable

from orebook.exact import Fraction
from orebook.importing.figures import Cells, Figure
from orebook.importing.making import Making
from orebook.importing.periods import Calendar, Period, period_of
from orebook.importing.rows import Read
from orebook.importing.vocabulary import ASK
from orebook.reading import letters

GRAMS = 10**6
Parts = list[tuple[Period, Figure]]


def add_use(making: Making, rows: Iterable[Read], *, draws: bool) -> None:
    """The use of a sheet; where members draw it, so much as a week holds of each period is withdrawn in it."""
    demand: dict[tuple[str | None, str], list[Read]] = {}
    for read in rows:
        if making.needs(read.cells, ("mineral",), read.at, "use"):
            named = read.cells.get("member")
            key = (str(named.value) if named else None, str(read.cells["mineral"].value))
            demand.setdefault(key, []).append(read)
    for (member, mineral), reads in demand.items():
        if len(reads) > 1:
            says = (
                f'"{mineral}"{f" of {member}" if member else ""} stands at {reads[0].at} already; the two are added up'
            )
            making.notes.warn("rows_added", reads[1].at, says)
        _add(making, mineral, reads, draws=draws)


def _add(making: Making, mineral: str, reads: list[Read], *, draws: bool) -> None:
    calendar, parts = making.calendar, _parts(making, reads)
    stated = [read.cells["daily_use_t"] for read in reads if "daily_use_t" in read.cells]
    if parts and calendar is None:
        if making.mapping.instance.get("start") != ASK:
            says = "is of a month, and the plan has none; say in the mapping when week 1 begins: instance.start"
            making.notes.fault("no_start", parts[0][1].cell, says)
        return
    first = reads[0].cells
    if parts and calendar is not None:
        averaged = _averaged(making, mineral, parts, calendar)
        if averaged is None:
            return
        daily = averaged
    elif stated:
        daily = stated[0].with_cells(stated[1:]).then(sum((figure.number for figure in stated), Fraction(0)))
    else:
        making.needs(first, ("amount",), reads[0].at, "use")
        return
    cells: Cells = {"mineral": first["mineral"], "daily_use_t": daily}
    if "member" in first:
        making.add("use", {**cells, "member": first["member"]}, reads[0].at)
    else:
        making.tables.setdefault("minerals", {}).setdefault((mineral,), {"mineral": first["mineral"]})[
            "daily_use_t"
        ] = daily
    if draws and calendar is not None:
        _withdraw(making, calendar, first, parts, daily)


def _parts(making: Making, reads: list[Read]) -> Parts:
    """The amounts with their periods; a fault for each whose period is none."""
    parts: Parts = []
    for read in reads:
        for column, figure in read.amounts:
            period = period_of(column.period)
            if period is None:
                says = f'"{column.period}" is no month, quarter or year; write one such as 2026-12'
                making.notes.fault("no_period", figure.cell, says)
            else:
                parts.append((period, figure))
    return parts


def _averaged(making: Making, mineral: str, parts: Parts, calendar: Calendar) -> Figure | None:
    """Use a day over the days of the plan that the periods cover; None where they cover none of it."""
    inside = _within(parts, calendar.whole)
    days = _covered(calendar.whole, inside)
    if not days:
        says = f'none of the demand of "{mineral}" is in the weeks of the plan; it is left out'
        making.notes.warn("row_left_out", parts[0][1].cell, says)
        return None
    if days < calendar.whole.days:
        says = (
            f"demand is known for {days} of the {calendar.whole.days} days of the plan; the rest is taken to be alike"
        )
        making.notes.warn("demand_ends", inside[-1][1].cell, says)
    how = f"{days} days of the plan, each month's amount a day, averaged"
    return _all_of(inside).then(_amount(inside, calendar.whole) / days, how)


def _within(parts: Parts, span: Period) -> Parts:
    return [(period, figure) for period, figure in parts if period.shared(span)]


def _amount(inside: Parts, span: Period) -> Fraction:
    """What of the amounts falls into a span, each spread evenly over the days of its period."""
    return sum((figure.number * period.shared(span) / period.days for period, figure in inside), Fraction(0))


def _all_of(inside: Parts) -> Figure:
    """The first figure, with the cells of all."""
    return inside[0][1].with_cells(figure for _, figure in inside[1:])


def _covered(whole: Period, parts: Parts) -> int:
    """How many days of a span lie in any of the periods, each counted once."""
    seen = {
        ordinal
        for p, _ in parts
        for ordinal in range(max(p.first, whole.first).toordinal(), min(p.last, whole.last).toordinal() + 1)
    }
    return len(seen)


def _withdraw(making: Making, calendar: Calendar, first: Cells, parts: Parts, daily: Figure) -> None:
    member, mineral = first.get("member"), first["mineral"]
    words = [str(f.value) for f in (member, mineral) if f is not None]
    name = "-".join(re.findall(r"\w+", letters.plain(" ".join(words))))
    for week in range(1, calendar.weeks + 1):
        days = calendar.period(week)
        inside = _within(parts, days)
        amount = _amount(inside, days) + daily.number * (7 - _covered(days, inside))
        tonnes = Fraction(round(amount * GRAMS), GRAMS)
        source = _all_of(inside) if inside else daily
        row: Cells = {
            "withdrawal": Figure(f"{name}-w{week}", source.cell, source.typed, ("of member, mineral and week",)),
            "mineral": mineral,
            "week": Figure(week, source.cell, source.typed),
            "tonnes": source.then(tonnes, f"the 7 days of week {week}, to the gram"),
        }
        if member is not None:
            row["member"] = member
        if tonnes > 0:
            making.add("withdrawals", row, source.cell)
