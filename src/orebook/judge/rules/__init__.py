"""The rules, one a module, each `breaches(ledger)`: the rows that the plan breaks.

`flow` and `lots` (what an order is: whole lots, at tiers that it may use) always hold; the others where the model
has them on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from orebook.accounting.ledger import Ledger
from orebook.extensions import Extended
from orebook.judge.judgement import Breach
from orebook.judge.rules import (
    bids,
    budget,
    ceiling,
    commit,
    convert,
    eligibility,
    entitlement,
    flow,
    frozen,
    funding,
    houses,
    lots,
    market,
    must,
    offers,
    shares,
    shelf,
    split,
    storage,
    substitute,
)
from orebook.schema.rules import RuleName

RULES: Mapping[RuleName, Callable[[Ledger], Iterator[Breach]]] = Extended(
    {
        "offers": offers.breaches,
        "storage": storage.breaches,
        "budget": budget.breaches,
        "funding": funding.breaches,
        "houses": houses.breaches,
        "eligibility": eligibility.breaches,
        "entitlement": entitlement.breaches,
        "commit": commit.breaches,
        "must": must.breaches,
        "frozen": frozen.breaches,
        "bids": bids.breaches,
        "convert": convert.breaches,
        "substitute": substitute.breaches,
        "shares": shares.breaches,
        "ceiling": ceiling.breaches,
        "shelf": shelf.breaches,
        "market": market.breaches,
        "split": split.breaches,
    },
    "rules",
    lambda rule: {rule.kind.name: rule.breaches},
)


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Every row that the plan breaks, of the rules that hold."""
    on = (find for rule, find in RULES.items() if ledger.case.model.on(rule))
    return chain(flow.breaches(ledger), lots.breaches(ledger), *(find(ledger) for find in on))
