"""Most that can be bought in a calendar month, which an offer cannot say: as an offer a month, or as another limit."""

from __future__ import annotations

from datetime import timedelta

from orebook.exact import Fraction
from orebook.importing.figures import Cells, Figure
from orebook.importing.making import Making
from orebook.importing.periods import Calendar

Month = tuple[int, int]


def capped(making: Making, cells: Cells) -> list[Cells]:
    """The offers that an offer with a monthly cap becomes; itself where it has none.

    An offer a month has each month's most exactly, a week being of the month of its middle day; there is none of a month
    from which nothing arrives in the plan. Otherwise, as the mapping
    says: so much less a `week` that no month has more, a month's most over the whole `plan`, or `loose`ly.
    """
    cap = cells.get("max_month_t")
    if cap is None:
        return [cells]
    months = _months(making.calendar, cells)
    choice = making.mapping.monthly_cap
    if len(months) == 1 or choice == "plan":
        why = "the offer stands in one month" if len(months) == 1 else "so that no month has more"
        return [_limited(cells, "max_t", cap.then(cap.number, f"a month's most over the plan: {why}"))]
    if choice == "loose":
        weekly = _limited(cells, "max_week_t", cap.then(cap.number, "a month's most in a week"))
        return [
            _limited(
                weekly,
                "max_t",
                cap.then(cap.number * len(months), f"x {len(months)} months; one of them may have more"),
            )
        ]
    if choice == "split" and months and not {"max_t", "commit_t"} & cells.keys():
        lead, last = (
            cells["lead_weeks"].value if "lead_weeks" in cells else 0,
            making.calendar.weeks if making.calendar else 0,
        )
        there = {month: weeks for month, weeks in months.items() if weeks[0] + lead <= last} or months
        return [_of_month(cells, cap, month, weeks) for month, weeks in there.items()]
    most = max(map(len, months.values()), default=5)
    least = max((cells[c].number for c in ("min_order_t", "lot_t") if c in cells), default=Fraction(0))
    if cap.number / most < least:
        return [
            _limited(
                cells,
                "max_t",
                cap.then(cap.number, "a month's most over the plan, for a week's part of it is under the least order"),
            )
        ]
    return [
        _limited(
            cells,
            "max_week_t",
            cap.then(cap.number / most, f"/ {most} weeks of a month at most, so that no month has more"),
        )
    ]


def _months(calendar: Calendar | None, cells: Cells) -> dict[Month, list[int]]:
    """The weeks in which an offer stands, by the month of their middle day."""
    if calendar is None:
        return {}
    first = cells["from_week"].value if "from_week" in cells else 1
    last = cells["to_week"].value if "to_week" in cells else calendar.weeks
    months: dict[Month, list[int]] = {}
    for week in range(first, last + 1):
        middle = calendar.period(week).first + timedelta(days=3)
        months.setdefault((middle.year, middle.month), []).append(week)
    return months


def _of_month(cells: Cells, cap: Figure, month: Month, weeks: list[int]) -> Cells:
    name, called = cells["offer"], f"{month[0]}-{month[1]:02}"
    first, last = cells.get("from_week", cap), cells.get("to_week", cap)
    return {
        **cells,
        "offer": name.then(f"{name.value}-{called}", f"its part of {called}, for it has a most a month"),
        "from_week": first.then(weeks[0], f"the first week of {called}") if weeks[0] != first.value else first,
        "to_week": last.then(weeks[-1], f"the last week of {called}") if weeks[-1] != last.value else last,
        "max_t": cap.then(cap.number, f"the most in {called}"),
    }


def _limited(cells: Cells, field: str, figure: Figure) -> Cells:
    """With the limit, or the one that the sheet has itself where that is less."""
    return cells if field in cells and cells[field].number <= figure.number else {**cells, field: figure}
