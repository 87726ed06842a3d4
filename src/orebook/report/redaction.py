"""What leaves the house without prices, targets or the names of houses: taken out of plan and facts before anything is made.

prices   every amount of USD and per cent of a price becomes NaN, which reads as withheld
targets  targets, days of cover, use and what is short go; so do the facts about shortages
houses   every house is House A, B, ... (most order cash first), in offers' names, rows, changes and sentences too

A sentence that speaks of what is hidden goes whole, as no word is known to be harmless.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from math import nan
from string import ascii_uppercase
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel

from orebook.exact import Fraction
from orebook.formats import WITHHELD
from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.schema.facts import Fact
from orebook.schema.hidden import Hidden
from orebook.schema.stages import FIGURE_OF

T = TypeVar("T")

FIGURES: Mapping[Hidden, re.Pattern[str]] = {
    "prices": re.compile(
        r"usd|price|premium|commission_pct|duty_pct|discount_pct|rate_pct|undrawn_pct|draw_fee_pct|upside_pct|benchmark|released|duties"
    ),
    "targets": re.compile(r"days|daily_use|use_t_per_day|criticality|short|won_|fair_share|ration_"),
}
"""Names of fields, figures and columns whose numbers are hidden."""
FIGURE_BY_STAGE = {str(stage): figure for stage, figure in FIGURE_OF.items()}
WORDS: Mapping[Hidden, re.Pattern[str]] = {
    "prices": re.compile(r"USD|\$|price", re.IGNORECASE),
    "targets": re.compile(r"\bdays?\b|target|short|cover", re.IGNORECASE),
}
"""What sentences that tell of them have in them."""
UNITS: Mapping[str, Hidden] = {"USD": "prices", "days": "targets", "weighted days": "targets"}
SENTENCES = frozenset({"says", "why"})
TOLD_BY_NAME = frozenset({"figures", "measures", "alone", "exact_costs"})
"""Mappings whose keys are names of figures or stages."""


def redacted(
    plan: Plan, facts: tuple[Fact, ...], dropped: tuple[str, ...], hidden: frozenset[Hidden]
) -> tuple[Plan, tuple[Fact, ...], tuple[str, ...]]:
    """The plan, its facts and why some were dropped, without what is hidden; themselves where nothing is."""
    if not hidden:
        return plan, facts, dropped
    veil = Veil(hidden, letters(plan) if "houses" in hidden else {})
    document, judgement, problem = plan.document, plan.judgement, plan.problem
    if "targets" in hidden:
        document = document.model_copy(update={"cover": (), "withdrawals": ()})
        judgement = replace(judgement, cover=(), unmet={}, withdrawals=())
        tables = problem.document.model_copy(update={"targets": None})
        problem = replace(problem, targets=(), document=tables)
        facts = tuple(f for f in facts if f.kind not in ("shortage", "mend", "whole"))
    facts = tuple(
        f for f in facts if not (f.kind == "confidence" and veil.hides(FIGURE_BY_STAGE.get(f.about.against or "", "")))
    )
    shown = Plan(veil.over(document), veil.over(problem), plan.model, veil.over(judgement))
    return shown, veil.over(facts), tuple(veil.sentence(text) for text in dropped)


def redacted_hedge(hedged: HedgedPlan, hidden: frozenset[Hidden]) -> HedgedPlan:
    """A hedged plan's document without what is hidden; itself where nothing is. Its worth goes where its stage is hidden."""
    if not hidden:
        return hedged
    veil = Veil(hidden, letters(hedged.main) if "houses" in hidden else {})
    document, worth = hedged.document, hedged.document.worth
    if worth is not None:
        gone = veil.hides(FIGURE_BY_STAGE.get(worth.stage, ""))
        kept = None if gone else worth.model_copy(update={"plain_says": veil.sentence(worth.plain_says)})
        document = document.model_copy(update={"worth": kept})
    return replace(hedged, document=veil.over(document))


def letters(plan: Plan) -> dict[str, str]:
    """House -> the letter it goes by, most order cash first, so that the alphabet tells nothing."""
    cash: dict[str, float] = defaultdict(float)
    for ticket in plan.document.tickets:
        cash[ticket.house] += ticket.order_cash_usd
    names = sorted(plan.problem.houses, key=lambda h: (-cash[h], h))
    return {name: _letter(n) for n, name in enumerate(names)}


def _letter(n: int) -> str:
    rest, last = divmod(n, len(ascii_uppercase))
    return (_letter(rest - 1) if rest else "") + ascii_uppercase[last]


@dataclass(frozen=True)
class Veil:
    """Hides in whatever it is laid over; `houses` maps their names to letters."""

    hidden: frozenset[Hidden]
    houses: Mapping[str, str]

    def over(self, value: T, name: str = "") -> T:
        """The same thing without what is hidden; `name` is the field or figure that it stands in."""
        return self._over(value, name)  # type: ignore[no-any-return]

    def _over(self, value: Any, name: str) -> Any:
        if isinstance(value, BaseModel):
            inside = {n: self._over(getattr(value, n), n) for n in type(value).model_fields}
            return value.model_copy(update={**inside, **self._by_unit(value)})
        if is_dataclass(value) and not isinstance(value, type):
            inside = {f.name: self._over(getattr(value, f.name), f.name) for f in fields(value)}
            return replace(value, **{**inside, **self._by_unit(value)})
        if isinstance(value, Mapping):
            return self._mapping(value, name)
        if isinstance(value, tuple | frozenset):
            return type(value)(self._over(item, name) for item in value)
        if isinstance(value, str):
            return self._text(value, name)
        amount = isinstance(value, int | float | Fraction) and not isinstance(value, bool)
        return nan if amount and self.hides(name) else value

    def _mapping(self, value: Mapping[Any, Any], name: str) -> Mapping[Any, Any]:
        names = {k: FIGURE_BY_STAGE.get(k, k) if name in TOLD_BY_NAME else name for k in value}
        told = {k for k, n in names.items() if n != name and "." in n and self.hides(n)}  # the key itself tells
        made = {self._over(k, ""): self._over(v, names[k]) for k, v in value.items() if k not in told}
        return made if isinstance(value, dict) else MappingProxyType(made)

    def hides(self, name: str) -> bool:
        """Whether numbers of a field, figure or column of that name are hidden."""
        return any(FIGURES[h].search(name) for h in self.hidden if h in FIGURES)

    def _by_unit(self, value: Any) -> dict[str, float]:
        """Amounts whose unit or stage is said beside them."""
        stage, unit = getattr(value, "stage", ""), getattr(value, "unit", "")
        if self.hides(FIGURE_BY_STAGE.get(stage, "")):
            return dict.fromkeys(("value", "bound", "final"), nan)
        hidden = UNITS.get(unit) in self.hidden
        return {n: nan for n in ("by", "limit") if hidden and getattr(value, n, None) is not None}

    def _text(self, text: str, name: str) -> str:
        if name in SENTENCES:
            return self.sentence(text)
        return self._named(self._change(text) if name == "changes" else text)

    def sentence(self, text: str) -> str:
        """A sentence with the houses' letters; empty where it tells of what is hidden."""
        return "" if any(WORDS[h].search(text) for h in self.hidden if h in WORDS) else self._named(text)

    def _change(self, change: str) -> str:
        """A change without the number that it sets, where its column is hidden."""
        address, sign, value = change.partition("=")
        told = re.search(r"\d", value) and not value.endswith("%")
        return f"{address}{sign}{WITHHELD}" if told and self.hides(change) else change

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        """Houses' names, however their words are joined; short ones only where they stand alone."""
        found = []
        for name in sorted(self.houses, key=len, reverse=True):
            words = r"[\s_-]+".join(map(re.escape, re.split(r"[\s_-]+", name)))
            found.append(words if len(name) > 3 else rf"(?<![A-Za-z0-9]){words}(?![A-Za-z0-9])")
        return re.compile("|".join(found), re.IGNORECASE) if found else None

    def _named(self, text: str) -> str:
        return self._names.sub(self._letter, text) if self._names else text

    def _letter(self, found: re.Match[str]) -> str:
        """House A; house-a where it is part of a longer name or an address."""
        plain = re.sub(r"[\s_-]+", " ", found.group()).lower()
        letter = next(x for name, x in self.houses.items() if re.sub(r"[\s_-]+", " ", name).lower() == plain)
        before, after = found.string[: found.start()][-1:], found.string[found.end() :][:2]
        inside = before in tuple("-_./=:") or after[:1] in tuple("-_/") or re.match(r"\.\w", after)
        return f"house-{letter.lower()}" if inside else f"House {letter}"
