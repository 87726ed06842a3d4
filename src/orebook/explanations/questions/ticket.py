"""Why here: what a ticket beats, what keeps the cheaper ones out, and what it would cost to do without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from orebook.accounting.priced_orders import PricedOrder
from orebook.errors import InputError
from orebook.exact import ZERO, exact
from orebook.explanations.engine.counterfactuals import Counterfactuals
from orebook.explanations.subproblem.blocked_offers import blocked
from orebook.explanations.subproblem.mineral_subproblem import MineralSubproblem
from orebook.explanations.subproblem.order_probe import OrderProbe
from orebook.explanations.subproblem.rival import Limit, landed_terms, limit_on, more_usd_per_t
from orebook.explanations.subproblem.without_comparison import extra, worse
from orebook.formats import plain
from orebook.problem import Offer
from orebook.reading.text import fault
from orebook.schema.facts import About, Fact, Figures

NOTHING_PER_T = 1e-9
MIN_TOLD_SHARE = 1 / 10000
"""Part of the ticket's order cash that solves are to tell."""


def ticket(counterfactuals: Counterfactuals, offer: str, week: int) -> Iterator[Fact]:
    """The facts of a ticket. Raises InputError where the plan has no such ticket.

    First what doing without it costs (`against` none); then every offer of its mineral, its own other weeks included
    (`against` that offer): dearer in all its weeks, or for the weeks in which it is cheaper, what keeps it out.
    """
    probe = OrderProbe(counterfactuals.plan)
    if (offer, week) not in probe.orders:
        weeks = ", ".join(str(w) for o, w in probe.orders if o == offer)
        says = (
            f"the plan has no ticket of {offer} in week {week}; it has {f'those of week {weeks}' if weeks else 'none'}"
        )
        raise InputError([fault("ticket", None, "no_ticket", says)])
    case = _Case(counterfactuals, probe, probe.orders[offer, week])
    yield from _without(case)
    rivals = [o for o in counterfactuals.problem.offers.values() if o.mineral == case.ticket.offer.mineral]
    for rival in rivals:
        priced = {w: probe.priced(rival.name, w, case.ticket.tonnes) for w in probe.case.weeks}
        if rival.name == offer:
            del priced[week]
        if priced:
            yield from _against(case, rival, priced)


@dataclass(frozen=True)
class _Case:
    """A ticket, and what is tried of it."""

    counterfactuals: Counterfactuals
    probe: OrderProbe
    ticket: PricedOrder

    @cached_property
    def subproblem(self) -> MineralSubproblem:
        return MineralSubproblem(
            self.counterfactuals, self.ticket.offer.mineral, float(self.ticket.order_cash) * MIN_TOLD_SHARE
        )

    def about(self, against: str | None = None, limit: Limit | None = None) -> About:
        o = self.ticket.offer
        rule, row = (limit.rule, limit.row) if limit else (None, None)
        return About(
            mineral=o.mineral, offer=o.name, house=o.house, week=self.ticket.week, against=against, rule=rule, row=row
        )

    def landed(self) -> Figures:
        landed = self.ticket.order_cash / self.ticket.tonnes
        return {"tonnes": float(self.ticket.tonnes), "landed_usd_per_t": float(landed)}


def _without(case: _Case) -> Iterator[Fact]:
    """What it costs to forbid the ticket; that it is frozen, where it is."""
    o, week = case.ticket.offer, case.ticket.week
    terms = {f"{name}_usd_per_t": float(x) for name, x in landed_terms(case.ticket).items() if x}
    figures: Figures = {**case.landed(), **terms}
    if case.ticket.frozen:
        limit = Limit("frozen", f"frozen_order[{o.name},{week}]", {})
        yield Fact(kind="ticket", about=case.about(limit=limit), figures=figures, method="arithmetic")
        return
    change, weeks = _forbidding(case)
    yield _answered(case, None, {**figures, "weeks_forbidden": weeks}, (change,))


def _answered(case: _Case, against: str | None, figures: Figures, changes: tuple[str, ...]) -> Fact:
    """What changes that only hurt cost, against the best that the mineral alone can have."""
    subproblem = case.subproblem
    found = subproblem.solve(*changes)
    if found is not None:
        figures = {
            **figures,
            **extra(found, subproblem.best()),
            **worse(case.counterfactuals, subproblem.judged(found)),
        }
    about = case.about(against)
    fact = Fact(kind="ticket", about=about, figures=figures, method="solve", held=subproblem.held, changes=changes)
    return fact if found is not None else blocked(case.counterfactuals, fact)


def _forbidding(case: _Case) -> tuple[str, int]:
    """The change that forbids the ticket, and how many weeks of its offer it forbids: one, where a window can say so."""
    o, week = case.ticket.offer, case.ticket.week
    weeks = case.probe.open_weeks(o)
    if len(weeks) > 1 and week == weeks[0]:
        return f"offers.{o.name}.from_week={week + 1}", 1
    if len(weeks) > 1 and week == weeks[-1]:
        return f"offers.{o.name}.to_week={week - 1}", 1
    return f"offers.{o.name}.max_week_t=0", len(weeks)


def _against(case: _Case, rival: Offer, priced: dict[int, PricedOrder]) -> Iterator[Fact]:
    """One fact where the rival is nowhere cheaper; else one for each limit that keeps it out, at its cheapest week."""
    more = {w: sum(more_usd_per_t(case.ticket, order).values(), ZERO) for w, order in priced.items()}
    cheapest = sorted(priced, key=lambda w: (more[w], abs(w - case.ticket.week), w))
    cheaper = [w for w in cheapest if more[w] < -NOTHING_PER_T]
    if not cheaper:
        yield _beaten(case, rival, priced[cheapest[0]])
        return
    groups: dict[tuple[str | None, str | None], list[tuple[int, Limit]]] = {}
    left = []
    for week in cheaper:
        limit = limit_on(case.probe, case.ticket, rival, week)
        if limit is None:
            left.append(week)
        else:
            groups.setdefault((limit.rule, (limit.row or "").partition("[")[0]), []).append((week, limit))
    for found in groups.values():
        week, limit = found[0]
        figures = {**_compared(case, priced[week]), "weeks": len(found), **limit.figures}
        about = case.about(rival.name, limit)
        yield Fact(kind="ticket", about=about, figures=figures, method="arithmetic")
    if left:
        yield _solved(case, rival, priced[left[0]], len(left))


def _beaten(case: _Case, rival: Offer, order: PricedOrder) -> Fact:
    about = case.about(rival.name)
    return Fact(kind="ticket", about=about, figures=_compared(case, order), method="arithmetic")


def _compared(case: _Case, order: PricedOrder) -> Figures:
    """The rival's week and by how much a tonne of it is dearer, in all and term by term, terms of nothing left out."""
    terms = more_usd_per_t(case.ticket, order)
    return {
        **case.landed(),
        "against_week": order.week,
        "more_usd_per_t": float(sum(terms.values(), ZERO)),
        **{f"more_{name}_usd_per_t": float(x) for name, x in terms.items() if x},
    }


def _solved(case: _Case, rival: Offer, order: PricedOrder, weeks: int) -> Fact:
    """Cheaper and kept out by no single limit: what it costs to take more of it, or to order in that week alone."""
    figures: Figures = {**_compared(case, order), "weeks": weeks}
    changes = _pressing(case, rival, order.week, figures)
    if changes:
        return _answered(case, rival.name, figures, changes)
    return Fact(kind="ticket", about=case.about(rival.name), figures=figures, method="arithmetic")


def _pressing(case: _Case, rival: Offer, week: int, figures: Figures) -> tuple[str, ...]:
    """Changes under which more of the rival is bought; of the ticket's own offer, all of it in that week.

    None where no change says so: the offer has other tickets, or the model no rule to force it.
    """
    bought = sum((o.tonnes for (name, _), o in case.probe.orders.items() if name == rival.name), ZERO)
    if rival.name == case.ticket.offer.name:
        if bought != case.ticket.tonnes:
            return ()
        return (f"offers.{rival.name}.from_week={week}", f"offers.{rival.name}.to_week={week}")
    if not case.counterfactuals.model.on("commit"):
        return ()
    least = case.probe.least(rival, week)
    more = exact(rival.lot_t) if rival.lot_t and (rival.name, week) in case.probe.orders else least
    figures["forced_t"] = float(bought + more)
    return (f"offers.{rival.name}.commit_t={plain(bought + more, 9)}",)
