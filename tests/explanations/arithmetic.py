"""What a fact knows by arithmetic, worked out again from the plan's tables and tickets."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.subproblem.rival import TERMS
from orebook.schema.facts import Fact
from orebook.schema.stages import FIGURE_OF
from orebook.under_way import NO_ORIGIN

GRAM = 1e-6


def wrong_by_arithmetic(counterfactuals: Counterfactuals, fact: Fact) -> Iterator[str]:
    """What speaks against a fact's plain figures, in words."""
    for check in (_short, _terms, _baseline, _left, _stranded):
        yield from check(counterfactuals, fact)


def _number(fact: Fact, name: str) -> float:
    value = fact.figures.get(name, 0.0)
    return value[0] if isinstance(value, tuple) else value


def _short(counterfactuals: Counterfactuals, fact: Fact) -> Iterator[str]:
    """Days short are target less stock over use, of the mineral's worst target; its cause may not win more back."""
    if fact.kind != "shortage" or fact.about.week is None or "short_days" not in fact.figures:
        return
    plan, mineral = counterfactuals.plan, fact.about.mineral or ""
    use = counterfactuals.problem.minerals[mineral].use_t_per_day
    target = next(t for t in counterfactuals.problem.targets if (t.mineral, t.week) == (mineral, fact.about.week))
    held = sum(float(t) for (m, _, w), t in plan.judgement.stock.items() if (m, w) == (mineral, target.week))
    short = max(0.0, target.days - held / use)
    if _number(fact, "short_days") != pytest.approx(short, abs=GRAM / use + 1e-9):
        yield f"short {_number(fact, 'short_days'):g} days, by hand {short:g}"
    if "won_days" in fact.figures and _number(fact, "won_days") > short + 1e-6 + GRAM / use:
        yield f"wins {_number(fact, 'won_days'):g} of {short:g} days"


def _terms(_counterfactuals: Counterfactuals, fact: Fact) -> Iterator[str]:
    """The terms of a landed price add up, and so do those of a difference of two."""
    for prefix, whole in (("", "landed_usd_per_t"), ("more_", "more_usd_per_t")):
        parts = [_number(fact, f"{prefix}{term}_usd_per_t") for term in TERMS]
        told = fact.kind == "ticket" and whole in fact.figures and any(parts)
        if told and sum(parts) != pytest.approx(_number(fact, whole), rel=1e-9, abs=1e-6):
            yield f"{whole} is {_number(fact, whole):g}, its terms add up to {sum(parts):g}"


def _baseline(counterfactuals: Counterfactuals, fact: Fact) -> Iterator[str]:
    """A baseline's own measure less the plan's is what the fact says."""
    if fact.kind != "baseline" or fact.method != "arithmetic":
        return
    for stage, name in FIGURE_OF.items():
        if name in fact.figures:
            apart = _number(fact, f"own_{name}") - float(counterfactuals.plan.judgement.measures[stage])
            if apart != pytest.approx(_number(fact, name), rel=1e-9, abs=1e-6):
                yield f"{name} is {_number(fact, name):g}, by hand {apart:g}"


def _left(counterfactuals: Counterfactuals, fact: Fact) -> Iterator[str]:
    """Not more rows are tight than there are, and a share is between none and all."""
    if fact.kind != "rule":
        return
    if _number(fact, "tight_rows") > _number(fact, "rows"):
        yield "more rows are tight than there are"
    if not -1e-9 <= _number(fact, "share") <= 1 + 1e-9:
        yield f"a share of {_number(fact, 'share'):g}"
    if "paid_usd" in fact.figures and _number(fact, "paying_tickets") > len(counterfactuals.plan.document.tickets):
        yield "more tickets pay than there are"


def _stranded(counterfactuals: Counterfactuals, fact: Fact) -> Iterator[str]:
    """A bar strands the tickets of its origin that are ordered before it and arrive in its week or later."""
    if fact.kind != "exposed":
        return
    mine = [t for t in counterfactuals.plan.document.tickets if (t.origin or NO_ORIGIN) == fact.about.origin]
    lost = [t for t in mine if fact.about.week and t.arrives and t.week < fact.about.week <= t.arrives]
    cash = sum(t.order_cash_usd for t in lost)
    if (_number(fact, "tickets"), _number(fact, "of_tickets")) != (len(lost), len(mine)):
        yield f"strands {_number(fact, 'tickets'):g} of {_number(fact, 'of_tickets'):g}, by hand {len(lost)} of {len(mine)}"
    if _number(fact, "stranded_usd") != pytest.approx(cash, rel=1e-9, abs=1e-6):
        yield f"strands USD {_number(fact, 'stranded_usd'):g}, by hand {cash:g}"
