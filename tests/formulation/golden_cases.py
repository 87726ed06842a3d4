"""The tiny problem of each golden file: every part of the formulation built alone, with only the rules it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orebook.formulation.build import Formulation, build
from orebook.problem import Problem
from orebook.schema.rules import RuleName
from orebook.schema.stages import StageName
from tests.formulation import golden_parts as parts
from tests.formulation import golden_rules as rules
from tests.formulation import rows
from tests.formulation.models import model


@dataclass(frozen=True)
class Case:
    """A problem, the rules and the stage that are on, and the lines that the golden file has of the built model."""

    problem: Callable[[], Problem]
    lines: Callable[[Formulation], list[str]]
    rules: tuple[RuleName, ...] = ()
    stage: StageName = "tickets"

    def text(self) -> list[str]:
        """The lines of the part as it is built, sorted."""
        return sorted(self.lines(build(self.problem(), model(*self.rules, stages=(self.stage,)))))


def _of_rule(name: RuleName) -> Callable[[Formulation], list[str]]:
    return lambda f: rows.rows(f, name)


def _of_stage(name: StageName) -> Callable[[Formulation], list[str]]:
    return lambda f: [rows.measure(f, name), *(r for r in rows.rows(f, "stage") if not r.startswith("short_of_"))]


PARTS: dict[str, Case] = {
    "prices": Case(parts.prices, rows.slots, ("offers",)),
    "links": Case(parts.links, lambda f: rows.rows(f, "orders"), ("offers",)),
    "variables": Case(parts.goods, rows.bounds, ("offers", "storage", "funding")),
    "flow": Case(parts.goods, lambda f: rows.rows(f, "flow"), ("offers", "storage")),
    "costs": Case(
        parts.money,
        lambda f: [*rows.rows(f, "money"), *(rows.expression(f, name) for name in ("handling", "rent", "interest"))],
        ("funding", "houses"),
    ),
    "loans": Case(
        parts.loans,
        lambda f: [*rows.rows(f, "flow"), *rows.rows(f, "ceiling"), *(b for b in rows.bounds(f) if "put[" in b)],
        ("offers", "ceiling"),
    ),
    "returns": Case(
        parts.returns,
        lambda f: [
            *(r for r in rows.rows(f, "money", "budget", "funding") if not r.startswith("week_cash")),
            *(rows.expression(f, name) for name in ("interest", "fees")),
            *(b for b in rows.bounds(f) if any(name in b for name in ("draw[", "receipts[", "repay[", "idle["))),
        ],
        ("offers", "budget", "funding"),
    ),
    "sales": Case(
        rules.bids,
        lambda f: [
            *(r for r in rows.rows(f, "flow", "money") if not r.startswith("waste_")),
            *(b for b in rows.bounds(f) if any(name in b for name in ("sell[", "sale_lots[", "sale[", "receipts["))),
        ],
        ("bids", "funding"),
    ),
    "conversions": Case(
        rules.convert,
        lambda f: [
            *rows.rows(f, "flow"),
            *(r for r in rows.rows(f, "money") if r.startswith("week_cash")),
            *(b for b in rows.bounds(f) if any(name in b for name in ("put[", "convert[", "conversion_lots["))),
        ],
        ("convert",),
    ),
    "ageing": Case(
        rules.shelf,
        lambda f: [
            *(r for r in rows.rows(f, "flow") if r.startswith("waste_")),
            *(b for b in rows.bounds(f) if "waste[" in b),
        ],
        ("bids", "convert", "shelf"),
    ),
    "stand_ins": Case(
        rules.substitute,
        lambda f: [*(r for r in rows.rows(f, "stage") if r.startswith("short_of_")), *rows.rows(f, "must")],
        ("substitute", "must"),
    ),
    "suppliers": Case(
        rules.split,
        lambda f: [r for r in rows.rows(f, "orders") if r.startswith(("buys_", "supplies_"))],
        ("offers", "split"),
    ),
    "shortage": Case(parts.targets, lambda f: [r for r in rows.rows(f, "stage") if r.startswith("short_of_")]),
}
RULE_CASES: dict[RuleName, Case] = {
    "offers": Case(rules.offers, lambda f: [*rows.slots(f), *rows.rows(f, "offers")], ("offers",)),
    "storage": Case(rules.storage, _of_rule("storage"), ("offers", "storage")),
    "budget": Case(rules.budget, _of_rule("budget"), ("budget",)),
    "funding": Case(rules.funding, _of_rule("funding"), ("funding",)),
    "houses": Case(rules.houses, _of_rule("houses"), ("houses",)),
    "eligibility": Case(
        rules.eligibility, lambda f: [*rows.slots(f), *rows.rows(f, "eligibility")], ("offers", "eligibility")
    ),
    "entitlement": Case(rules.entitlement, _of_rule("entitlement"), ("entitlement",)),
    "commit": Case(rules.commit, _of_rule("commit"), ("offers", "commit")),
    "must": Case(rules.must, _of_rule("must"), ("must",)),
    "frozen": Case(
        rules.frozen, lambda f: [*rows.slots(f), *rows.rows(f, "frozen")], ("offers", "eligibility", "frozen")
    ),
    "bids": Case(rules.bids, _of_rule("bids"), ("bids",)),
    "convert": Case(rules.convert, _of_rule("convert"), ("convert",)),
    "substitute": Case(rules.substitute, _of_rule("substitute"), ("substitute", "must")),
    "shares": Case(rules.shares, _of_rule("shares"), ("offers", "shares")),
    "ceiling": Case(rules.ceiling, _of_rule("ceiling"), ("offers", "ceiling")),
    "shelf": Case(rules.shelf, _of_rule("shelf"), ("bids", "convert", "shelf")),
    "market": Case(rules.market, _of_rule("market"), ("offers", "market")),
    "split": Case(rules.split, _of_rule("split"), ("offers", "split")),
}
STAGE_CASES: dict[StageName, Case] = {
    "unmet": Case(parts.targets, _of_stage("unmet"), stage="unmet"),
    "ration": Case(parts.targets, _of_stage("ration"), stage="ration"),
    "fair": Case(parts.targets, _of_stage("fair"), stage="fair"),
    "cover": Case(parts.targets, _of_stage("cover"), stage="cover"),
    "cost": Case(parts.money, _of_stage("cost"), ("funding",), stage="cost"),
    "value": Case(parts.targets, _of_stage("value"), stage="value"),
    "changes": Case(parts.changes, _of_stage("changes"), ("offers",), stage="changes"),
    "tickets": Case(parts.links, _of_stage("tickets"), ("offers",), stage="tickets"),
}
CASES: dict[str, Case] = {
    **{f"parts/{name}": case for name, case in PARTS.items()},
    **{f"rules/{name}": case for name, case in RULE_CASES.items()},
    **{f"stages/{name}": case for name, case in STAGE_CASES.items()},
}
"""Golden file -> its case."""
