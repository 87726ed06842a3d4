"""Stores: each site week by week against its limits, what is put where, and what is taken out."""

from __future__ import annotations

from orebook.accounting.weeks import StoreWeek
from orebook.exact import Fraction
from orebook.problem import Withdrawal
from orebook.report.cover import KEPT_BY
from orebook.report.report_input import Brief
from orebook.report.workbook.grid import Column, Grid
from orebook.report.workbook.page import Page
from orebook.schema.plan import Converted, Out, Put, Return, Sale, Waste


def write(page: Page, brief: Brief) -> None:
    """Three tables, those without rows left out."""
    page.heading("Stores")
    page.say(
        "At the end of each week, limits as they hold that week; blank: no limit. Then what is put where, and taken out."
    )
    page.freeze_title()
    page.table(Grid("Stores", _weeks(brief), brief.plan.judgement.stores, keys=2))
    if brief.plan.document.puts:
        page.heading("Put into store")
        page.table(Grid("Puts", _puts(brief), brief.plan.document.puts))
    if brief.plan.problem.withdrawals:
        page.heading("Withdrawals")
        page.table(Grid("Withdrawals", _withdrawals(brief), tuple(brief.plan.problem.withdrawals.values())))
    if brief.plan.judgement.returns:
        page.heading("Lent, and coming back")
        page.table(Grid("Returns", _returns(), brief.plan.judgement.returns))
    if brief.plan.document.sales:
        page.heading("Sold out of the reserve")
        page.table(Grid("Sales", _sales(), brief.plan.document.sales))
    if brief.plan.document.conversions:
        page.heading("Converted")
        page.table(Grid("Conversions", _conversions(brief), brief.plan.document.conversions))
    if brief.plan.judgement.waste:
        page.heading("Too old: in store, and no cover")
        page.table(Grid("Lapsed", _lapsed(), brief.plan.judgement.waste))
    if brief.plan.document.outs:
        page.heading("Taken out of store")
        page.table(Grid("Outs", _outs(brief), brief.plan.document.outs))


def _weeks(brief: Brief) -> tuple[Column[StoreWeek], ...]:
    monday = brief.plan.problem.monday
    return (
        Column("site", "text", lambda s: s.site),
        Column("week", "week", lambda s: s.week),
        Column("from", "date", lambda s: monday(s.week)),
        Column("tonnes", "t", lambda s: s.tonnes),
        Column("m3", "number", lambda s: s.volume_m3),
        Column("room m3", "number", lambda s: s.capacity_m3),
        Column("room in use", "share", lambda s: _part(s.volume_m3, s.capacity_m3)),
        Column("put in t", "t", lambda s: s.put_t, sums=True),
        Column("most put in t", "t", lambda s: s.inbound_t_per_week),
        Column("value USD", "usd", lambda s: s.value_usd),
        Column("most value USD", "usd", lambda s: s.max_value_usd),
    )


def _part(used: Fraction, limit: Fraction | None) -> Fraction | None:
    return used / limit if limit else None


def _puts(brief: Brief) -> tuple[Column[Put], ...]:
    into = sum((s.put_t for s in brief.plan.judgement.stores), Fraction(0))
    return (
        Column("site", "text", lambda p: p.site),
        Column("week", "week", lambda p: p.week),
        Column("mineral", "text", lambda p: p.mineral),
        Column("tonnes", "t", lambda p: p.tonnes, sums=True, judge=into),
    )


def _withdrawals(brief: Brief) -> tuple[Column[Withdrawal], ...]:
    unmet = brief.plan.judgement.unmet
    kept = {row.withdrawal: row.kept_by for row in brief.plan.judgement.withdrawals}
    lent: tuple[Column[Withdrawal], ...] = (
        Column("kind", "text", lambda w: w.kind),
        Column("comes back in", "week", lambda w: w.repay_week),
    )
    by: tuple[Column[Withdrawal], ...] = (Column("kept by", "text", lambda w: KEPT_BY[kept.get(w.name)]),)
    return (
        Column("withdrawal", "text", lambda w: w.name),
        Column("week", "week", lambda w: w.week),
        Column("member", "text", lambda w: w.member),
        Column("mineral", "text", lambda w: w.mineral),
        Column("wanted t", "t", lambda w: w.tonnes),
        Column("not served t", "t", lambda w: unmet.get(w.name)),
        *(lent if any(w.kind != "take" for w in brief.plan.problem.withdrawals.values()) else ()),
        *(by if any(kept.values()) else ()),
    )


def _returns() -> tuple[Column[Return], ...]:
    return (
        Column("loan", "text", lambda r: r.withdrawal),
        Column("member", "text", lambda r: r.member),
        Column("mineral", "text", lambda r: r.mineral),
        Column("week", "week", lambda r: r.week),
        Column("tonnes", "t", lambda r: r.tonnes, sums=True),
    )


def _sales() -> tuple[Column[Sale], ...]:
    return (
        Column("bid", "text", lambda s: s.bid),
        Column("week", "week", lambda s: s.week),
        Column("mineral", "text", lambda s: s.mineral),
        Column("site", "text", lambda s: s.site),
        Column("tonnes", "t", lambda s: s.tonnes, sums=True),
        Column("USD/t", "usd", lambda s: s.price_usd_per_t),
        Column("USD", "cents", lambda s: s.usd, sums=True),
        Column("fee USD", "cents", lambda s: s.fee_usd, sums=True),
    )


def _conversions(brief: Brief) -> tuple[Column[Converted], ...]:
    rows = brief.plan.problem.conversions
    return (
        Column("conversion", "text", lambda c: c.conversion),
        Column("week", "week", lambda c: c.week),
        Column("takes", "text", lambda c: rows[c.conversion].source),
        Column("site", "text", lambda c: c.site),
        Column("tonnes", "t", lambda c: c.tonnes, sums=True),
        Column("gives", "text", lambda c: rows[c.conversion].into),
        Column("tonnes of it", "t", lambda c: c.gives_t, sums=True),
        Column("in week", "week", lambda c: c.arrives),
        Column("fee USD", "cents", lambda c: c.fee_usd, sums=True),
    )


def _lapsed() -> tuple[Column[Waste], ...]:
    return (
        Column("mineral", "text", lambda w: w.mineral),
        Column("by week", "week", lambda w: w.week),
        Column("lapsed t", "t", lambda w: w.tonnes),
    )


def _outs(brief: Brief) -> tuple[Column[Out], ...]:
    return (
        Column("withdrawal", "text", lambda o: o.withdrawal),
        Column("week", "week", lambda o: o.week),
        Column("mineral", "text", lambda o: o.mineral),
        Column("site", "text", lambda o: o.site),
        Column("tonnes", "t", lambda o: o.tonnes, sums=True),
    )
