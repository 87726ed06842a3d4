"""The lists behind plan.tickets, plan.cover and the rest: a dict a row, units in the keys, the judge's figures."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from orebook.accounting.weeks import CashWeek
from orebook.exact import Fraction, exact
from orebook.judge.judgement import Judgement
from orebook.problem import Problem

Rows = list[dict[str, Any]]


def stock_without_buying(problem: Problem) -> dict[tuple[str, int], Fraction]:
    """(mineral, week) -> tonnes at the end of the week if nothing were bought.

    Stock and what is already under way; withdrawals are served as far as they reach.
    """
    moves: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    level: dict[str, Fraction] = defaultdict(Fraction)
    for (mineral, _site), tonnes in problem.stock.items():
        level[mineral] += exact(tonnes)
    for order in problem.inbound:
        moves[order.mineral, order.week] += exact(order.tonnes)
    for withdrawal in problem.withdrawals.values():
        moves[withdrawal.mineral, withdrawal.week] -= exact(withdrawal.tonnes)
    end = {}
    for week in range(1, problem.weeks + 1):
        for mineral in problem.minerals:
            level[mineral] = max(Fraction(0), level[mineral] + moves[mineral, week])
            end[mineral, week] = level[mineral]
    return end


def cover_rows(problem: Problem, judgement: Judgement) -> Rows:
    """A row a target: cover in days without buying anything and with the plan, and how far it stays short."""
    before = stock_without_buying(problem)
    rows = []
    for cover in judgement.cover:
        use = exact(problem.minerals[cover.mineral].use_t_per_day)
        row = cover.model_dump()
        days = float(before[cover.mineral, cover.week] / use)
        rows.append(
            {
                "mineral": row.pop("mineral"),
                "week": row.pop("week"),
                "stock_t": row.pop("stock_t"),
                "cover_before_days": days,
                **row,
            }
        )
    return rows


def mineral_rows(problem: Problem, judgement: Judgement) -> Rows:
    """A row a mineral: what is bought of it and from how many, its stock and cover, and its worst target."""
    before, last = stock_without_buying(problem), problem.weeks
    end: dict[str, Fraction] = defaultdict(Fraction)
    for (stored, _site, week), tonnes in judgement.stock.items():
        if week == last:
            end[stored] += tonnes
    worst = {c.mineral: c for c in sorted(judgement.cover, key=lambda c: (c.short_days, c.week))}
    found = []
    for name, mineral in problem.minerals.items():
        tickets, use = [t for t in judgement.tickets if t.mineral == name], exact(mineral.use_t_per_day)
        target = worst.get(name)
        found.append(
            {
                "mineral": name,
                "use_t_per_day": mineral.use_t_per_day,
                "tickets": len(tickets),
                "houses": len({t.house for t in tickets}),
                "bought_t": float(sum((exact(t.tonnes) for t in tickets), Fraction(0))),
                "order_cash_usd": float(sum((exact(t.order_cash_usd) for t in tickets), Fraction(0))),
                "stock_before_t": float(
                    sum((exact(t) for (m, _), t in problem.stock.items() if m == name), Fraction(0))
                ),
                "stock_t": float(end[name]),
                "cover_before_days": float(before[name, last] / use) if use else None,
                "cover_days": float(end[name] / use) if use else None,
                "target_week": target.week if target else None,
                "target_days": target.target_days if target else None,
                "short_days": target.short_days if target else None,
            }
        )
    return found


def cash_rows(problem: Problem, judgement: Judgement) -> Rows:
    """A row a week: what is paid and for what, what is released up to it (None: no limit), and each source's draw.

    Where money may come in, that too, with what is paid back to each source.
    """
    return [
        {
            "week": week.week,
            "orders_usd": float(week.orders_usd),
            "engage_usd": float(week.engage_usd),
            "due_usd": float(week.due_usd),
            **({"sale_fees_usd": float(week.sale_fees_usd)} if problem.bids else {}),
            **({"conversion_fees_usd": float(week.conversion_fees_usd)} if problem.conversions else {}),
            "cash_usd": float(week.cash_usd),
            "cash_to_date_usd": float(week.cash_to_date_usd),
            "released_to_date_usd": None if week.released_to_date_usd is None else float(week.released_to_date_usd),
            **{f"draw_{source}_usd": float(week.draws_usd.get(source, 0)) for source in problem.sources},
            **(_returned(problem, week) if problem.money_returns_from is not None else {}),
        }
        for week in judgement.cash
    ]


def _returned(problem: Problem, week: CashWeek) -> dict[str, float]:
    """What comes in, what has been paid beyond it, what is paid back and what lies idle."""
    return {
        "receipts_usd": float(week.receipts_usd),
        "net_to_date_usd": float(week.net_to_date_usd),
        **{f"repay_{source}_usd": float(week.repays_usd.get(source, 0)) for source in problem.sources},
        "idle_usd": float(week.idle_usd),
    }


def store_rows(judgement: Judgement) -> Rows:
    """A row a site and week, limits as they hold that week (None: no limit)."""
    return [
        {
            "site": store.site,
            "week": store.week,
            "tonnes": float(store.tonnes),
            "volume_m3": float(store.volume_m3),
            "capacity_m3": _float(store.capacity_m3),
            "put_t": float(store.put_t),
            "inbound_t_per_week": _float(store.inbound_t_per_week),
            "value_usd": float(store.value_usd),
            "max_value_usd": _float(store.max_value_usd),
        }
        for store in judgement.stores
    ]


def _float(x: Fraction | None) -> float | None:
    return None if x is None else float(x)


def json_bytes(document: object) -> bytes:
    """A JSON document as a file."""
    return (json.dumps(document, indent=1, allow_nan=False) + "\n").encode()


def csv_bytes(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Rows as a CSV file, a column a key, blank where there is no value."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(key for row in rows for key in row)), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: "" if value is None else value for key, value in row.items()} for row in rows)
    return text.getvalue().encode()
