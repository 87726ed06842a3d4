"""What a bar that nobody foresees would strand, an origin at a time: arithmetic of the judged plan, nothing is solved."""

from __future__ import annotations

from collections.abc import Iterator

from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.schema.facts import About, Fact, Figures
from orebook.under_way import Exposed, UnderWay, exposed_of


def exposed(counterfactuals: Counterfactuals, origin: str | None = None) -> Iterator[Fact]:
    """The worst week of each origin that is bought from, the worst origin first; of one origin alone every week.

    Where no bar strands anything of an origin, its one fact has no week. Figures in all, and by mineral after a point.
    """
    for each in exposed_of(counterfactuals.problem, counterfactuals.plan.judgement):
        if origin is None:
            yield _fact(each, each.worst)
        elif each.origin == origin:
            yield from (_fact(each, bar) for bar in each.bars or (None,))


def _fact(exposed: Exposed, bar: UnderWay | None) -> Fact:
    about = About(origin=exposed.origin, week=bar.bar_week if bar else None)
    figures: Figures = {"tickets": float(bar.tickets if bar else 0), "of_tickets": float(exposed.tickets)}
    if bar:
        figures |= {"stranded_t": float(bar.tonnes), "stranded_usd": float(bar.order_cash_usd)}
        figures |= {"paid_usd": float(bar.paid_usd), "minerals": float(len(bar.minerals))}
    for m in bar.minerals if bar else ():
        figures |= {f"stranded_t.{m.mineral}": float(m.tonnes), f"stranded_usd.{m.mineral}": float(m.order_cash_usd)}
        figures[f"paid_usd.{m.mineral}"] = float(m.paid_usd)
        if m.cover_days is not None:
            figures[f"stranded_days.{m.mineral}"] = float(m.cover_days)
    return Fact(kind="exposed", about=about, figures=figures, method="arithmetic")
