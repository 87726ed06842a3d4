"""The ledger as the rows of plan.json: floats, in the order in which the file lists them."""

from __future__ import annotations

from orebook.accounting.ledger import Ledger
from orebook.accounting.priced_orders import PricedOrder
from orebook.accounting.sales import conversion_fee, conversion_in
from orebook.accounting.stock_flow import TargetReached
from orebook.exact import ZERO, Fraction, exact
from orebook.schema.plan import (
    Converted,
    Costs,
    Cover,
    Draw,
    Idle,
    Out,
    Put,
    Receipt,
    Repay,
    Sale,
    StandIn,
    Ticket,
    Waste,
)


def ticket(ledger: Ledger, order: PricedOrder) -> Ticket:
    """A priced order as a ticket; under `incremental` it names no tier and its figures per tonne are averages.

    Where changes are known from a week only, it says what becomes of the goods, and of the money, that were under way then.
    """
    last = ledger.case.problem.weeks
    under_news = ledger.case.problem.world is not None
    due = order.on_arrival if order.rest_paid <= last else ZERO
    offer = order.offer
    first = order.parts[0][0]
    return Ticket(
        offer=offer.name,
        house=offer.house,
        mineral=offer.mineral,
        origin=offer.origin,
        week=order.week,
        arrives=None if order.astray and order.arrives > last else order.arrives,
        tonnes=float(order.tonnes),
        lots=_lots(order),
        tier=None if offer.discount == "incremental" else float(first.from_t),
        quote_usd_per_t=float(first.quote),
        paid_usd_per_t=float(order.goods / order.tonnes),
        goods_usd=float(order.goods),
        commission_usd=float(order.commission),
        duty_usd=float(order.duty),
        freight_usd=float(order.freight),
        top_up_usd=float(order.top_up),
        levy_usd=float(order.levy),
        top_up_other_usd=float(order.top_up_other),
        fee_usd=float(order.fee),
        order_cash_usd=float(order.order_cash),
        lost=order.lost if under_news else None,
        paid_usd=float(order.on_order + due) if under_news else None,
        refunded_usd=float(order.refund) if under_news else None,
    )


def cover(reached: TargetReached) -> Cover:
    """A target with tonnes in store, and days of cover, wanted and short."""
    aim, use = reached.aim, reached.aim.use_t_per_day
    waste, own = reached.waste_t, reached.own_t if reached.gives_away else None
    return Cover(
        mineral=aim.target.mineral,
        week=aim.target.week,
        stock_t=float(reached.held_t),
        cover_days=float((reached.held_t - (waste or ZERO)) / use),
        target_days=aim.target.days,
        short_days=float(reached.short_t / use),
        critical_short_days=float(reached.critical_short_t / use),
        own_t=None if own is None else float(own),
        stand_in=tuple(StandIn(by=x.by, tonnes=float(x.tonnes)) for x in reached.stand_ins),
        waste_t=None if waste is None else float(waste),
    )


def puts(ledger: Ledger) -> tuple[Put, ...]:
    """What is put away, by week, mineral and site."""
    rows = sorted(ledger.flow.put.items(), key=lambda item: (item[0][2], *item[0][:2]))
    return tuple(Put(mineral=i, site=s, week=w, tonnes=float(t)) for (i, s, w), t in rows)


def outs(ledger: Ledger) -> tuple[Out, ...]:
    """What is taken out, by withdrawal and site, with the withdrawal's mineral and week."""
    withdrawals = ledger.case.problem.withdrawals
    return tuple(
        Out(withdrawal=j, mineral=withdrawals[j].mineral, site=s, week=withdrawals[j].week, tonnes=float(t))
        for (j, s), t in sorted(ledger.flow.out.items())
    )


def sales(ledger: Ledger) -> tuple[Sale, ...]:
    """What is sold, by week, bid and store; the fee stands at the first store of a sale."""
    found = []
    for sale in ledger.sales:
        for place, part in enumerate(sale.parts):
            found.append(
                Sale(
                    bid=sale.bid.name,
                    mineral=sale.bid.mineral,
                    site=part.site,
                    week=sale.week,
                    tonnes=float(part.tonnes),
                    lots=_whole(part.tonnes, sale.bid.lot_t),
                    price_usd_per_t=float(sale.price),
                    usd=float(sale.price * part.tonnes),
                    fee_usd=0.0 if place else float(sale.fee),
                )
            )
    return tuple(found)


def conversions(ledger: Ledger) -> tuple[Converted, ...]:
    """What is converted, by week, conversion and store; what comes of it stands at the first store."""
    problem = ledger.case.problem
    gives = {(made.conversion, made.week): made.tonnes for made in ledger.flow.made}
    found = []
    for part in sorted(ledger.conversions, key=lambda x: (x.week, x.conversion, x.site)):
        row = conversion_in(problem, part.conversion, part.week)
        found.append(
            Converted(
                conversion=part.conversion,
                site=part.site,
                week=part.week,
                tonnes=float(part.tonnes),
                lots=_whole(part.tonnes, row.lot_t),
                arrives=part.week + row.lead_weeks,
                gives_t=float(gives.pop((part.conversion, part.week), ZERO)),
                fee_usd=float(conversion_fee(problem, part)),
            )
        )
    return tuple(found)


def waste(ledger: Ledger) -> tuple[Waste, ...]:
    """What has lapsed, in the weeks in which it grows."""
    lapsed = ledger.flow.waste
    return tuple(
        Waste(mineral=mineral, week=week, tonnes=float(tonnes))
        for (mineral, week), tonnes in lapsed.items()
        if tonnes > lapsed.get((mineral, week - 1), ZERO)
    )


def draws(ledger: Ledger) -> tuple[Draw, ...]:
    """What is drawn, by week and source."""
    rows = sorted(ledger.draws.items(), key=lambda item: (item[0][1], item[0][0]))
    return tuple(Draw(source=f, week=w, usd=float(usd)) for (f, w), usd in rows)


def repays(ledger: Ledger) -> tuple[Repay, ...]:
    """What is paid back, by week and source."""
    rows = sorted(ledger.repays.items(), key=lambda item: (item[0][1], item[0][0]))
    return tuple(Repay(source=f, week=w, usd=float(usd)) for (f, w), usd in rows)


def receipts(ledger: Ledger) -> tuple[Receipt, ...]:
    """What comes in, by week."""
    return tuple(
        Receipt(week=r.week, usd=float(r.usd), withdrawal=r.withdrawal, offer=r.offer, ordered=r.ordered, bid=r.bid)
        for r in ledger.receipts
    )


def idle(ledger: Ledger) -> tuple[Idle, ...]:
    """What lies idle at the end of the weeks in which anything does."""
    return tuple(Idle(week=w.week, usd=float(w.idle_usd)) for w in ledger.cash if w.idle_usd)


def costs(ledger: Ledger) -> Costs:
    """What the plan costs, in USD."""
    return Costs(**{name: float(usd) for name, usd in ledger.costs.items()})


def _whole(tonnes: Fraction, lot_t: float | None) -> int | None:
    """How many lots an amount is; None where there are none, or it is no whole number of them."""
    lots = None if lot_t is None else tonnes / exact(lot_t)
    return None if lots is None or lots.denominator != 1 else int(lots)


def _lots(order: PricedOrder) -> int | None:
    """Whole lots of an order; None where the offer has no lot size, or a frozen ticket is not of whole ones."""
    if order.offer.lot_t is None:
        return None
    lots = order.tonnes / exact(order.offer.lot_t)
    return round(lots) if not order.frozen or lots == round(lots) else None
