"""How differences of a stage's measure are said: 12.5 weighted days more short, USD 3.00 m less."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from orebook import formats as f
from orebook.schema.facts import Fact, Interval
from orebook.schema.stages import STAGE_OF, stage_of

NOTHING_USD = 1e-6
"""An amount that is rounding."""
Say = tuple[Callable[[float], str], str, str, str]
"""What writes an amount, what follows it where it is worse, and where it is better, and what it is of."""

_SAYS: dict[str, Say] = {
    "unmet_days": (
        f.days,
        "weighted days more not served",
        "weighted days fewer not served",
        "withdrawals not served",
    ),
    "fair_share": (
        f.percent,
        "points more of the worst target short",
        "points less of the worst target short",
        "the worst target",
    ),
    "cover_days": (f.days, "weighted days more short", "weighted days fewer short", "days short"),
    "cost_usd": (f.usd, "more cost", "less cost", "cost"),
    "value_usd": (
        f.usd,
        "worse in cost and days short",
        "better in cost and days short",
        "cost and days short",
    ),
}


def measured(fact: Fact, prefix: str = "") -> list[str]:
    """Every difference of a measure in a fact, stage by stage; one of nothing is left out.

    Where the gaps tell none of them, that is all there is to say. `prefix` stands before the figures' names.
    """
    found = {name: fact.figures[prefix + name] for name in STAGE_OF if prefix + name in fact.figures}
    said = [(untold(name, value), difference(name, value)) for name, value in found.items()]
    texts = [(open_, text) for open_, text in said if text]
    if texts and all(open_ for open_, _ in texts):
        return ["no difference that can be proven"]
    return [text for _, text in texts]


def nothing(facts: Iterable[tuple[str, float | Interval]]) -> bool:
    """Whether all these differences are none, to dust."""
    return not any(difference(name, value) for name, value in facts)


def untold(name: str, value: float | Interval) -> bool:
    """Whether a difference may be to the good or to the bad."""
    low, high = _swept(name, value)
    return low < 0 < high


def difference(name: str, value: float | Interval) -> str:
    """A difference of the figure; empty where there is none to be printed."""
    low, high = _swept(name, value)
    write, worse, better, of = _SAYS.get(name) or _by_table(name)
    if not set(write(max(abs(low), abs(high)))) & set("123456789"):
        return ""
    if low < 0 < high:
        return f"no difference in {of} that can be proven"
    near, far = sorted((abs(low), abs(high)))
    word = worse if high > 0 else better
    if not near:
        return f"at most {write(far)} {word}"
    if write(near) == write(far):
        return f"{write(far)} {word}"
    return f"{write(near)} to {write(far)} {word}"


def _by_table(name: str) -> Say:
    """Of a stage that a package brings, as its entry in the table has it."""
    stage = stage_of(name)
    return partial(f.amount, unit=stage.unit), f"more {stage.counts}", f"less {stage.counts}", stage.label


def _swept(name: str, value: float | Interval) -> Interval:
    """The ends of a difference without dust."""
    low, high = value if isinstance(value, tuple) else (value, value)
    dust = stage_of(name).least_told
    return (0.0 if abs(low) < dust else low), (0.0 if abs(high) < dust else high)


def listed(parts: list[str], nothing: str) -> str:
    """Parts of a sentence, one after the other; `nothing` where there are none."""
    return ", ".join(parts) or nothing


def number(fact: Fact, name: str) -> float:
    """A figure that is one number; 0 where the fact has none of that name."""
    value = fact.figures.get(name, 0.0)
    return value[0] if isinstance(value, tuple) else value
