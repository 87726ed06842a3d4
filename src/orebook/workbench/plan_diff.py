"""What differs between two plans, in rows: figures with their difference, and tickets with what became of them and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from orebook import formats as f
from orebook.explanations.diff.ticket_changes import TicketChange, shift, ticket_changes
from orebook.explanations.questions.difference import FREE, OPEN, UNKNOWN
from orebook.plan import Plan
from orebook.schema.facts import Fact

FORCED = "forced"


@dataclass(frozen=True)
class FigureDiff:
    """A figure of both plans; `sign` is of the difference, and `better` whether it is to the good (None: neither)."""

    name: str
    was: str
    now: str
    difference: str
    sign: int
    better: bool | None


@dataclass(frozen=True)
class Changed:
    """A ticket that changed: its order cash in USD before and after, and the cause where it is known."""

    change: TicketChange
    usd_before: float
    usd_after: float
    cause: str
    by: str

    @property
    def usd(self) -> float:
        """How much more is ordered for it."""
        return self.usd_after - self.usd_before


def measures(old: Plan, new: Plan) -> list[FigureDiff]:
    """Cost, cash, days short, targets missed and tickets."""
    money, days = (old.costs, new.costs), [float(p.judgement.measures.get("cover", 0)) for p in (old, new)]
    missed = [len(p.missed) for p in (old, new)]
    tickets = [len(p.document.tickets) for p in (old, new)]
    return [
        _figure("cost with carrying", [c.total_usd for c in money], "USD"),
        _figure("cash", [c.cash_usd for c in money], "USD"),
        _figure("days short, weighted", days, "weighted days"),
        _figure("targets missed", missed, "targets"),
        _figure("tickets", tickets, "tickets", better=False),
    ]


def changes(old: Plan, new: Plan, facts: Iterable[Fact]) -> dict[str, list[Changed]]:
    """Changed tickets, the forced ones apart from the free choices, where facts say which; else all under one."""
    later = shift(old, new)
    before = {(t.offer, t.week - later): t.order_cash_usd for t in old.document.tickets}
    after = {(t.offer, t.week): t.order_cash_usd for t in new.document.tickets}
    why = {_key(x): x.about.against or "" for x in facts if x.kind == "difference" and x.about.offer}
    found: dict[str, list[Changed]] = {}
    for c in ticket_changes(old, new):
        against = why.get((c.offer, c.week_before, c.week_after), "")
        cause = against if against in (FREE, OPEN, UNKNOWN, "") else FORCED
        usd = (before.get((c.offer, c.week_before or 0), 0.0), after.get((c.offer, c.week_after or 0), 0.0))
        found.setdefault(cause, []).append(Changed(c, *usd, cause, against if cause == FORCED else ""))
    return {cause: found[cause] for cause in (FORCED, FREE, OPEN, UNKNOWN, "") if cause in found}


def _key(fact: Fact) -> tuple[str | None, int | None, int | None]:
    weeks = [fact.figures.get(name) for name in ("week_before", "week_after")]
    before, after = (int(w) if isinstance(w, int | float) else None for w in weeks)
    return fact.about.offer, before, after


def _figure(name: str, both: Sequence[float], unit: str, *, better: bool = True) -> FigureDiff:
    """A figure of which less is better, or neither."""
    change = both[1] - both[0]
    digits = set(f.quantity(abs(change), unit)) & set("123456789")
    sign = 0 if not digits else 1 if change > 0 else -1
    difference = f.quantity(abs(change), unit) if sign else "no change"
    was, now = (f.quantity(x, unit) for x in both)
    return FigureDiff(name, was, now, difference, sign, change < 0 if better and sign else None)
