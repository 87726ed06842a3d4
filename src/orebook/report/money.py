"""What the plan costs, and its money by week and source against what is released."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from orebook import formats as f
from orebook.accounting.weeks import CashWeek
from orebook.exact import Fraction
from orebook.plan import Plan
from orebook.report.bullets import Bullet, Bullets
from orebook.report.table import Column, Table

DRAWS = 3
"""Columns of sources that a terminal has room for."""
LINES = (
    ("goods_usd", "goods"),
    ("commission_usd", "commission"),
    ("duty_usd", "duty"),
    ("freight_usd", "freight"),
    ("top_up_usd", "top-up to producers under contracts for difference"),
    ("levy_usd", "levy of the border up to a reference price"),
    ("order_fees_usd", "order fees"),
    ("engage_fees_usd", "engagement fees"),
    ("due_usd", "orders already under way"),
    ("sale_fees_usd", "fees of sales"),
    ("conversion_fees_usd", "fees of conversions"),
    ("later_usd", "less what is paid after the last week"),
    ("not_due_usd", "what is not due, as goods are lost or too late"),
    ("cash_usd", "cash of the plan"),
    ("receipts_usd", "less what comes in"),
    ("handling_usd", "handling"),
    ("rent_usd", "rent"),
    ("interest_usd", "interest"),
    ("fees_usd", "fees of sources"),
    ("total_usd", "cost of the plan"),
    ("top_up_other_usd", "top-up to producers that another pays, in no cost"),
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
