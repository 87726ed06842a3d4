"""Clashing rules in the instance's words."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.problem import Problem
from orebook.schema.plan import ClashRow, Remedy
from orebook.schema.rules import RULES, name_and_keys


def row_says(problem: Problem, rule: str, row: str) -> str:
    """What a rule or one of its rows asks."""
    name, key = name_and_keys(row)
    if not row:
        return RULES[rule].asks
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
    if name == "market_week":
        return f"of {key[0]} at most a part of a week's market is bought (week {key[1]})"
    if name == "cover_ceiling":
        return f"of {key[0]} at most {problem.minerals[key[0]].max_days:g} days are held (week {key[1]})"
    if name == "split_min_houses":
        return f"{key[0]} is bought from at least {problem.minerals[key[0]].min_houses} houses"
    if name == "split_max_houses":
        return f"{key[0]} is bought from at most {problem.minerals[key[0]].max_houses} houses"
    return row


def clash_says(rows: Sequence[ClashRow], mends: Sequence[Remedy]) -> str:
    """The clash in one sentence, and the ways out in another."""
    text = "No plan can keep these together: " + "; ".join(r.says for r in rows) + "."
    if mends:
        text += " Any one of these would do: " + "; ".join(f"{m.says} ({m.change})" for m in mends) + "."
    return text
