"""Clashing rules in the instance's words."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.problem import Problem
from orebook.schema.plan import ClashRow, Mend

_WHOLE = {
    "offers": "what the offers allow: their sizes, weeks and lead times",
    "storage": "what the stores hold and take in a week",
    "funding": "what the sources of money give, and when",
    "eligibility": "which origins, content and scores may be bought",
    "frozen": "the prior plan's tickets in the frozen weeks",
}


def parts_of(row: str) -> tuple[str, tuple[str, ...]]:
    """`must_cover[gallium,13]` -> ("must_cover", ("gallium", "13"))."""
    name, _, rest = row.partition("[")
    return name, tuple(rest.rstrip("]").split(",")) if rest else ()


def row_unit(row: str) -> str:
    """The unit of a row's limit."""
    name, _ = parts_of(row)
    if name in ("budget_total", "budget_released", "budget_mineral", "house_spend"):
        return "USD"
    return "houses" if name in ("houses_engaged", "split_min_houses", "split_max_houses") else "t"


def row_says(problem: Problem, rule: str, row: str) -> str:
    """What a rule or one of its rows asks."""
    name, key = parts_of(row)
    if not row:
        return _WHOLE[rule]
    if name == "must_cover":
        target = next(t for t in problem.targets if (t.mineral, str(t.week)) == key)
        return f"{key[0]} must have {target.must_days:g} days of cover at the end of week {key[1]}"
    if name == "commitment":
        return f"{problem.offers[key[0]].commit_t:g} t are committed from offer {key[0]}"
    if name == "budget_total":
        return f"the budget is {problem.budget_usd:,.0f} USD"
    if name == "budget_released":
        free = sum(u for w, u in (problem.released or {}).items() if w <= int(key[0]))
        return f"{free:,.0f} USD are released up to week {key[0]}"
    if name == "budget_mineral":
        return f"{key[0]} has a budget of {problem.minerals[key[0]].budget_usd:,.0f} USD"
    if name == "house_week":
        return f"{key[0]} delivers at most {problem.houses[key[0]].weekly_capacity_t:g} t a week (week {key[1]})"
    if name == "house_total":
        return f"{key[0]} delivers at most {problem.houses[key[0]].capacity_t:g} t in all"
    if name == "house_spend":
        return f"{key[0]} is given at most {problem.houses[key[0]].max_spend_usd:,.0f} USD"
    if name == "houses_engaged":
        return f"at most {problem.max_houses} houses are engaged"
    return row


def mend_says(problem: Problem, row: str, by: float, unit: str) -> str:
    """What to change, and by how much."""
    name, key = parts_of(row)
    if name == "must_cover":
        use = problem.minerals[key[0]].use_t_per_day
        target = next(t for t in problem.targets if (t.mineral, str(t.week)) == key)
        return f"accept {(target.must_days or 0.0) - by / use:.2f} days of {key[0]} at the end of week {key[1]}"
    if name == "commitment":
        return f"lower the commitment to offer {key[0]} by {by:,.6g} t"
    if unit == "USD":
        return f"raise {row} by {by:,.2f} USD"
    return f"raise {row} by {by:,.6g} {unit}"


def clash_says(rows: Sequence[ClashRow], mends: Sequence[Mend]) -> str:
    """The clash in one sentence, and the ways out in another."""
    text = "No plan can keep these together: " + "; ".join(r.says for r in rows) + "."
    if mends:
        text += " Any one of these would do: " + "; ".join(m.says for m in mends) + "."
    return text
