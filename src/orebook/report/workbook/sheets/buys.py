"""Buy plan: a row a ticket with all its figures, and how sure it is."""

from __future__ import annotations

from orebook.exact import Fraction
from orebook.plan import Plan
from orebook.report.buys import any_of, in_order
from orebook.report.report_input import Brief
from orebook.report.ticket_firmness import of_tickets
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page
from orebook.schema.plan import Ticket

NAME, ORDER_CASH, BY_ANOTHER = "BuyPlan", "order cash USD", "top-up by another USD"


def write(page: Page, brief: Brief) -> None:
    """The tickets in the order in which they are placed; sums are held against the parts of the judge's costs."""
    page.heading("Buy plan")
    page.say("One row a ticket, in the order of placing. Filter a column: the sums above follow.")
    if not brief.plan.document.tickets:
        page.say("Nothing is bought.")
        return
    page.table(Grid(NAME, (*_what(brief), *_money(brief), *_sure(brief)), tuple(in_order(brief.plan))), freeze=True)


def _what(brief: Brief) -> tuple[Column[Ticket], ...]:
    origins = brief.plan.problem.origins
    columns: list[Column[Ticket]] = [
        Column("offer", "text", lambda t: t.offer),
        Column("week", "week", lambda t: t.week),
        Column("ordered from", "date", lambda t: brief.plan.problem.monday(t.week)),
        Column("arrives, week", "week", lambda t: t.arrives),
        Column("arrives from", "date", lambda t: None if t.arrives is None else brief.plan.problem.monday(t.arrives)),
        *_fate(brief.plan),
        Column("mineral", "text", lambda t: t.mineral),
        Column("house", "text", lambda t: t.house),
        Column("origin", "text", lambda t: t.origin),
        Column("group", "text", lambda t: origins[t.origin].group if t.origin and t.origin in origins else None),
        Column("tonnes", "t", lambda t: t.tonnes, sums=True),
        Column("lots", "count", lambda t: t.lots),
        Column("tier from t", "t", lambda t: t.tier),
    ]
    return tuple(columns)


def _fate(plan: Plan) -> list[Column[Ticket]]:
    """Of a plan that learns of its changes in a later week: what is lost, and what is late for which week."""
    if plan.problem.world is None:
        return []
    problem = plan.problem
    return [
        Column(
            "lost or late",
            "text",
            lambda t: "lost" if t.lost else "late" if problem.late(t.offer, t.week) else None,
        ),
        Column("ordered for, week", "week", lambda t: problem.promised(t.offer, t.week)),
    ]


def _money(brief: Brief) -> tuple[Column[Ticket], ...]:
    costs = brief.plan.judgement.exact_costs
    columns: list[Column[Ticket]] = [
        Column("quote USD/t", "rate", lambda t: t.quote_usd_per_t),
        Column("paid USD/t", "rate", lambda t: t.paid_usd_per_t),
        Column("goods USD", "usd", lambda t: t.goods_usd, sums=True, judge=costs["goods_usd"]),
        Column("commission USD", "usd", lambda t: t.commission_usd, sums=True, judge=costs["commission_usd"]),
        Column("duty USD", "usd", lambda t: t.duty_usd, sums=True, judge=costs["duty_usd"]),
        Column("freight USD", "usd", lambda t: t.freight_usd, sums=True, judge=costs["freight_usd"]),
        Column("top-up USD", "usd", lambda t: t.top_up_usd, sums=True, judge=costs["top_up_usd"]),
    ]
    if any_of(levy := costs["levy_usd"]):
        columns.append(Column("levy USD", "usd", lambda t: t.levy_usd, sums=True, judge=levy))
    if any_of(other := costs["top_up_other_usd"]):
        columns.append(Column(BY_ANOTHER, "usd", lambda t: t.top_up_other_usd, sums=True, judge=other))
    columns += [
        Column("fee USD", "usd", lambda t: t.fee_usd, sums=True, judge=costs["order_fees_usd"]),
        Column(ORDER_CASH, "usd", lambda t: t.order_cash_usd, sums=True, judge=order_cash_of(brief.plan)),
    ]
    return tuple(columns)


def _sure(brief: Brief) -> tuple[Column[Ticket], ...]:
    """How sure each ticket is, where it is known of any."""
    known = of_tickets(brief)
    return (Column("how sure", "text", lambda t: known.get((t.offer, t.week))),) if known else ()


def order_cash_of(plan: Plan) -> Fraction:
    """USD of all tickets by the judge: cash less what is no ticket's, and what of them is due after the last week."""
    costs = plan.judgement.exact_costs
    return costs["cash_usd"] - costs["engage_fees_usd"] - costs["due_usd"] + costs["later_usd"] - costs["not_due_usd"]
