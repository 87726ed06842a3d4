"""The rule ledger: of every rule, share, floor, duty, bar and commission, whether it binds and what it costs.

What it costs is what the problem without it reaches, solved: differences of the stages' measures as intervals, and in the
plan found there the days that each mineral wins. Where the plan's own gap is open, the relaxation without the row comes
first: where it is hardly lower than what the plan is proven not to beat, a solve could prove no gain, and none is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from orebook.changes import changed
from orebook.decisions import Decisions
from orebook.explanations.engine.ablations import PRICES, Ablation, removals
from orebook.explanations.engine.counterfactuals import Answer, Counterfactuals
from orebook.explanations.engine.gains import won
from orebook.explanations.engine.monotonicity import Effect, effect_of, offers_out
from orebook.explanations.engine.relaxation_screen import at_best, nothing_to_prove
from orebook.explanations.engine.slacks import Slack, slacks, supply
from orebook.explanations.engine.stage_differences import differences
from orebook.judge import Judge
from orebook.schema.facts import Fact, Figures, Interval, Method
from orebook.schema.stages import FIGURE_OF, STAGE_OF


@dataclass(frozen=True)
class Entry:
    """A removal, and whether what it takes out binds in the plan, by arithmetic."""

    removal: Ablation
    binding: Figures


def ledger(counterfactuals: Counterfactuals, rule: str | None = None, row: str | None = None) -> Iterator[Fact]:
    """The facts of all that can be taken out, or of one rule (its rows with it), or of one row; the likely dear first.

    `rule` is a rule of the model, `floors`, `duties` or `commission`; `row` is a name as `entries` has it.
    """
    for entry in entries(counterfactuals):
        about = entry.removal.about
        if rule in (None, about.rule) and row in (None, about.row):
            yield fact_of(counterfactuals, entry)


def entries(counterfactuals: Counterfactuals) -> list[Entry]:
    """All that can be taken out, in the order of what it is likely to cost: by what the plan pays for it, or has left."""
    listed = removals(counterfactuals.problem, counterfactuals.model)
    return sorted((Entry(removal, _binding(counterfactuals, removal)) for removal in listed), key=_likely)


def _likely(entry: Entry) -> tuple[float, ...]:
    """Whole rules with most tight rows, then what most is paid for, then rows with least left."""
    about, figures = entry.removal.about, entry.binding
    if about.rule in PRICES:
        return (1, -_plain(figures, "paid_usd"))
    return (0, -_plain(figures, "tight_rows")) if about.row is None else (2, _plain(figures, "left_pct"))


def ranked(facts: Iterable[Fact]) -> list[Fact]:
    """Facts by what their rule costs: most is proven, then most is possible, stage by stage; ties by name."""

    def cost(fact: Fact) -> tuple[object, ...]:
        measures = [_interval(fact, name) for name in STAGE_OF if name in fact.figures]
        return (*(end for low, high in measures[:1] for end in (high, low)), *measures[1:])

    return sorted(facts, key=lambda fact: (cost(fact) or (0.0, 0.0), fact.about.rule or "", fact.about.row or ""))


def fact_of(counterfactuals: Counterfactuals, entry: Entry) -> Fact:
    """The fact of one entry. Raises RefutedError where its solve does not stand up to the check."""
    changes, effect = entry.removal.changes, effect_of(counterfactuals, entry.removal)
    if effect == "nothing":
        return _fact(entry, "arithmetic", {FIGURE_OF[stage]: (0.0, 0.0) for stage in counterfactuals.base})
    if effect == "looser" and nothing_to_prove(counterfactuals, changes):
        return _fact(entry, "bound", at_best(counterfactuals, changes))
    answer, held = _solved(counterfactuals, changes, effect)
    if answer is None:
        return (
            _fact(entry, "bound", at_best(counterfactuals, changes))
            if effect == "looser"
            else _fact(entry, "solve", {})
        )
    measures = differences(counterfactuals, answer, changes, held=bool(held), better=effect == "looser")
    return _fact(entry, "solve", {**measures, **won(counterfactuals, answer)}, held)


def _solved(
    counterfactuals: Counterfactuals, changes: tuple[str, ...], effect: Effect
) -> tuple[Answer | None, frozenset[str]]:
    """The best plan found without it, and the minerals held for it.

    Where nothing is known beforehand, the plan's own tickets are likely a plan still, found at once: that is tried first
    where the relaxation wins less than the plan's gap, and last where the search found nothing in time.
    """
    free, held = frozenset[str](), counterfactuals.others()
    if effect == "looser" or counterfactuals.plan.document.given_up:
        return counterfactuals.solve(changes), free
    small = nothing_to_prove(counterfactuals, changes, part=1.0)
    for minerals in (held, free) if small else (free, held):
        if answer := counterfactuals.solve(changes, minerals):
            return answer, minerals
    return None, free


def _fact(entry: Entry, method: Method, figures: Figures, held: frozenset[str] = frozenset()) -> Fact:
    about, changes = entry.removal.about, entry.removal.changes
    return Fact(
        kind="rule",
        about=about,
        figures={**entry.binding, **figures},
        method=method,
        held=tuple(sorted(held)),
        changes=changes,
    )


def _binding(counterfactuals: Counterfactuals, removal: Ablation) -> Figures:
    """Whether it binds, by arithmetic: rows and how many are tight, offers kept out, money that the plan pays for it."""
    about = removal.about
    if about.rule in PRICES:
        return _paid(counterfactuals, removal)
    if about.rule == "eligibility":
        return {"offers_out": offers_out(counterfactuals.problem, about.row)}
    rows = slacks(counterfactuals.plan, about.rule or "")
    tight = {} if rows is None else _tight([s for s in rows if about.row in (None, s.row)])
    return {**tight, **_share(counterfactuals, removal)}


def _tight(rows: list[Slack]) -> Figures:
    figures: Figures = {"rows": len(rows), "tight_rows": sum(s.tight for s in rows)}
    return {**figures, "left_pct": min(s.left_pct for s in rows)} if rows else figures


def _share(counterfactuals: Counterfactuals, removal: Ablation) -> Figures:
    if removal.share is None:
        return {}
    total, supplied = supply(counterfactuals.plan, removal.share)
    limit = removal.share.max_share if (removal.about.row or "").startswith("share_max") else removal.share.min_share
    return {"share": float(supplied / total) if total else 0.0, "limit_share": limit or 0.0}


def _paid(counterfactuals: Counterfactuals, removal: Ablation) -> Figures:
    """What the plan's tickets cost more for it than they would without."""
    after = Judge(changed(counterfactuals.problem, removal.changes), counterfactuals.model).judge(
        Decisions.of(counterfactuals.plan.document)
    )
    now = counterfactuals.plan.judgement.tickets
    less = [t.order_cash_usd - u.order_cash_usd for t, u in zip(now, after.tickets, strict=True)]
    return {"paid_usd": sum(less), "paying_tickets": sum(abs(usd) > 0.005 for usd in less)}


def _plain(figures: Figures, name: str) -> float:
    value = figures.get(name, 0.0)
    return value[0] if isinstance(value, tuple) else value


def _interval(fact: Fact, name: str) -> Interval:
    value = fact.figures[name]
    return value if isinstance(value, tuple) else (value, value)
