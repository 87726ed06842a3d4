"""Why: every fact that is not of the ledger or of a prior plan, most telling first."""

from __future__ import annotations

from orebook.report.method import dropped
from orebook.report.report_input import Brief
from orebook.report.workbook.page import Page
from orebook.report.workbook.sheets.facts import facts_grid
from orebook.schema.facts import Kind

FACT_KINDS: tuple[Kind, ...] = (
    "baseline", "shortage", "mend", "margin", "ticket", "offer", "clash", "ration", "whole", "rotation", "exposed",
    "confidence",
    "stance", "turn", "worth", "tail",
)  # fmt: skip


def write(page: Page, brief: Brief) -> None:
    """The facts with the figure that tells most of each, and the others behind it."""
    page.heading("Why")
    page.say(
        "A measure's figure is a difference from this plan, between low and high; low equal to high: exact.",
        "INSTANCE is the folder or workbook that was solved, PLAN the folder of this plan.",
    )
    page.say(dropped(brief), *brief.dropped)
    facts = tuple(fact for fact in brief.facts if fact.kind in FACT_KINDS)
    if facts:
        page.table(facts_grid("Why", brief, facts), freeze=True)
    else:
        page.say("Nothing was asked yet: orebook explain PLAN asks, and writes this workbook anew.")
