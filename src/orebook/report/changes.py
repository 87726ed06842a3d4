"""The plan beside the prior one: tickets added, dropped and altered, and what a fact says of the reason."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from orebook import formats as f
from orebook.plan import Plan
from orebook.report.report_input import Brief, ends
from orebook.report.table import Column, Table
from orebook.schema.facts import Fact

GRAM_T = 1e-6
TOTAL, INPUT, LINE = "total", "input", "line"
"""What a fact about a difference may be about, if not a ticket."""
OWN = "own_"


@dataclass(frozen=True)
class _Change:
    """An order in the prior plan, in this one, or in both with other tonnes."""

    offer: str
    week: int
    before: float
    after: float

    @property
    def kind(self) -> str:
        return "added" if not self.before else "dropped" if not self.after else "altered"


def headline(brief: Brief) -> str:
    """How many orders are new, gone, altered and as before; in the words of the fact, where there is one."""
    said, plan = brief.said(_about(brief, TOTAL)), brief.plan
    if said:
        return said[0]
    if not plan.problem.prior:
        return "There is no prior plan to compare with."
    found = _changes(plan)
    kinds = ", ".join(f"{sum(c.kind == kind for c in found):,} {kind}" for kind in ("added", "dropped", "altered"))
    same = len(plan.problem.prior) - sum(c.before > 0 for c in found)
    return f"Against the prior plan: {kinds}; {f.count(same, 'order')} as before."


def causes(brief: Brief) -> tuple[str, ...]:
    """What each input that was undone changes."""
    return brief.said(_about(brief, INPUT))


def reasons(brief: Brief) -> Table:
    """A row a ticket that changed, with the input that forces it."""
    columns: list[Column[Fact]] = [
        ("offer", "left", lambda x: x.about.offer or ""),
        ("week", "right", lambda x: str(x.about.week or "")),
        ("because of", "left", lambda x: x.about.against or ""),
        ("in words", "words", lambda x: x.says),
    ]
    return Table.of("Tickets that changed, and why", [x for x in _known(brief) if x.about.offer and x.says], columns)


def lines(brief: Brief) -> Table:
    """A row a mineral whose cover or money changed."""
    columns: list[Column[Fact]] = [
        ("mineral or line", "left", lambda x: x.about.mineral or x.about.row or ""),
        ("in words", "words", lambda x: x.says),
    ]
    said = [x for x in _about(brief, LINE) if x.says]
    return Table.of("Cover and money, mineral by mineral", said, columns).fold()


def _known(brief: Brief) -> tuple[Fact, ...]:
    return brief.of_kind("difference")


def _about(brief: Brief, what: str) -> list[Fact]:
    return [x for x in _known(brief) if x.about.against == what and x.about.offer is None]


def table(plan: Plan) -> Table:
    """A row an order that differs."""
    columns: list[Column[_Change]] = [
        ("offer", "left", lambda c: c.offer),
        ("week", "right", lambda c: str(c.week)),
        ("change", "left", lambda c: c.kind),
        ("before, t", "right", lambda c: f.tonnes(c.before)),
        ("now, t", "right", lambda c: f.tonnes(c.after)),
        ("more, t", "right", lambda c: f.tonnes(c.after - c.before)),
    ]
    return Table.of("Orders that differ from the prior plan", _changes(plan), columns)


def side_by_side(brief: Brief) -> Table:
    """Cover and money of the prior plan priced today, and of this one."""
    prior = next((x for x in brief.of_kind("baseline") if x.about.against == "prior"), None)
    named = {
        "unmet_days": ("withdrawals not served, weighted days", f.days),
        "cover_days": ("weighted days short", f.days),
    }
    rows = []
    for name, (head, write) in {**named, "cost_usd": ("cost USD", f.money)}.items():
        own, more = (ends(prior, OWN + name), ends(prior, name)) if prior else (None, None)
        if own and more and not isnan(own[0]):
            rows.append((head, write(own[0]), write(own[0] - more[0])))
    columns: list[Column[tuple[str, str, str]]] = [
        ("measure", "left", lambda r: r[0]),
        ("prior plan, priced today", "right", lambda r: r[1]),
        ("this plan", "right", lambda r: r[2]),
    ]
    return Table.of("Cover and money side by side", rows, columns)


def _changes(plan: Plan) -> list[_Change]:
    prior = plan.problem.prior
    now = {(t.offer, t.week): t.tonnes for t in plan.document.tickets}
    keys = sorted({*prior, *now}, key=lambda key: (key[1], key[0])) if prior else []
    every = [_Change(o, w, prior.get((o, w), 0.0), now.get((o, w), 0.0)) for o, w in keys]
    return [c for c in every if abs(c.after - c.before) > GRAM_T]
