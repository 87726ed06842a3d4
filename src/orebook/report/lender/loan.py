"""One source's loan as its lender may see it: made of what he may know, so that nothing has to be taken out of it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from orebook.accounting.lending import LentWeek, lent_weeks
from orebook.errors import InputError
from orebook.exact import ZERO, Fraction, exact
from orebook.findings import Finding
from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.reading.suggest import mend
from orebook.report.cents import adding_up, to_cent
from orebook.report.handed import buy_plan
from orebook.report.lender.terms import terms_of
from orebook.report.stock_worth import Stored, covers, stored


@dataclass(frozen=True, slots=True)
class LoanWeek:
    """A week of the loan, USD to the cent; `cover` is the stock at the market over the balance, None without one."""

    monday: date | None
    lent: LentWeek
    stock_usd: Fraction
    cover: Fraction | None


@dataclass(frozen=True)
class Loan:
    """The loan of one source; amounts of its weeks and of what is stored are in whole cents that add up."""

    source: str
    terms: tuple[tuple[str, str], ...]
    """What was agreed with this lender, in words."""
    weeks: tuple[LoanWeek, ...]
    stock: tuple[Stored, ...]
    sum: LentWeek
    """All weeks together; balance and what is not drawn are those of the last."""
    drawn_before_usd: Fraction
    instance: str
    """The first characters of the instance's digest: which one it is, and nothing of it."""
    one_of_many: bool
    """Whether the plan is that of one of several futures."""
    drawn_at_all: bool
    """False where the plan was made without regard to who lends."""

    def has(self, term: str) -> bool:
        """Whether such a term was agreed in any week."""
        return term in dict(self.terms)

    @property
    def lead(self) -> str:
        """What it is of, in a sentence."""
        first, last = self.weeks[0].monday, self.weeks[-1].lent.week
        return f"What {buy_plan(last, first)} draws, pays back and owes. Instance {self.instance}."

    @property
    def least(self) -> LoanWeek | None:
        """The week in which the stock covers least of the balance; None where nothing is lent in any."""
        return min((w for w in self.weeks if w.cover is not None), key=lambda w: w.cover or ZERO, default=None)


def loan_of(plan: Plan | HedgedPlan, source: str) -> Loan:
    """The loan in a plan, or in the main plan of a hedged one. Raises InputError for a source that is not there."""
    plan, many = (plan.main, True) if isinstance(plan, HedgedPlan) else (plan, False)
    problem = plan.problem
    if source not in problem.sources:
        says = f'"{source}" is no source of money; {mend(source, problem.sources)}'
        raise InputError([Finding("fault", "unknown_name", "lender", None, None, source, says)])
    row = problem.sources[source]
    lent = tuple(lent_weeks(problem, row, plan.judgement.cash))
    stock = tuple(_to_cents(stored(plan)))
    usd = {week: sum((s.usd for s in there), ZERO) for week, there in groupby(stock, key=lambda s: s.week)}
    told = tuple(_in_cents(exact(row.drawn_usd), lent))
    weeks = tuple(
        LoanWeek(problem.monday(w.week), w, here := usd.get(w.week, ZERO), covers(here, w.balance_usd)) for w in told
    )
    return Loan(
        source=source,
        terms=tuple(terms_of(problem, source)),
        weeks=weeks,
        stock=stock,
        sum=_sum(lent, told),
        drawn_before_usd=to_cent(exact(row.drawn_usd)),
        instance=problem.digest[:12],
        one_of_many=many,
        drawn_at_all=plan.model.on("funding"),
    )


def _in_cents(before: Fraction, lent: tuple[LentWeek, ...]) -> Iterator[LentWeek]:
    """The weeks in whole cents; balances follow from the draws and repays so rounded, fees add up both together."""
    drawn, repaid = (list(adding_up(w)) for w in ([x.drawn_usd for x in lent], [x.repaid_usd for x in lent]))
    interest = list(adding_up(w.interest_usd for w in lent))
    fees = list(adding_up(usd for w in lent for usd in (w.undrawn_fee_usd, w.draw_fee_usd)))
    balance = to_cent(before)
    for n, week in enumerate(lent):
        balance += drawn[n] - repaid[n]
        rest = week.undrawn_usd
        yield LentWeek(
            week=week.week,
            drawn_usd=drawn[n],
            repaid_usd=repaid[n],
            balance_usd=balance,
            undrawn_usd=to_cent(rest + week.balance_usd) - balance if rest else rest,
            interest_usd=interest[n],
            undrawn_fee_usd=fees[2 * n],
            draw_fee_usd=fees[2 * n + 1],
        )


def _sum(lent: tuple[LentWeek, ...], told: tuple[LentWeek, ...]) -> LentWeek:
    """All of it, rounded once; the two fees as they are told, which come to what both are, rounded once."""
    return replace(
        told[-1],
        drawn_usd=to_cent(sum((w.drawn_usd for w in lent), ZERO)),
        repaid_usd=to_cent(sum((w.repaid_usd for w in lent), ZERO)),
        interest_usd=to_cent(sum((w.interest_usd for w in lent), ZERO)),
        undrawn_fee_usd=sum((w.undrawn_fee_usd for w in told), ZERO),
        draw_fee_usd=sum((w.draw_fee_usd for w in told), ZERO),
    )


def _to_cents(found: Iterator[Stored]) -> Iterator[Stored]:
    """The same in whole cents, which add up to the week's."""
    for _, group in groupby(found, key=lambda s: s.week):
        there = list(group)
        yield from map(lambda s, usd: replace(s, usd=usd), there, adding_up(s.usd for s in there))
