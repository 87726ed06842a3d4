"""Tonnes neither appear nor vanish: arrivals are put away, a withdrawal gets no more than it wants, no store owes, and what
has lapsed stays.

sum over s of put[i,s,w] = arrivals[i,w];  sum over s of out[j,s] <= tonnes[j];  stock[i,s,w] >= 0;  stock[i,w] >= waste[i,w]
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.stock_flow import total
from orebook.accounting.tolerance import beyond_gram
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.figures import tonnes
from orebook.judge.judgement import Breach


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows arrivals_put[i,w], withdrawal_served[j], stock_balance[i,s,w] and waste_stays[i,w], in t."""
    yield from _arrivals_put(ledger)
    yield from _withdrawal_served(ledger)
    yield from _stock_balance(ledger)
    yield from _waste_stays(ledger)


def _arrivals_put(ledger: Ledger) -> Iterator[Breach]:
    arrivals = ledger.flow.arrivals
    put = total(((mineral, week), amount) for (mineral, _, week), amount in ledger.flow.put.items())
    for mineral, week in sorted(arrivals.keys() | put.keys()):
        come, away = arrivals.get((mineral, week), ZERO), put.get((mineral, week), ZERO)
        if by := beyond_gram(abs(come - away), come):
            says = f"{tonnes(come)} of {mineral} arrive in week {week}, {tonnes(away)} are put away"
            yield _breach(f"arrivals_put[{mineral},{week}]", by, come, says)


def _withdrawal_served(ledger: Ledger) -> Iterator[Breach]:
    for name, taken in ledger.flow.taken.items():
        wanted = exact(ledger.case.problem.withdrawals[name].tonnes)
        if by := beyond_gram(taken - wanted, wanted):
            says = f"{tonnes(taken)} are taken out for {name}, which wants {tonnes(wanted)}"
            yield _breach(f"withdrawal_served[{name}]", by, wanted, says)


def _stock_balance(ledger: Ledger) -> Iterator[Breach]:
    for (mineral, site, week), stock in ledger.flow.stock.items():
        if stock.numerator >= 0:
            continue
        came = ledger.case.opening[mineral, site, week] + sum(
            (ledger.flow.put.get((mineral, site, w), ZERO) for w in range(1, week + 1)), ZERO
        )
        if by := beyond_gram(-stock, came):
            says = f"{site} is out of {mineral} by {tonnes(by)} at the end of week {week}"
            yield _breach(f"stock_balance[{mineral},{site},{week}]", by, ZERO, says)


def _waste_stays(ledger: Ledger) -> Iterator[Breach]:
    for (mineral, week), lapsed in ledger.flow.waste.items():
        held = ledger.flow.held[mineral, week]
        if by := beyond_gram(lapsed - held, lapsed):
            says = f"{tonnes(lapsed)} of {mineral} have lapsed by week {week} and cannot leave, {tonnes(held)} are in store"
            yield _breach(f"waste_stays[{mineral},{week}]", by, lapsed, says)


def _breach(row: str, by: Fraction, limit: Fraction, says: str) -> Breach:
    return Breach("flow", row, by, limit, "t", says)
