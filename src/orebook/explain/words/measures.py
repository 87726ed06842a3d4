"""How differences of a stage's measure are said: 12.5 weighted days more short, USD 3.00 m less."""

from __future__ import annotations

from collections.abc import Callable

from orebook.explain.names import STAGE_OF
from orebook.report import formats as f
from orebook.schema.facts import Fact, Interval

NOTHING = 1e-6
"""An amount that is rounding."""
Say = tuple[Callable[[float], str], str, str]
"""What writes an amount, what follows it where it is worse, and where it is better."""

_SAYS: dict[str, Say] = {
    "unmet_days": (f.days, "weighted days more not served", "weighted days fewer not served"),
    "fair_share": (f.percent, "points more of the worst target short", "points less of the worst target short"),
    "cover_days": (f.days, "weighted days more short", "weighted days fewer short"),
    "cost_usd": (f.usd, "more cost", "less cost"),
    "value_usd": (f.usd, "worse in cost and days short", "better in cost and days short"),
}


def measured(fact: Fact) -> list[str]:
    """Every difference of a measure in a fact, stage by stage; one of nothing is left out."""
    said = [difference(name, fact.figures[name]) for name in STAGE_OF if name in fact.figures]
    return [text for text in said if text]


def difference(name: str, value: float | Interval) -> str:
    """A difference of the figure; empty where there is none to be printed."""
    low, high = value if isinstance(value, tuple) else (value, value)
    write, worse, better = _SAYS[name]
    if not set(write(max(abs(low), abs(high)))) & set("123456789"):
        return ""
    if low < -NOTHING and high > NOTHING:
        return f"between {write(-low)} {better} and {write(high)} {worse}, which the gap cannot tell apart"
    near, far = sorted((abs(low), abs(high)))
    word = worse if high > NOTHING else better
    if near <= NOTHING:
        return f"at most {write(far)} {word}"
    if write(near) == write(far):
        return f"{write(far)} {word}"
    return f"{write(near)} to {write(far)} {word}"


def listed(parts: list[str], nothing: str) -> str:
    """Parts of a sentence, one after the other; `nothing` where there are none."""
    return ", ".join(parts) or nothing


def number(fact: Fact, name: str) -> float:
    """A figure that is one number; 0 where the fact has none of that name."""
    value = fact.figures.get(name, 0.0)
    return value[0] if isinstance(value, tuple) else value
