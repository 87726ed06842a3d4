"""What comes true in the weeks that are rolled: a file of dates and changes, each made in the week that begins on or after it.

Nobody plans for them but by the futures that the instance lists. Goods that were ordered in the weeks rolled and are still
under way come later where their origin's licences take longer, and are lost where it is barred by then, unless the file says
that they arrive. Inbound of the instance's own start has no origin, and comes as it was to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol

from orebook.changes import changed
from orebook.changes.expanding import is_event
from orebook.changes.grammar import parse
from orebook.errors import InputError
from orebook.exact import ZERO, Fraction, exact
from orebook.findings import Finding
from orebook.problem import Origin, Problem
from orebook.reading.grid import read_grid
from orebook.reading.text import fault
from orebook.resolve import problem_of
from orebook.rolling.committed import UnderWay
from orebook.schema import tables as t

COLUMNS = ("date", "change", "in_transit", "note")
FATES = ("lost", "arrive")
"""What becomes of goods under way whose origin is barred; blank: lost. Money comes back in no week that is rolled."""


@dataclass(frozen=True)
class Event:
    """A change that comes true on a day."""

    day: date
    change: str
    in_transit: str = "lost"

    @property
    def says(self) -> str:
        """What it is called in a sentence."""
        return self.change


class News(Protocol):
    """What comes true in a week: a change whose weeks count from that week on, and what becomes of goods under way."""

    @property
    def change(self) -> str:
        """The change or event."""

    @property
    def in_transit(self) -> str:
        """What becomes of goods under way that it bars: `lost` or `arrive`."""

    @property
    def says(self) -> str:
        """What it is called in a sentence."""


@dataclass(frozen=True)
class Moved:
    """Goods under way that news has made late, or lost: `arrives` is None. Weeks count from that of the news."""

    goods: UnderWay
    arrives: int | None


@dataclass(frozen=True)
class Outcome:
    """The problem once events have come true, the goods still under way, those that are late or lost, and a sentence."""

    problem: Problem
    goods: tuple[UnderWay, ...]
    moved: tuple[Moved, ...]
    says: str

    @property
    def lost_t(self) -> float:
        """Tonnes that are lost."""
        return float(sum((m.goods.tonnes for m in self.moved if m.arrives is None), ZERO))


def come_true(problem: Problem, goods: Sequence[UnderWay], events: Iterable[News]) -> Outcome:
    """Each event in its order; one that changes nothing any more is passed over, and said."""
    left, late, said = tuple(goods), list[Moved](), list[str]()
    for event in events:
        try:
            after = changed(problem, [event.change])
        except InputError:
            said.append(f"{event.says} changes nothing any more")
            continue
        moved = [(g, _arrives(problem, after, g, event)) for g in left]
        late += [Moved(g, week) for g, week in moved if week != g.week]
        gone = sum((g.tonnes for g, week in moved if week is None), ZERO)
        said.append(f"{event.says} came true" + (f", {float(gone):g} t under way are lost" if gone else ""))
        inbound = _inbound(after, moved)
        left = tuple(replace(g, week=week) for g, week in moved if week is not None)
        document = after.document.model_copy(update={"inbound": inbound})
        problem = problem_of(document, (), after.rules_off)
    return Outcome(problem, left, tuple(late), "; ".join(said))


def _arrives(before: Problem, after: Problem, goods: UnderWay, event: News) -> int | None:
    """The week in which goods arrive now; None where they or their store are lost. The bar is asked of the late arrival."""
    was, now = (p.origins.get(goods.origin or "") for p in (before, after))
    if goods.site not in after.sites:
        return None  # where it was to be put is gone
    if now is None:
        return goods.week
    week = goods.week + max(0, now.extra_lead_weeks - (was.extra_lead_weeks if was else 0))
    newly = _bars(now, week) and not (was is not None and _bars(was, goods.week))
    return None if newly and event.in_transit == "lost" else week


def _bars(origin: Origin, week: int) -> bool:
    return origin.barred or (origin.barred_from_week is not None and week >= origin.barred_from_week)


def _inbound(problem: Problem, moved: Sequence[tuple[UnderWay, int | None]]) -> tuple[t.InboundRow, ...]:
    """Inbound with the goods that were moved or lost in their new week, or in none."""
    tonnes: dict[tuple[str, str, int], Fraction] = defaultdict(lambda: ZERO)
    due: dict[tuple[str, str, int], Fraction] = defaultdict(lambda: ZERO)
    for row in problem.document.rows("inbound"):
        tonnes[row.mineral, row.site, row.week] += exact(row.tonnes)
        due[row.mineral, row.site, row.week] += exact(row.due_usd)
    for goods, week in moved:
        if week != goods.week:
            tonnes[goods.mineral, goods.site, goods.week] -= goods.tonnes
            due[goods.mineral, goods.site, goods.week] -= goods.due_usd
        if week is not None and week != goods.week:
            tonnes[goods.mineral, goods.site, week] += goods.tonnes
            due[goods.mineral, goods.site, week] += goods.due_usd
    return tuple(
        t.InboundRow(
            mineral=i, site=s, week=w, tonnes=max(0.0, float(tonnes[i, s, w])), due_usd=max(0.0, float(due[i, s, w]))
        )
        for i, s, w in sorted(tonnes)
        if tonnes[i, s, w] > DUST_T or due[i, s, w] > DUST_USD
    )


DUST_T = Fraction(1, 10**9)
"""What rounding to doubles leaves of goods that are gone, t."""
DUST_USD = Fraction(1, 1000)
"""And of what is due on them: a row may bring nothing and be paid all the same."""


def a_week_nearer(goods: Iterable[UnderWay]) -> tuple[UnderWay, ...]:
    """Goods still under way a week later, weeks counted from the new first one."""
    return tuple(replace(g, week=g.week - 1) for g in goods if g.week > 1)


def read_events(path: Path) -> tuple[Event, ...]:
    """The events of a CSV file by date; its columns in_transit and note may be missing. Raises InputError."""
    grid = read_grid(path, ",".join(COLUMNS))
    if not {"date", "change"} <= {*grid.columns} <= {*COLUMNS}:
        says = f"has the columns {', '.join(grid.columns)}; write {', '.join(COLUMNS)}"
        raise InputError([fault(path.name, 1, "unknown_column", says)])
    found, faults = list[Event](), list[Finding]()
    for line, cells in grid.lines:
        row = {column: str(cell).strip() for column, cell in zip(grid.columns, cells, strict=True)}
        wrong = _wrong(row)
        if wrong is None:
            found.append(Event(date.fromisoformat(row["date"]), row["change"], row.get("in_transit") or "lost"))
        else:
            faults.append(fault(path.name, line, "bad_value", wrong[1], wrong[0]))
    if faults:
        raise InputError(faults)
    return tuple(sorted(found, key=lambda event: event.day))


def _wrong(row: dict[str, str]) -> tuple[str, str] | None:
    """The column that is wrong and what is to say of it; None where none is."""
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        return "date", f'"{row["date"]}" is no date; write such as 2026-02-09'
    if (fate := row.get("in_transit") or "lost") not in FATES:
        return "in_transit", f'"{fate}" is neither lost nor arrive; leave it blank for lost'
    if not is_event(row["change"]):
        try:
            parse(row["change"])
        except InputError as error:
            return "change", error.findings[0].message
    return None
