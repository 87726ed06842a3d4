"""Words of the rule ledger: what a rule or row is, whether it binds, and what it costs."""

from __future__ import annotations

from orebook import formats as f
from orebook.explanations.engine.gains import WON_DAYS
from orebook.explanations.words.stage_measures import NOTHING_USD, listed, measured, nothing, number
from orebook.schema.facts import Fact
from orebook.schema.stages import STAGE_OF

MAX_ROWS_TOLD = 3
"""Minerals that are named in a sentence."""


def says(fact: Fact) -> str:
    """What it is, how it binds, what would be without it."""
    return f"{_name(fact)} ({_binds(fact)}): {_cost(fact)}."


def _name(fact: Fact) -> str:
    kind, _, inside = (fact.about.row or "").partition("[")
    parts = [part.strip() for part in inside.removesuffix("]").split(",")]
    match kind, parts:
        case ("share_max" | "share_min", [mineral, by, name]):
            of = "all order cash" if mineral == "*" else mineral
            return f"The {'largest' if kind == 'share_max' else 'least'} share of {by} {name} in {of}"
        case "floor", [mineral, origin]:
            return f"The price floor of {mineral} from {origin or 'every origin'}"
        case "duty", [place, mineral]:
            return f"The duty on {'everything' if mineral == '*' else mineral} from {place}"
        case "commission", [house]:
            return f"The commission of {house}"
        case "origin_barred", [origin]:
            return f"The bar on {origin}"
        case "content_restricted", _:
            return "The limit on restricted content"
        case "esg_minimum", _:
            return "The least ESG score"
    return "All price floors together" if fact.about.rule == "floors" else f"The rule {fact.about.rule}"


def _binds(fact: Fact) -> str:
    parts = []
    if "offers_out" in fact.figures:
        parts.append(f"keeps out {f.count(int(number(fact, 'offers_out')), 'offer')}")
    if "paid_usd" in fact.figures:
        paid = number(fact, "paid_usd")
        parts.append(_paid(paid))
    if "limit_share" in fact.figures:
        parts.append(f"{f.percent(number(fact, 'share'))} of {f.percent(number(fact, 'limit_share'))}")
    elif "rows" in fact.figures:
        parts.append(f"{f.count(int(number(fact, 'rows')), 'row')}, {int(number(fact, 'tight_rows'))} tight")
    return ", ".join(parts) or "what is left of it is not known"


def _paid(usd: float) -> str:
    """What the plan pays for it; below 0 it is paid: its part of prices above a floor."""
    if usd < -NOTHING_USD:
        return f"the plan gets {f.usd(-usd)} by it"
    return f"the plan pays {f.usd(usd)} for it" if usd > NOTHING_USD else "the plan pays nothing for it"


def _cost(fact: Fact) -> str:
    found = [(name, fact.figures[name]) for name in STAGE_OF if name in fact.figures]
    if not found:
        return "without it no plan was found in time"
    if nothing(found):
        return "costs nothing"
    kept = "; found with the plan's own tickets" if fact.held else ""
    return f"without it {gains(fact, 'the plan stays as good as it is')}{won_says(fact, MAX_ROWS_TOLD)}{kept}"


def gains(fact: Fact, none: str) -> str:
    """The differences of the measures; where a bound alone is known, that the gap tells none."""
    said = listed(measured(fact), none)
    return f"nothing that the gap can tell ({said})" if fact.method == "bound" else said


def won_says(fact: Fact, most: int) -> str:
    """The minerals that win and those that lose most in the plan found; empty where none does either."""
    days = {n.removeprefix(WON_DAYS): number(fact, n) for n in fact.figures if n.startswith(WON_DAYS)}
    more = [f"{mineral} {f.days(d)} days more" for mineral, d in days.items() if d > 0]
    less = [f"{mineral} {f.days(-d)} days less" for mineral, d in reversed(days.items()) if d < 0]
    parts = more[:most] + less[:most]
    return f"; in the plan found {', '.join(parts)}" if parts else ""
