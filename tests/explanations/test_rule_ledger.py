"""What rules cost and what more of a limit buys: every fact of vault-small, done by hand and solved from scratch."""

from __future__ import annotations

from functools import cache

import pytest

from orebook.explanations.questions.margins import margins
from orebook.explanations.questions.rule_ledger import ledger, ranked
from orebook.explanations.words import worded
from orebook.schema.facts import Fact
from orebook.schema.rules import RULES
from orebook.schema.stages import STAGE_OF
from tests.explanations.solved import holds, interval, vault_small

pytestmark = pytest.mark.slow


@cache
def facts() -> tuple[Fact, ...]:
    """The ledger and the margins of vault-small."""
    return (*ledger(vault_small()), *margins(vault_small()))


@pytest.mark.parametrize("part", range(4))
def test_a_fact_does_what_it_says(part: int) -> None:
    """Its changes made and solved to gap 0: every measure moves by what the fact's intervals say."""
    mine = facts()[part::4]
    assert len(mine) > 10
    for fact in mine:
        holds(fact, vault_small())


def test_every_rule_that_is_on_stands_in_the_ledger() -> None:
    """One fact for each whole rule of the model that forbids something, one for each house's commission and all floors."""
    counterfactuals = vault_small()
    whole = {f.about.rule for f in facts() if f.kind == "rule" and f.about.row is None}
    assert whole >= {
        rule for rule in counterfactuals.model.rules if counterfactuals.model.on(rule) and not RULES[rule].allows
    }
    changes = {c for f in facts() for c in f.changes}
    assert changes >= {f"houses.{house}.commission_pct=0" for house in counterfactuals.problem.houses}


def test_the_ledger_is_ranked_by_what_rules_cost() -> None:
    """The first measure that differs decides: what is proven to cost most stands first."""
    listed = ranked(f for f in facts() if f.kind == "rule")
    first = next(name for name in STAGE_OF if name in listed[0].figures)
    ends = [interval(f.figures[first])[1] for f in listed if first in f.figures]
    assert ends == sorted(ends)


def test_more_never_hurts_the_first_stage() -> None:
    """A looser limit's interval of the first measure ends at nothing or below."""
    for fact in facts():
        if fact.kind == "margin" and fact.about.against != "curve":
            first = next(name for name in STAGE_OF if name in fact.figures)
            assert interval(fact.figures[first])[1] <= 0


def test_every_fact_has_words() -> None:
    """A sentence, ended, for each."""
    assert all(worded(f).says.endswith(".") for f in facts())
