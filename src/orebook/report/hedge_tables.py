"""A hedged plan in tables and a sentence: what to order now, and what each future makes of it."""

from __future__ import annotations

from orebook import formats as f
from orebook.hedged import HedgedPlan
from orebook.report.table import Column, Table
from orebook.schema.hedge import FutureResult
from orebook.schema.plan import Ticket
from orebook.schema.stages import STAGES


def hedge_tables(hedged: HedgedPlan) -> list[Table]:
    """The tickets of the weeks that are now, and a row a future."""
    return [now_table(hedged), futures_table(hedged)]


def now_table(hedged: HedgedPlan) -> Table:
    """What is ordered before anyone knows which future comes."""
    columns: list[Column[Ticket]] = [
        ("week", "right", lambda t: str(t.week)),
        ("offer", "left", lambda t: t.offer),
        ("mineral", "left", lambda t: t.mineral),
        ("origin", "left", lambda t: t.origin or ""),
        ("tonnes", "right", lambda t: f.tonnes(t.tonnes)),
        ("order cash USD", "right", lambda t: f.grouped(t.order_cash_usd)),
    ]
    weeks = hedged.document.now_weeks
    title = "To order now" if weeks == 1 else f"To order now, in weeks 1 to {weeks}"
    return Table.of(title, list(hedged.now), columns)


def futures_table(hedged: HedgedPlan) -> Table:
    """What the plan comes to in each future, beside what knowing it from week 1 would."""
    stage = hedged.document.worth.stage if hedged.document.worth else hedged.document.stages[0].stage
    unit = STAGES[stage].unit
    columns: list[Column[FutureResult]] = [
        ("future", "left", lambda x: x.future),
        ("probability", "right", lambda x: f"{f.plain(100 * x.probability, 2)} %"),
        ("known in week", "right", lambda x: str(x.known_week)),
        (f"{stage}, {unit}", "right", lambda x: f.grouped(x.measures.get(stage, 0.0), 2)),
        ("had one known", "right", lambda x: f.grouped(x.alone[stage][1], 2) if stage in x.alone else ""),
        ("tickets lost", "right", lambda x: str(len(x.lost))),
        ("tickets late", "right", lambda x: str(len(x.late))),
    ]
    return Table.of("What each future makes of it", list(hedged.document.futures), columns)


def worth_says(hedged: HedgedPlan) -> str:
    """What planning for all futures is worth, and what knowing would be; an interval that holds 0 tells nothing."""
    worth = hedged.document.worth
    if worth is None:
        return ""
    unit = STAGES[worth.stage].unit
    knowing = _between("Knowing the future from week 1 would be worth", worth.evpi, unit)
    if worth.vss is None:
        return f"Of the instance's own orders of now no plan for all futures is known: {worth.plain_says}. {knowing}"
    return f"{_between('Planning for all futures is worth', worth.vss, unit)} {knowing}"


def _between(what: str, interval: tuple[float, float], unit: str) -> str:
    least, most = interval
    if least <= 0:
        return f"{what} at most {f.grouped(most, 2)} {unit}; whether it is worth anything cannot be told."
    if f.grouped(least, 2) == f.grouped(most, 2):
        return f"{what} {f.grouped(most, 2)} {unit}."
    return f"{what} {f.grouped(least, 2)} to {f.grouped(most, 2)} {unit}."
