"""What pages and sheets say of members: what keeps a withdrawal short, and what they bring back."""

from __future__ import annotations

import pytest
from tests.report.books import opened

import orebook
from orebook.errors import InputError
from orebook.plan import Plan
from orebook.report import cover, files_of
from orebook.report.redaction import redacted
from orebook.report.workbook import plan_workbook


@pytest.fixture(scope="module")
def plan() -> Plan:
    """40 t lent until week 3, 10 of 20 served in week 2 and 40 of 45 in week 3, as entitled."""
    return orebook.solve("teaching/entitlement", audit=False)


def test_a_withdrawal_says_what_keeps_it_short(plan: Plan) -> None:
    """Two of three are short by the entitlement; the loan is back in week 3."""
    table = cover.unserved(plan)
    assert table.heads[-1] == "kept by"
    assert [(row[0], row[5], row[6], row[7]) for row in table.rows] == [
        ("second", "10", "10", "the member's entitlement"),
        ("third", "40", "5", "the member's entitlement"),
    ]
    assert cover.returns(plan).rows == (("borrowed", "motor", "tin", "3", "40"),)
    later = orebook.solve(plan.problem.change("withdrawals.borrowed.repay_week=5"), audit=False)
    assert cover.returns(later).rows[0][3] == "5, owed at the end"


def test_page_and_workbook_tell_them(plan: Plan) -> None:
    """The page has both tables, and the sheet of stores what is served, its kind, and what keeps the rest."""
    page = str(files_of(plan)["report.html"])
    for words in ("Withdrawals not served in full", "Lent, and coming back"):
        assert words in page
    sheet = [
        [c for c in row if c is not None] for row in opened(plan_workbook(plan))["Stores"].iter_rows(values_only=True)
    ]
    assert ["third", 3, "motor", "tin", 45, 5, "take", "the member's entitlement"] in sheet
    assert ["borrowed", 1, "motor", "tin", 40, 0, "loan", 3] in [row[:8] for row in sheet]
    assert any(row[:4] == ["borrowed", "motor", "tin", 3] for row in sheet)


def test_the_page_says_what_a_tonne_more_is_worth(plan: Plan) -> None:
    """Explained, it says of each who goes without what keeps it, and of an entitlement what a tonne more is worth."""
    facts = orebook.explain(plan).ration()
    assert [f.figures["unmet_days"] for f in facts] == [(-1, -1), (-1, -1)]
    assert [(f.about.withdrawal, f.figures["unserved_days"]) for f in facts] == [("second", 10), ("third", 5)]
    page = str(files_of(plan, facts)["report.html"])
    assert "Who goes without, and why" in page
    assert "A tonne more of entitlement: 1.0 weighted days fewer not served." in page
    (served,) = orebook.explain(plan).ration("borrowed")
    assert served.says == "motor (borrowed) is served in full: 40 t of tin in week 1."
    with pytest.raises(InputError, match='"nobody" is'):
        orebook.explain(plan).ration("nobody")


def test_a_copy_without_targets_does_not_tell_who_goes_short(plan: Plan) -> None:
    """What is asked for and served is left out of plan.json and pages."""
    shown, _, _ = redacted(plan, (), (), frozenset({"targets"}))
    assert not shown.document.withdrawals
    assert not cover.unserved(shown).rows
