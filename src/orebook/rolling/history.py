"""The prices that come true: a file of mineral, date and price, the last one listed before a week's Monday being its price."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from orebook.errors import InputError
from orebook.findings import Finding
from orebook.problem import Problem
from orebook.reading import suggest
from orebook.reading.grid import read_grid
from orebook.reading.numbers import is_number
from orebook.reading.text import fault
from orebook.schema import tables as t
from orebook.schema.base import LARGEST
from orebook.schema.document import Document

COLUMNS = ("mineral", "date", "price_usd_per_t")


@dataclass(frozen=True)
class History:
    """mineral -> dates in order and the prices from them on, USD/t; minerals not listed follow the instance's own prices."""

    prices: Mapping[str, tuple[tuple[date, ...], tuple[float, ...]]]

    def price(self, mineral: str, monday: date) -> float | None:
        """The price of a mineral in the week of a Monday; None where none is listed yet."""
        dates, prices = self.prices.get(mineral, ((), ()))
        place = bisect_right(dates, monday) - 1
        return prices[place] if place >= 0 else None

    def applied(self, document: Document, start: date, known_weeks: int) -> Document:
        """The instance with the prices of its first `known_weeks` weeks from `start`; the last known one holds on."""
        listed = {row.mineral for row in document.minerals if self.price(row.mineral, start) is not None}
        minerals = tuple(
            row.model_copy(update={"price_usd_per_t": self.price(row.mineral, start)}) if row.mineral in listed else row
            for row in document.minerals
        )
        prices = [row for row in document.rows("prices") if row.mineral not in listed]
        for mineral in sorted(listed):
            last = self.price(mineral, start)
            for week in range(2, known_weeks + 1):
                price = self.price(mineral, start + timedelta(weeks=week - 1))
                if price is not None and price != last:
                    prices.append(t.PriceRow(mineral=mineral, week=week, price_usd_per_t=price))
                last = price
        head = document.instance.model_copy(update={"start": start})
        return document.model_copy(update={"instance": head, "minerals": minerals, "prices": tuple(prices) or None})


def read_history(path: Path, problem: Problem) -> History:
    """The history in a CSV file with the columns mineral, date, price_usd_per_t. Raises InputError with every fault."""
    grid = read_grid(path, ",".join(COLUMNS))
    if sorted(grid.columns) != sorted(COLUMNS):
        says = f"has the columns {', '.join(grid.columns)}; write {', '.join(COLUMNS)}"
        raise InputError([fault(path.name, 1, "unknown_column", says)])
    found: dict[str, dict[date, float]] = defaultdict(dict)
    faults: list[Finding] = []
    for line, cells in grid.lines:
        row = dict(zip(grid.columns, map(str, cells), strict=True))
        wrong = _wrong(row, problem)
        if wrong is None and date.fromisoformat(row["date"]) in found[row["mineral"]]:
            wrong = ("date", f"{row['date']} is listed above for {row['mineral']}; keep one")
        if wrong is not None:
            faults.append(fault(path.name, line, "bad_value", wrong[1], wrong[0]))
        else:
            found[row["mineral"]][date.fromisoformat(row["date"])] = float(row["price_usd_per_t"])
    if faults:
        raise InputError(faults)
    return History({m: (tuple(sorted(by)), tuple(by[d] for d in sorted(by))) for m, by in found.items()})


def _wrong(row: Mapping[str, str], problem: Problem) -> tuple[str, str] | None:
    """The column that is wrong and what is to say of it; None where none is."""
    if row["mineral"] not in problem.minerals:
        return "mineral", f'"{row["mineral"]}" is not in minerals.csv; {suggest.mend(row["mineral"], problem.minerals)}'
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        return "date", f'"{row["date"]}" is no date; write such as 2026-02-09'
    price = row["price_usd_per_t"]
    if not is_number(price) or not 0 <= float(price) <= LARGEST:
        return "price_usd_per_t", f'"{price}" is no price; write USD a tonne, 0 or more'
    return None
