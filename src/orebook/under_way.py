"""Goods under way: ordered and not yet arrived at the end of a week, by origin and mineral.

A bar on an origin that nobody foresees in week w strands what is under way at the end of week w - 1: tickets ordered before w
whose goods would arrive in w or later. What was paid on order, the order fee included, is lost with them; what falls due on
arrival is not paid. Orders that were under way before the plan name no origin and are not counted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import inf, isnan

from orebook import formats as f
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.judgement import Judgement
from orebook.problem import Problem
from orebook.schema.plan import Ticket

NO_ORIGIN = "no origin named"
"""Where the goods of offers without an origin are counted."""
CENT = 0.01
"""Money that differs by less is the same: a ticket's order cash is a float."""
Paid = tuple[Ticket, Fraction]
"""A ticket and what of it is paid in the week of order, in USD."""


@dataclass(frozen=True, slots=True)
class MineralUnderWay:
    """Tickets of a mineral: tonnes, USD as ordered and USD paid, and days of use (None: no use)."""

    mineral: str
    tickets: int
    tonnes: Fraction
    order_cash_usd: Fraction
    paid_usd: Fraction
    cover_days: Fraction | None


@dataclass(frozen=True, slots=True)
class UnderWay:
    """What of an origin is under way at the end of a week, by mineral; in all it is the sums."""

    origin: str
    week: int
    minerals: tuple[MineralUnderWay, ...]

    @property
    def bar_week(self) -> int:
        """The week in which a bar that nobody foresees strands all of it."""
        return self.week + 1

    @property
    def tickets(self) -> int:
        """Tickets of all minerals."""
        return sum(m.tickets for m in self.minerals)

    @property
    def tonnes(self) -> Fraction:
        """Tonnes of all minerals."""
        return sum((m.tonnes for m in self.minerals), ZERO)

    @property
    def order_cash_usd(self) -> Fraction:
        """USD as ordered, fees included."""
        return sum((m.order_cash_usd for m in self.minerals), ZERO)

    @property
    def paid_usd(self) -> Fraction:
        """USD paid up to then: on order, and the order fees."""
        return sum((m.paid_usd for m in self.minerals), ZERO)


@dataclass(frozen=True, slots=True)
class Bar:
    """What a bar that nobody foresees in `week` (None: in any week) strands of an origin's tickets, as a sentence says it.

    `most_days` is the mineral that loses most days of use, and how many; None where none has use, or days are withheld.
    """

    origin: str
    of_tickets: int
    week: int | None = None
    tickets: int = 0
    minerals: int = 0
    tonnes: f.Amount = 0
    order_cash_usd: f.Amount = 0
    paid_usd: f.Amount = 0
    most_days: tuple[str, f.Amount] | None = None

    @property
    def says(self) -> str:
        """The sentence; amounts that are withheld are left out."""
        goods = "goods without a named origin" if self.origin == NO_ORIGIN else f"exports of {self.origin}"
        whole = f.count(self.of_tickets, "ticket")
        if self.week is None:
            return f"An unforeseen bar on {goods} would strand none of {whole}, whatever its week."
        parts = [f"{f.tonnes(self.tonnes)} t of {f.count(self.minerals, 'mineral')}"]
        if not isnan(self.order_cash_usd):
            parts += [f"{f.usd(self.order_cash_usd)} as ordered", f"{self._paid} paid by then"]
        if self.most_days:
            parts.append(f"at worst {f.days(self.most_days[1])} days of {self.most_days[0]}")
        return (
            f"An unforeseen bar on {goods} in week {self.week} would strand {self.tickets:,} of {whole}: "
            f"{', '.join(parts)}."
        )

    @property
    def _paid(self) -> str:
        if abs(float(self.paid_usd) - float(self.order_cash_usd)) < CENT:
            return "all of it"
        return f.usd(self.paid_usd) if self.paid_usd else "none of it"


@dataclass(frozen=True, slots=True)
class Exposed:
    """An origin that is bought from: its tickets in all, and what is under way at the end of each week 1..T."""

    origin: str
    tickets: int
    weeks: tuple[UnderWay, ...]

    @property
    def bars(self) -> tuple[UnderWay, ...]:
        """What a bar in each week 2..T strands, those that strand anything."""
        return tuple(week for week in self.weeks[:-1] if week.minerals)

    @property
    def worst(self) -> UnderWay | None:
        """The bar that strands most, by USD as ordered (by tonnes where those are withheld), the first of equals."""
        return max(self.bars, key=_weight, default=None)

    def bar(self, stranded: UnderWay | None) -> Bar:
        """What strands all that is under way then, to be said; None: nothing is ever stranded."""
        if stranded is None:
            return Bar(self.origin, self.tickets)
        days = [(m.mineral, m.cover_days) for m in stranded.minerals if m.cover_days is not None]
        known = [(mineral, x) for mineral, x in days if not isnan(x)]
        return Bar(
            self.origin,
            self.tickets,
            stranded.bar_week,
            stranded.tickets,
            len(stranded.minerals),
            stranded.tonnes,
            stranded.order_cash_usd,
            stranded.paid_usd,
            max(known, key=lambda item: item[1], default=None),
        )


def exposed_of(problem: Problem, judgement: Judgement) -> tuple[Exposed, ...]:
    """Every origin with a ticket, the one that a bar strands most of first."""
    tickets: dict[str, list[Paid]] = defaultdict(list)
    for ticket, paid in zip(judgement.tickets, judgement.on_order_usd, strict=True):
        tickets[ticket.origin or NO_ORIGIN].append((ticket, paid))
    found = [
        Exposed(origin, len(mine), tuple(_at(problem, origin, mine, week) for week in range(1, problem.weeks + 1)))
        for origin, mine in sorted(tickets.items())
    ]
    return tuple(sorted(found, key=lambda e: _weight(e.worst) if e.worst else (ZERO, ZERO), reverse=True))


def _weight(bar: UnderWay) -> tuple[Fraction, Fraction]:
    return ZERO if isnan(bar.order_cash_usd) else bar.order_cash_usd, bar.tonnes


def _at(problem: Problem, origin: str, tickets: list[Paid], week: int) -> UnderWay:
    by_mineral: dict[str, list[Paid]] = defaultdict(list)
    for ticket, paid in tickets:
        if ticket.week <= week < _gone(ticket):
            by_mineral[ticket.mineral].append((ticket, paid))
    return UnderWay(origin, week, tuple(_mineral(problem, name, mine) for name, mine in sorted(by_mineral.items())))


def _gone(ticket: Ticket) -> float:
    """The first week in which a ticket's goods are under way no more: never, where they come after the plan."""
    if ticket.arrives is None:
        return 0.0 if ticket.lost else inf
    return ticket.arrives


def _mineral(problem: Problem, name: str, tickets: list[Paid]) -> MineralUnderWay:
    use = problem.minerals[name].use_t_per_day
    tonnes = sum((exact(ticket.tonnes) for ticket, _ in tickets), ZERO)
    return MineralUnderWay(
        mineral=name,
        tickets=len(tickets),
        tonnes=tonnes,
        order_cash_usd=sum((_exact(t.order_cash_usd) for t, _ in tickets), ZERO),
        paid_usd=sum((paid for _, paid in tickets), ZERO),
        cover_days=tonnes / _exact(use) if use else None,
    )


def _exact(x: float) -> Fraction:
    """The decimal number that is meant; what is withheld stays so."""
    return x if isnan(x) else exact(x)  # type: ignore[return-value]
