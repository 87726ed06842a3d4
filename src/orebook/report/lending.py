"""Who lends the money, on what terms, what goes back to them, and what comes in."""

from __future__ import annotations

from orebook import formats as f
from orebook.accounting.lending import LentWeek, balances, lent_weeks
from orebook.accounting.stock_flow import total
from orebook.exact import Fraction
from orebook.plan import Plan
from orebook.problem import Source
from orebook.report.stock_worth import covers, worth
from orebook.report.table import Column, Table
from orebook.schema.plan import Receipt


def sources(plan: Plan) -> Table:
    """A row a source of money: what it gives in all, against its limit."""

    def drawn(source: Source) -> Fraction:
        return sum((w.draws_usd.get(source.name, Fraction(0)) for w in plan.judgement.cash), Fraction(0))

    columns: list[Column[Source]] = [
        ("source", "left", lambda s: s.name),
        ("drawn by the plan, USD", "right", lambda s: f.grouped(drawn(s))),
        ("drawn before, USD", "right", lambda s: f.grouped(s.drawn_usd)),
        *_lent(plan),
        ("limit, USD", "right", lambda s: "none" if s.limit_usd is None else f.grouped(s.limit_usd)),
        ("rate a year", "right", lambda s: f"{f.plain(s.rate_pct, 3)} %"),
        ("from week", "right", lambda s: str(s.from_week)),
        ("largest share", "right", lambda s: "" if s.max_share is None else f.percent(s.max_share)),
        *_charged(plan),
    ]
    return Table.of("Sources of money", plan.problem.sources.values(), columns)


def _lent(plan: Plan) -> list[Column[Source]]:
    """What is paid back to a source, and still drawn at the end, where money comes in."""
    if plan.problem.money_returns_from is None:
        return []
    weeks = plan.judgement.cash
    return [
        (
            "paid back, USD",
            "right",
            lambda s: f.grouped(sum((w.repays_usd.get(s.name, Fraction(0)) for w in weeks), Fraction(0))),
        ),
        ("drawn at the end, USD", "right", lambda s: f.grouped([*balances(s, weeks)][-1])),
    ]


def _charged(plan: Plan) -> list[Column[Source]]:
    """Until when a source lends, and its fees, where one of them has such terms."""
    sources, columns = plan.problem.sources.values(), list[Column[Source]]()
    if any(s.to_week is not None for s in sources):
        columns.append(("to week", "right", lambda s: "" if s.to_week is None else str(s.to_week)))
    if any(s.undrawn_pct for s in sources):
        columns.append(("fee a year on what is not drawn", "right", lambda s: f"{f.plain(s.undrawn_pct, 3)} %"))
    if any(s.draw_fee_pct for s in sources):
        columns.append(("fee on a draw", "right", lambda s: f"{f.plain(s.draw_fee_pct, 3)} %"))
    return columns


def receipts(plan: Plan) -> Table:
    """A row for all that comes in."""
    columns: list[Column[Receipt]] = [
        ("week", "right", lambda r: str(r.week)),
        ("for", "left", lambda r: r.withdrawal or r.offer or r.bid or ""),
        ("USD", "right", lambda r: f.grouped(r.usd)),
    ]
    return Table.of("What comes in", plan.document.receipts, columns)


def lenders(plan: Plan) -> tuple[Source, ...]:
    """The sources whose money has a price: those with a rate or a fee in any week."""
    problem = plan.problem
    return tuple(
        s
        for s in problem.sources.values()
        for terms in [[problem.source(s.name, w) for w in range(1, problem.weeks + 1)]]
        if any(row.rate_pct or row.undrawn_pct or row.draw_fee_pct for row in terms)
    )


def lent(plan: Plan) -> tuple[tuple[str, LentWeek], ...]:
    """Each lender with each of its weeks."""
    return tuple((s.name, week) for s in lenders(plan) for week in lent_weeks(plan.problem, s, plan.judgement.cash))


def by_week(plan: Plan) -> Table:
    """A row a lender and week: what moves, what is owed, what it costs; no row where no source has a price."""
    columns: list[Column[tuple[str, LentWeek]]] = [
        ("source", "left", lambda x: x[0]),
        ("week", "right", lambda x: str(x[1].week)),
        ("drawn", "right", lambda x: f.grouped(x[1].drawn_usd, 2)),
        ("repaid", "right", lambda x: f.grouped(x[1].repaid_usd, 2)),
        ("balance", "right", lambda x: f.grouped(x[1].balance_usd, 2)),
        ("undrawn", "right", lambda x: "" if x[1].undrawn_usd is None else f.grouped(x[1].undrawn_usd, 2)),
        ("interest", "right", lambda x: f.grouped(x[1].interest_usd, 2)),
        ("fee on undrawn", "right", lambda x: f.grouped(x[1].undrawn_fee_usd, 2)),
        ("fee on draws", "right", lambda x: f.grouped(x[1].draw_fee_usd, 2)),
    ]
    return Table.of("Loans by source and week, USD", lent(plan), columns)


def cover(plan: Plan) -> Table:
    """A row a week: the stock at the market as cover of all that is lent, where anything is."""
    owed, stock = total((week.week, week.balance_usd) for _, week in lent(plan)), worth(plan)

    def part(week: int) -> str:
        found = covers(stock[week], owed[week])
        return "nothing is lent" if found is None else f.percent(found)

    columns: list[Column[int]] = [
        ("week", "right", str),
        ("stock at the market, USD", "right", lambda w: f.grouped(stock[w])),
        ("lent, USD", "right", lambda w: f.grouped(owed[w])),
        ("cover of the loans", "right", part),
    ]
    return Table.of("Stock as cover of the loans", owed if any(owed.values()) else (), columns)


def loans(plan: Plan) -> tuple[Table, Table]:
    """What is lent, and what covers it."""
    return cover(plan), by_week(plan).fold()
