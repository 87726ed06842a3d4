"""The lender's page, part by part: his terms, the loan week by week with the stock that covers it, what lies in store."""

from __future__ import annotations

from collections.abc import Sequence

from orebook import formats as f
from orebook.exact import Fraction
from orebook.report.bullets import Bullet, Bullets
from orebook.report.handed import ONE_OF_MANY
from orebook.report.lender.loan import Loan, LoanWeek
from orebook.report.lender.terms import DRAW_FEE, UNDRAWN_FEE
from orebook.report.section import Section, section
from orebook.report.stock_worth import Stored
from orebook.report.table import Column, Table

NO_BALANCE = "nothing is lent"
COUNTED = (
    "Interest of a week is a year's rate / 52 on the balance after the week's draws and repays. The fee on what is not "
    "drawn is a year's / 52 on limit less balance, up to the last week of draws; the fee on draws is on each of them.",
    "Stock at the market is what lies in all stores at the end of the week, each mineral at its benchmark price of that "
    "week; goods under way are not in it. Its cover of the loan is that value over the balance. Whether others have a "
    "claim on the stock is not told here.",
    "Every figure is counted from the plan's orders and draws in exact fractions, apart from the solver that made it; "
    "amounts are rounded to the cent so that weeks add up.",
)


def sections(loan: Loan) -> tuple[Section, ...]:
    """All of it, in the order in which it is read."""
    terms: list[Column[tuple[str, str]]] = [("term", "left", lambda t: t[0]), ("is", "left", lambda t: t[1])]
    last = [s for s in loan.stock if s.week == loan.sum.week]
    return (
        section("terms", "The loan", *notes(loan), tables=[Table.of("Terms", loan.terms, terms), _table_of_sums(loan)]),
        section("weeks", "Week by week", _least(loan), charts=[_chart(loan)], tables=[_weeks(loan)]),
        section(
            "stock",
            "In store",
            "" if last else f"Nothing lies in store at the end of week {loan.sum.week}.",
            tables=[
                _stock(f"At the end of week {loan.sum.week}", last),
                _stock("At the end of every week", loan.stock),
            ],
        ),
        section("method", "How it is counted", *COUNTED),
    )


def tiles(loan: Loan) -> list[tuple[str, str]]:
    """The figures at the head."""
    end, total = loan.weeks[-1], loan.sum
    return [
        ("balance at the end", f.usd(total.balance_usd)),
        ("stock at the market", f.usd(end.stock_usd)),
        ("its cover of the loan", cover(end)),
        ("interest and fees", f.usd(total.interest_usd + total.fees_usd)),
    ]


def notes(loan: Loan) -> tuple[str, ...]:
    """What has to be known of the plan besides."""
    return (
        ONE_OF_MANY if loan.one_of_many else "",
        "" if loan.drawn_at_all else "The plan was made without regard to who lends: it draws nothing.",
    )


def cover(week: LoanWeek) -> str:
    """The stock at the market over the balance, in per cent; said where nothing is lent."""
    return NO_BALANCE if week.cover is None else f.percent(week.cover)


def _least(loan: Loan) -> str:
    """Where the cover is least."""
    if loan.least is None:
        return "Nothing is lent in any week."
    return f"The stock covers the loan least in week {loan.least.lent.week}: {cover(loan.least)} of the balance."


def _usd(x: Fraction | None) -> str:
    return "" if x is None else f.grouped(x, 2)


def _table_of_sums(loan: Loan) -> Table:
    """What all weeks come to."""
    total = loan.sum
    lines = [
        ("drawn before week 1", loan.drawn_before_usd),
        ("drawn", total.drawn_usd),
        ("repaid", -total.repaid_usd),
        ("balance at the end", total.balance_usd),
        ("interest", total.interest_usd),
    ]
    lines += [("fee on what is not drawn", total.undrawn_fee_usd)] if loan.has(UNDRAWN_FEE) else []
    lines += [("fee on draws", total.draw_fee_usd)] if loan.has(DRAW_FEE) else []
    columns: list[Column[tuple[str, Fraction]]] = [
        ("what", "left", lambda x: x[0]),
        ("USD", "right", lambda x: _usd(x[1])),
    ]
    return Table.of(f"Weeks 1 to {total.week} together", lines, columns)


def _weeks(loan: Loan) -> Table:
    """A row a week."""
    dated: list[Column[LoanWeek]] = [("from", "right", lambda w: str(w.monday))]
    limited: list[Column[LoanWeek]] = [("undrawn", "right", lambda w: _usd(w.lent.undrawn_usd))]
    undrawn_fee: list[Column[LoanWeek]] = [("fee on undrawn", "right", lambda w: _usd(w.lent.undrawn_fee_usd))]
    draw_fee: list[Column[LoanWeek]] = [("fee on draws", "right", lambda w: _usd(w.lent.draw_fee_usd))]
    columns: list[Column[LoanWeek]] = [
        ("week", "right", lambda w: str(w.lent.week)),
        *(dated if loan.weeks[0].monday else []),
        ("drawn", "right", lambda w: _usd(w.lent.drawn_usd)),
        ("repaid", "right", lambda w: _usd(w.lent.repaid_usd)),
        ("balance", "right", lambda w: _usd(w.lent.balance_usd)),
        *(limited if loan.sum.undrawn_usd is not None else []),
        ("interest", "right", lambda w: _usd(w.lent.interest_usd)),
        *(undrawn_fee if loan.has(UNDRAWN_FEE) else []),
        *(draw_fee if loan.has(DRAW_FEE) else []),
        ("stock at the market", "right", lambda w: _usd(w.stock_usd)),
        ("cover of the loan", "right", cover),
    ]
    return Table.of("The loan by week, USD", loan.weeks, columns)


def _stock(title: str, there: Sequence[Stored]) -> Table:
    """A row a mineral, and week where there are several."""
    weeks: list[Column[Stored]] = [("week", "right", lambda s: str(s.week))]
    columns: list[Column[Stored]] = [
        *(weeks if len({s.week for s in there}) > 1 else []),
        ("mineral", "left", lambda s: s.mineral),
        ("tonnes", "right", lambda s: f.tonnes(s.tonnes)),
        ("at the market, USD", "right", lambda s: _usd(s.usd)),
    ]
    return Table.of(title, there, columns)


def _chart(loan: Loan) -> Bullets:
    """The stock at the market of each week, against the balance."""
    name, size = f.scale(max(max(w.stock_usd, w.lent.balance_usd) for w in loan.weeks))
    bars = tuple(
        Bullet(f"week {w.lent.week}", 0.0, float(w.stock_usd) / size, float(w.lent.balance_usd) / size)
        for w in loan.weeks
    )
    return Bullets("Stock at the market against the balance", name, ("", "stock at the market", "balance"), bars)
