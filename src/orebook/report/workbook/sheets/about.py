"""About: which plan of which instance this is, how good it is, what gave way, and what each sheet holds."""

from __future__ import annotations

from importlib.metadata import version

from orebook.report import proof
from orebook.report.report_input import Brief
from orebook.report.workbook.cell_styles import Kind
from orebook.report.workbook.grid import Cell, Column, Grid
from orebook.report.workbook.page import Page
from orebook.schema.plan import SCHEMA, GivenUp, StageResult
from orebook.schema.stages import STAGES

SHEETS = (
    (
        "Summary",
        "The plan's figures, worked out from the other sheets and held against the judge's; what facts say first.",
    ),
    ("Buy plan", "One row a ticket: an order of an offer in a week, with everything it costs."),
    ("Cover", "One row a target: days of cover without buying, with the plan, and wanted."),
    ("Money", "One row a week: what is paid, for what, from which source, against what is released."),
    ("Stores", "What lies where at the end of each week against the limits; what is put away and taken out."),
    ("Houses", "What each house is given and may be given; the same by origin and by mineral."),
    ("Why", "Facts about the plan: each with its figures, how they were obtained, and how to obtain them again."),
    ("Ledger", "What each rule and row costs: what would be had without it."),
    ("Changes", "Orders against the prior plan's: added, dropped, altered, kept."),
    ("Inputs", "Limits, minerals and offers that the plan was made from."),
)
Fields = list[tuple[str, Cell]]
MEASURED: dict[str, Kind] = {"USD": "usd", "weighted days": "days", "share": "share"}


def write(page: Page, brief: Brief) -> None:
    """Stamp, stages, what gave way, sheets."""
    page.heading("About")
    page.freeze_title()
    page.table(Grid("Stamp", (_text("what", 0), _text("is", 1)), tuple(_stamp(brief))))
    page.heading("Stages, each kept by the next within its slack")
    page.table(Grid("Stages", _STAGES, brief.plan.document.stages))
    page.heading("Policy given up")
    page.table(Grid("GivenUp", _GIVEN_UP, brief.plan.document.given_up))
    page.heading("Sheets")
    page.table(Grid("Sheets", (_text("sheet", 0), _text("holds", 1, "words")), SHEETS))
    page.row += 1
    page.say(
        "Every figure is the judge's, counted again from the tickets in exact fractions. Sums above a table follow its filter; "
        "the row below them is all of it by the judge, and the third how far the two are apart.",
        "'withheld': this copy goes without it.",
    )


def _stamp(brief: Brief) -> Fields:
    document, problem = brief.plan.document, brief.plan.problem
    last = problem.monday(problem.weeks)
    return [
        ("plan", SCHEMA),
        ("orebook", version("orebook")),
        ("instance", document.instance.name),
        ("instance's digest", document.instance.digest),
        ("changes", " ".join(document.instance.changes) or "none"),
        ("model", document.model.name),
        ("model's digest", document.model.digest),
        ("status", proof.status(brief.plan)),
        ("audit", proof.audit(brief.plan)),
        ("repeatable", "yes" if document.repeatable else "no: a clock cut a stage short"),
        ("weeks", str(problem.weeks)),
        ("week 1 from", problem.start or "not dated"),
        ("last week from", last or "not dated"),
    ]


def _text(head: str, place: int, kind: Kind = "text") -> Column[tuple[str, Cell]]:
    return Column(head, lambda row: "date" if not isinstance(row[place], str) else kind, lambda row: row[place])


def _measured(stage: StageResult) -> Kind:
    return MEASURED.get(STAGES[stage.stage].unit, "number")


_STAGES: tuple[Column[StageResult], ...] = (
    Column("stage", "text", lambda s: s.stage),
    Column("reached", _measured, lambda s: s.value),
    Column("no plan beats", _measured, lambda s: s.bound),
    Column("apart", _measured, lambda s: max(0.0, s.value - s.bound)),
    Column("gap", "share", lambda s: s.gap),
    Column("this plan", _measured, lambda s: s.final),
    Column("unit", "text", lambda s: STAGES[s.stage].unit),
)
_GIVEN_UP: tuple[Column[GivenUp], ...] = (
    Column("rule", "text", lambda g: g.rule),
    Column("row", "text", lambda g: g.row),
    Column("exceeded by", lambda g: MEASURED.get(g.unit, "number"), lambda g: g.by),
    Column("unit", "text", lambda g: g.unit),
    Column("why", "text", lambda g: g.why),
)
