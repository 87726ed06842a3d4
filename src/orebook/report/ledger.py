"""What each rule, share, floor, duty, bar and commission costs, from facts."""

from __future__ import annotations

from math import isnan

from orebook import formats as f
from orebook.plan import Plan
from orebook.report.bullets import Bullet, Bullets
from orebook.report.report_input import NEGLIGIBLE, Brief, ends, less, number
from orebook.report.table import Column, Table
from orebook.schema.facts import Fact
from orebook.schema.stages import STAGE_OF

MAX_BARS = 15
SEEN = 0.004
"""Part of the longest bar that is a pixel."""
WON_DAYS = "won_days."
MAX_ROWS_TOLD = 3
"""Minerals named in a cell."""


def ranked(brief: Brief) -> list[Fact]:
    """The rules by what they cost: what is proven first, then what is possible, stage by stage."""
    return sorted(brief.of_kind("rule"), key=lambda x: (*_rank(x), x.about.rule or "", x.about.row or ""))


def _rank(fact: Fact) -> tuple[float, ...]:
    return tuple(-end for name in STAGE_OF for end in less(ends(fact, name)) or (0.0, 0.0))


def table(brief: Brief) -> Table:
    """A row a rule or row, the dearest first: whether it binds, and what the plan would win without it."""
    plan = brief.plan
    columns: list[Column[Fact]] = [
        ("rule or row", "left", called),
        ("costs weighted days", "right", lambda x: f.between(less(ends(x, "cover_days")), f.days)),
        ("costs USD", "right", lambda x: f.between(less(ends(x, "cost_usd")), f.money)),
        ("binds", "words", _binds),
        ("level", "left", lambda x: level(plan, x)),
        ("without it most days for", "words", _winners),
        ("known by", "left", lambda x: x.method),
    ]
    return Table.of("Rules and rows, the dearest first", ranked(brief), columns)


def days_chart(brief: Brief) -> Bullets:
    """Weighted days that rules cost, where they cost any."""
    return _chart(brief, "What rules cost in days of cover", "cover_days", "weighted days", 1.0)


def money_chart(brief: Brief) -> Bullets:
    """USD that rules cost, where they cost any."""
    most = max((-low for x in brief.of_kind("rule") for low, _ in [ends(x, "cost_usd") or (0.0, 0.0)]), default=0.0)
    unit, size = f.scale(most)
    return _chart(brief, "What rules cost in money", "cost_usd", unit, size)


def _chart(brief: Brief, title: str, figure: str, unit: str, size: float) -> Bullets:
    found = []
    for fact in brief.of_kind("rule"):
        low, high = less(ends(fact, figure)) or (0.0, 0.0)
        if not high <= NEGLIGIBLE:
            found.append(Bullet(called(fact), max(0.0, low) / size, high / size, None))
    found.sort(key=lambda b: (-b.before, -b.after, b.label))
    seen = [b for b in found if b.after >= SEEN * max(x.after for x in found)]
    return Bullets(title, unit, ("proven at least", "possible at most", ""), tuple(seen[:MAX_BARS]))


def called(fact: Fact) -> str:
    """The row, or the rule where it is all of its rows."""
    return fact.about.row or f"all of {fact.about.rule}"


def level(plan: Plan, fact: Fact) -> str:
    """Physics, contract or policy; prices are none of the model's rules."""
    levels = {str(rule): rule_level.level for rule, rule_level in plan.model.rules.items()}
    return levels.get(fact.about.rule or "", "price")


def _binds(fact: Fact) -> str:
    parts = []
    if "offers_out" in fact.figures:
        parts.append(f"keeps out {f.count(int(number(fact, 'offers_out')), 'offer')}")
    if "paid_usd" in fact.figures and not isnan(number(fact, "paid_usd")):
        paid = number(fact, "paid_usd")
        got = f"{f.usd(-paid)} got by it" if paid < -NEGLIGIBLE else "nothing paid for it"
        parts.append(f"{f.usd(paid)} paid for it" if paid > NEGLIGIBLE else got)
    if "limit_share" in fact.figures:
        parts.append(f"{f.percent(number(fact, 'share'))} of {f.percent(number(fact, 'limit_share'))}")
    elif "rows" in fact.figures:
        parts.append(f"{f.grouped(number(fact, 'tight_rows'))} of {f.count(int(number(fact, 'rows')), 'row')} tight")
    return ", ".join(parts)


def _winners(fact: Fact) -> str:
    won = [(name.removeprefix(WON_DAYS), number(fact, name)) for name in fact.figures if name.startswith(WON_DAYS)]
    named = [f"{mineral} {f.days(days)}" for mineral, days in won if days > 0]
    return ", ".join(named[:MAX_ROWS_TOLD]) + (
        f", {len(named) - MAX_ROWS_TOLD} more" if len(named) > MAX_ROWS_TOLD else ""
    )
