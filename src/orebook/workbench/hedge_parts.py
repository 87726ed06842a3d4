"""What the page of a hedged plan shows of it, in a planner's words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from orebook import formats as f
from orebook.schema.hedge import FutureResult, HedgeDocument, Interval, Worth
from orebook.schema.stages import STAGES, TIE_BREAKING

FATES = {
    "lost": "are lost",
    "refund": "are lost, and what was paid on order comes back",
    "arrive": "arrive all the same",
}
"""What becomes of goods under way that a future bars."""


@dataclass(frozen=True)
class Measure:
    """What a stage comes to in a future, and what it would have come to had one known."""

    here: str
    alone: str


@dataclass(frozen=True)
class FutureRow:
    """A future of the result: its place from 1 on, and its measures, a stage each."""

    number: int
    name: str
    chance: str
    known: str
    measures: tuple[Measure, ...]
    goods: tuple[str, ...]
    """A sentence a ticket of now that is lost or late in it."""


@dataclass(frozen=True)
class HedgeParts:
    """The page's parts."""

    ordered: str
    stages: tuple[str, ...]
    """Label and unit of each measure."""
    futures: tuple[FutureRow, ...]
    worth: tuple[str, ...]
    plain: str
    """What would be ordered now without the futures in mind."""
    risk: str


def hedge_parts(document: HedgeDocument, weeks: int) -> HedgeParts:
    """The parts of a hedged plan over so many weeks."""
    main = [s.stage for s in document.stages if s.stage not in TIE_BREAKING]
    return HedgeParts(
        ordered=_ordered(document),
        stages=tuple(f"{STAGES[s].label}, {STAGES[s].unit}" for s in main),
        futures=tuple(_future(n, future, main, weeks) for n, future in enumerate(document.futures, 1)),
        worth=() if document.worth is None else tuple(_worth(document.worth)),
        plain=_plain(document),
        risk=_risk(document),
    )


def known_in(week: int, weeks: int) -> str:
    """From when on a future is known, in words."""
    return f"from week {week}" if week <= weeks else "not within the plan"


def chance(probability: float) -> str:
    """A probability as it is said: 12.5 %."""
    return f.percent(probability)


def _ordered(document: HedgeDocument) -> str:
    weeks = "week 1" if document.now_weeks == 1 else f"weeks 1 to {document.now_weeks}"
    if not document.tickets:
        return f"Order nothing in {weeks}: whatever comes, it is as well or better to wait."
    usd = f.usd(f.total(t.order_cash_usd for t in document.tickets))
    orders = f.count(len(document.tickets), "order")
    stand = "It stands" if len(document.tickets) == 1 else "They stand"
    return (
        f"{orders} in {weeks} for {usd}. {stand} whatever comes; orders of later weeks answer to what has come by then."
    )


def _future(number: int, future: FutureResult, stages: list[str], weeks: int) -> FutureRow:
    return FutureRow(
        number=number,
        name=future.future,
        chance=chance(future.probability),
        known=known_in(future.known_week, weeks),
        measures=tuple(_measure(future, stage) for stage in stages),
        goods=tuple(_goods(future)),
    )


def _measure(future: FutureResult, stage: str) -> Measure:
    unit, alone = STAGES[stage].unit, future.alone.get(stage)
    here = f.amount(future.measures.get(stage, 0.0), unit)
    return Measure(here, "does not count in it" if alone is None else f.amount(alone[1], unit))


def _goods(future: FutureResult) -> Iterator[str]:
    for lost in future.lost:
        back = f", {f.usd(lost.refunded_usd)} of it comes back" if lost.refunded_usd else ", nothing of it comes back"
        what = f"{f.tonnes(lost.tonnes)} t of {lost.offer}, ordered in week {lost.week}"
        yield f"{what}: lost. {f.usd(lost.paid_usd)} is paid{back}."
    for late in future.late:
        when = "after the plan's last week" if late.arrives is None else f"in week {late.arrives} only"
        yield f"{f.tonnes(late.tonnes)} t of {late.offer}, ordered in week {late.week}: late. It arrives {when}."


def _worth(worth: Worth) -> Iterator[str]:
    """What planning for all is worth, and what knowing would be: proven intervals, and what cannot be told said so."""
    unit = STAGES[worth.stage].unit
    if worth.vss is None:
        yield f"To order now as the plan of one future would leaves no plan for all of them: {worth.plain_says}."
    else:
        yield _said("Ordering with all futures in mind instead of one saves", worth.vss, unit, worth.vss_usd)
    knowing = _said("Knowing today which future comes would save", worth.evpi, unit, worth.evpi_usd)
    yield f"{knowing} News, options or a delay should cost no more than that."


def _said(what: str, interval: Interval, unit: str, usd: float | None) -> str:
    """A saving, on average; in USD also between the plans found, where it is in another unit."""
    least, most = (round(x, 6) for x in interval)
    if most <= 0:
        text = f"{what} nothing"
    elif least <= 0:
        text = f"{what} {f.quantity(most, unit)} on average at most; whether it saves anything cannot be told"
    elif unit == "USD":
        text = f"{what} {f.between(interval, f.usd)} on average"
    else:
        text = f"{what} {f.between(interval, lambda x: f.amount(x, unit))} {unit} on average"
    if usd is None or unit == "USD" or f.money(usd) == "0":
        return f"{text}."
    return f"{text}. Between the plans found it costs {f.usd(abs(usd))} {'less' if usd > 0 else 'more'}, which is no proof."


def _plain(document: HedgeDocument) -> str:
    worth = document.worth
    if worth is None:
        return ""
    listed = [f"{f.tonnes(t.tonnes)} t of {t.offer} in week {t.week}" for t in worth.plain_tickets]
    ours = {(t.offer, t.week): t.tonnes for t in document.tickets}
    if {(t.offer, t.week): t.tonnes for t in worth.plain_tickets} == ours:
        return "Without the futures in mind one would order just the same now."
    return f"Without the futures in mind one would order now: {', '.join(listed) or 'nothing'}."


def _risk(document: HedgeDocument) -> str:
    risk = document.risk
    if not risk.tail_weight:
        return "Planned for the average over all futures."
    part, rest = f.percent(risk.tail_weight), f.percent(1 - risk.tail_weight)
    return f"Planned {rest} for the average over all futures and {part} for the average of the worst {f.percent(risk.tail)}."
