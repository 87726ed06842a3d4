"""A statement as one JSON document: t, days of the member's own use, USD."""

from __future__ import annotations

from typing import Any

from orebook.accounting.statement import MemberStatement, MineralStatement
from orebook.exact import Fraction
from orebook.report.member.statement import Statement

TONNES = ("entitled", "drawn", "lent", "returned", "owed", "left")
"""What is told in tonnes and in days: fields of `MineralStatement`, without their unit."""


def tonnes_of(mineral: MineralStatement, what: str) -> Fraction | None:
    """Tonnes of one of `TONNES`; None where there is no limit."""
    found: Fraction | None = getattr(mineral, f"{what}_t")
    return found


def days_of(mineral: MineralStatement, what: str) -> Fraction | None:
    """The same in days of the member's own use; None where it uses none of it, too."""
    found = tonnes_of(mineral, what)
    return found / mineral.use_t_per_day if found is not None and mineral.use_t_per_day else None


def figures(statement: Statement) -> dict[str, Any]:
    """All of it; null where there is no limit, no use or no price."""
    return {
        "instance": statement.instance,
        "weeks": statement.weeks,
        "start": str(statement.begins) if statement.begins else None,
        "members": [_member(m) for m in statement.members],
    }


def _member(m: MemberStatement) -> dict[str, Any]:
    return {
        "member": m.member,
        "carry_share": float(m.carry_share),
        "rent_usd": float(m.rent_usd),
        "handling_usd": float(m.handling_usd),
        "interest_usd": float(m.interest_usd),
        "fees_usd": float(m.fees_usd),
        "carried_usd": float(m.carried_usd),
        "fee_to_date_usd": float(m.fee_to_date_usd),
        "minerals": [_mineral(x) for x in m.minerals],
    }


def _mineral(x: MineralStatement) -> dict[str, Any]:
    return {
        "mineral": x.mineral,
        "use_t_per_day": float(x.use_t_per_day),
        **{f"{what}_t": _number(tonnes_of(x, what)) for what in TONNES},
        **{f"{what}_days": _number(days_of(x, what)) for what in TONNES},
        "inventory_usd_per_t": _number(x.inventory_usd_per_t),
        "market_usd_per_t": float(x.market_usd_per_t),
        "left_inventory_usd": _number(x.inventory_usd),
        "left_market_usd": _number(x.market_usd),
    }


def _number(x: Fraction | None) -> float | None:
    return None if x is None else float(x)
