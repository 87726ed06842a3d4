"""What the plan costs, and its money by week and source against what is released."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from orebook import formats as f
from orebook.accounting.cash import balances
from orebook.accounting.weeks import CashWeek
from orebook.exact import Fraction
from orebook.plan import Plan
from orebook.problem import Source
from orebook.report.bullets import Bullet, Bullets
from orebook.report.table import Column, Table
from orebook.schema.plan import Receipt

DRAWS = 3
"""Columns of sources that a terminal has room for."""
LINES = (
    ("goods_usd", "goods"),
    ("commission_usd", "commission"),
    ("duty_usd", "duty"),
    ("freight_usd", "freight"),
    ("top_up_usd", "top-up to producers under contracts for difference"),
    ("order_fees_usd", "order fees"),
    ("engage_fees_usd", "engagement fees"),
    ("due_usd", "orders already under way"),
    ("later_usd", "less what is paid after the last week"),
    ("not_due_usd", "what is not due, as goods are lost or too late"),
    ("cash_usd", "cash of the plan"),
    ("receipts_usd", "less what comes in"),
    ("handling_usd", "handling"),
    ("rent_usd", "rent"),
    ("interest_usd", "interest"),
    ("fees_usd", "fees of sources"),
    ("total_usd", "cost of the plan"),
)


TAKEN_OFF = ("later_usd", "receipts_usd")


def headline(plan: Plan) -> str:
    """Cash against budget, and what carrying adds."""
    costs, budget = plan.costs, plan.problem.budget_usd
    limit = "no budget limit" if budget is None else f"of a budget of {f.usd(budget)}"
    added = [("handling", costs.handling_usd), ("rent", costs.rent_usd), ("interest", costs.interest_usd)]
    added += [("fees of sources", costs.fees_usd)] if costs.fees_usd else []
    carrying = ", ".join(f"{name} {f.usd(x)}" for name, x in added)
    if costs.receipts_usd:
        carrying = f"{carrying}, and takes off {f.usd(costs.receipts_usd)} that come in"
    return f"Cash {f.usd(costs.cash_usd)} ({limit}). Cost {f.usd(costs.total_usd)}, which adds {carrying}."


def costs(plan: Plan) -> Table:
    """The parts of the plan's cash and cost; parts of nothing are left out."""
    always = ("goods_usd", "cash_usd", "total_usd")
    lines = [(name, getattr(plan.costs, field), field) for field, name in LINES]
    columns: list[Column[tuple[str, float, str]]] = [
        ("what", "left", lambda line: line[0]),
        ("USD", "right", lambda line: f.grouped(-line[1] if line[2] in TAKEN_OFF else line[1])),
    ]
    return Table.of("Cash and cost, part by part", [line for line in lines if line[1] or line[2] in always], columns)


def by_week(plan: Plan, limit: int | None = None) -> Table:
    """Money a week; with a limit, the first weeks that move any, for a terminal."""
    show = f.grouped if limit is None else f.money
    released = any(w.released_to_date_usd is not None for w in plan.judgement.cash)
    columns: list[Column[CashWeek]] = [("week", "right", lambda w: str(w.week))]
    if plan.problem.start:
        columns.append(("from", "right", lambda w: str(plan.problem.monday(w.week))))
    columns += [("paid", "right", lambda w: show(w.cash_usd)), ("to date", "right", lambda w: show(w.cash_to_date_usd))]
    if released:
        columns.append(
            ("released", "right", lambda w: "" if w.released_to_date_usd is None else show(w.released_to_date_usd))
        )
    columns += _draws(plan, show, len(plan.problem.sources) if limit is None else DRAWS)
    if plan.problem.money_returns_from is not None:
        columns += [
            ("comes in", "right", lambda w: show(w.receipts_usd)),
            ("paid back", "right", lambda w: show(sum(w.repays_usd.values(), Fraction(0)))),
            ("left idle", "right", lambda w: show(w.idle_usd)),
        ]
    moving = [w for w in plan.judgement.cash if w.cash_usd or w.receipts_usd or limit is None]
    table = Table.of("Money by week, USD", moving, columns)
    return table if limit is None else table.first(limit, "weeks in cash.csv")


def _draws(plan: Plan, show: Callable[[Fraction], str], limit: int) -> list[Column[CashWeek]]:
    """A column a source; beyond the limit, the smallest draws share the last one."""

    def column(head: str, sources: Sequence[str]) -> Column[CashWeek]:
        return (
            f"from {head}",
            "right",
            lambda w: show(sum((w.draws_usd.get(s, Fraction(0)) for s in sources), Fraction(0))),
        )

    sources = list(plan.problem.sources)
    if len(sources) <= limit:
        return [column(source, [source]) for source in sources]
    drawn = {s: sum(w.draws_usd.get(s, Fraction(0)) for w in plan.judgement.cash) for s in sources}
    sources.sort(key=lambda s: (-drawn[s], s))
    return [*(column(s, [s]) for s in sources[: limit - 1]), column("others", sources[limit - 1 :])]


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


def chart(plan: Plan) -> Bullets:
    """Money paid up to each week against what is released up to it."""
    weeks = plan.judgement.cash
    most = max((max(w.cash_to_date_usd, w.released_to_date_usd or 0) for w in weeks), default=0)
    name, size = f.scale(most)
    bars = tuple(
        Bullet(
            f"week {w.week}",
            float(w.cash_to_date_usd - w.cash_usd) / size,
            float(w.cash_to_date_usd) / size,
            None if w.released_to_date_usd is None else float(w.released_to_date_usd) / size,
        )
        for w in weeks
    )
    names = ("paid in earlier weeks", "paid in the week", "released to date")
    return Bullets("Money paid to date", name, names, bars)
