"""What really happened in a plan's first week, as its files say it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, TypeVar

from pydantic import ValidationError

from orebook.errors import InputError
from orebook.findings import Finding
from orebook.reading.tables import sheet_of
from orebook.reading.text import fault
from orebook.schema.base import Name, NonNegative, Row, Week, column, required

R = TypeVar("R", bound=Row)


class Approved(Row):
    """A ticket that was approved."""

    KEY: ClassVar = ("offer", "week")
    offer: Name = required("", "offer of the ticket")
    week: Week = required("week", "week of the order, as the plan numbers it")


class PriceNow(Row):
    """A benchmark price of the new first week."""

    KEY: ClassVar = ("mineral",)
    mineral: Name = required("", "mineral")
    price_usd_per_t: NonNegative = required("USD/t", "benchmark price of the new first week")


class Received(Row):
    """What came in in the week that has passed, of a mineral in a store: all of it, inbound and ordered."""

    KEY: ClassVar = ("mineral", "site")
    mineral: Name = required("", "mineral")
    site: Name = required("", "store")
    tonnes: NonNegative = required("t", "tonnes that came in and were taken; what is refused is not")
    rest_week: Week | None = column("week", "in which what is missing comes, 1 being the new first week; blank: never")
    paid_usd: NonNegative | None = column("USD", "invoiced for inbound goods of the week; blank: as was due")


@dataclass(frozen=True)
class WeekFacts:
    """What is known of the week: tickets approved (offer, week), None where all of week 1 were; new prices in USD/t by mineral;
    goods received; and the weeks of the new instance in which the prior plan stands, None: those wholly approved."""

    approved: frozenset[tuple[str, int]] | None = None
    prices: Mapping[str, float] = field(default_factory=dict)
    received: tuple[Received, ...] = ()
    frozen_weeks: int | None = None


def read_facts(
    approved: Path | None, prices: Path | None, received: Path | None, frozen_weeks: int | None
) -> WeekFacts:
    """The facts of CSV files. Raises InputError with every fault of them."""
    tickets = None if approved is None else frozenset((r.offer, r.week) for r in _rows(approved, Approved))
    now = {} if prices is None else {r.mineral: r.price_usd_per_t for r in _rows(prices, PriceNow)}
    came = () if received is None else tuple(_rows(received, Received))
    return WeekFacts(tickets, now, came, frozen_weeks)


def received_of(rows: Iterable[Mapping[str, object]]) -> tuple[Received, ...]:
    """Rows of what was received, given in Python. Raises InputError for one that does not fit."""
    found, faults = list[Received](), list[Finding]()
    for place, row in enumerate(rows):
        try:
            found.append(Received.model_validate(dict(row)))
        except ValidationError as error:
            faults += [
                fault("received", None, "bad_value", f"[{place}] {e['msg']}", str(e["loc"][-1]) if e["loc"] else None)
                for e in error.errors()
            ]
    if faults:
        raise InputError(faults)
    return tuple(found)


def _rows(path: Path, model: type[R]) -> list[R]:
    sheet, found = sheet_of(path, model, required=True)
    keys = [row.key() for _, row in sheet.rows()]
    found += [
        sheet.fault("duplicate_key", entry, None, f"{'/'.join(map(str, row.key()))} stands twice; keep one")
        for place, (entry, row) in enumerate(sheet.rows())
        if row.key() in keys[:place]
    ]
    if found:
        raise InputError(found)
    return [row for _, row in sheet.rows()]
