"""The member's page, part by part: what it may draw and has drawn, what is left worth, its part of carrying the reserve."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from orebook import formats as f
from orebook.accounting.statement import CARRIED, MemberStatement, MineralStatement
from orebook.exact import ZERO, Fraction
from orebook.report.handed import ONE_OF_MANY
from orebook.report.member.figures import TONNES, days_of, tonnes_of
from orebook.report.member.statement import Statement, in_all
from orebook.report.section import Section, section
from orebook.report.table import Column, Table

NO_LIMIT = "no limit"
NO_PRICE = (None, None)
HEADS = dict(zip(TONNES, ("entitled", "drawn", "of it lent", "brought back", "owed at the end", "left"), strict=True))
COSTS = dict(zip(CARRIED, ("rent", "handling", "interest", "fees of sources of money"), strict=True))
"""Cost -> how it is called."""
COUNTED = (
    "Drawn is what withdrawals are served in the plan. What is lent comes back with its premium; loans from before the "
    "plan are brought back and owed like those of the plan. Left is the entitlement less what is drawn; a loan that is "
    "back by the end of the plan no longer counts, and its premium adds nothing. Days are of the member's own use in the "
    "last week.",
    "What is left is counted at the inventory price agreed with the member, and at the benchmark of the last week.",
    "A member carries its share of rent, handling, interest and fees of sources of money, rounded to the cent so that the "
    "parts of all members come to the plan's. The fee to date is a fifty-second of a year's for each week.",
    "Every figure is counted from the plan's withdrawals, stores and draws in exact fractions, apart from the solver that "
    "made it.",
)


def sections(statement: Statement) -> tuple[Section, ...]:
    """All of it, in the order in which it is read: what members come to together, then member by member."""
    said, method = notes(statement), section("method", "How it is counted", *COUNTED)
    if not statement.whole:
        (member,) = statement.members
        return (*_sections(member, "", "", *said), method)
    found = [section("members", "All members", *said, tables=[_together(statement), _left_together(statement)])]
    for n, member in enumerate(statement.members, start=1):
        found += _sections(member, f"-{n}", f"{member.member}: ")
    return (*found, method)


def tiles(statement: Statement) -> list[tuple[str, str]]:
    """The figures at the head."""
    together = statement.together
    left = in_all(together.minerals)
    worth = (
        []
        if left is None
        else [("left, at inventory price", f.usd(left[0])), ("the same at the market", f.usd(left[1]))]
    )
    return [
        *worth,
        ("part of carrying costs", f.usd(together.carried_usd)),
        ("fee to date", f.usd(together.fee_to_date_usd)),
    ]


def notes(statement: Statement) -> tuple[str, ...]:
    """What has to be known of the plan besides."""
    return (
        ONE_OF_MANY if statement.one_of_many else "",
        "" if statement.limited else "The plan was made without regard to what members may draw.",
    )


def _sections(member: MemberStatement, mark: str, whose: str, *said: str) -> Iterator[Section]:
    """Of one member; `mark` ends the ids, `whose` begins the titles where there are several."""

    def titled(words: str) -> str:
        return f"{whose}{words}" if whose else words.capitalize()

    minerals = member.minerals
    used = [m for m in minerals if m.use_t_per_day]
    left = [m for m in minerals if m.left_t is not None]
    yield section(
        f"draws{mark}",
        titled("what may be drawn, and is"),
        *said,
        "" if minerals else "It uses, draws and owes nothing, and nothing is said of what it may draw.",
        tables=[
            _amounts(titled("in tonnes"), minerals, tonnes_of, f.tonnes),
            _amounts(titled("in days of its own use"), used, days_of, f.days),
        ],
    )
    yield section(
        f"worth{mark}",
        titled("what is left, at inventory price and at the market"),
        "" if left else "Of nothing is there a limit of which anything could be left.",
        tables=[_worth(titled("left at the end"), left)],
    )
    yield section(
        f"carried{mark}",
        titled("part of carrying costs"),
        f"Its share of what carrying the reserve costs is {f.percent(member.carry_share)}. "
        f"Its fee to date is USD {f.grouped(member.fee_to_date_usd, 2)}, which is in no cost of the plan.",
        tables=[_carried(titled("carried"), member)],
    )


def _together(statement: Statement) -> Table:
    """A row a member, and what all come to: the plan's costs."""
    columns: list[Column[MemberStatement]] = [
        ("member", "left", lambda m: m.member),
        ("share", "right", lambda m: f.percent(m.carry_share)),
        ("rent", "right", lambda m: _usd(m.rent_usd)),
        ("handling", "right", lambda m: _usd(m.handling_usd)),
        ("interest", "right", lambda m: _usd(m.interest_usd)),
        ("fees", "right", lambda m: _usd(m.fees_usd)),
        ("carried", "right", lambda m: _usd(m.carried_usd)),
        ("fee to date", "right", lambda m: _usd(m.fee_to_date_usd)),
    ]
    return Table.of("All members, USD", (*statement.members, statement.together), columns)


def _left_together(statement: Statement) -> Table:
    """A row a member: what is left of minerals for which a price is agreed, and what all come to."""
    columns: list[Column[MemberStatement]] = [
        ("member", "left", lambda m: m.member),
        ("left, at inventory price", "right", lambda m: _usd((in_all(m.minerals) or NO_PRICE)[0])),
        ("the same at the market", "right", lambda m: _usd((in_all(m.minerals) or NO_PRICE)[1])),
    ]
    rows = () if in_all(statement.together.minerals) is None else (*statement.members, statement.together)
    return Table.of("All members, USD where an inventory price is agreed", rows, columns)


def _amounts(
    title: str,
    minerals: Sequence[MineralStatement],
    amount: Callable[[MineralStatement, str], Fraction | None],
    said: Callable[[Fraction], str],
) -> Table:
    """A row a mineral, a column a figure."""

    def cell(what: str) -> Callable[[MineralStatement], str]:
        return lambda m: NO_LIMIT if (found := amount(m, what)) is None else said(found)

    columns: list[Column[MineralStatement]] = [("mineral", "left", lambda m: m.mineral)]
    columns += [(head, "right", cell(what)) for what, head in HEADS.items()]
    return Table.of(title, minerals, columns)


def _worth(title: str, minerals: Sequence[MineralStatement]) -> Table:
    """A row a mineral of which something may be left, and what those with an agreed price come to."""
    inventory, market = in_all(minerals) or NO_PRICE
    columns: list[Column[MineralStatement]] = [
        ("mineral", "left", lambda m: m.mineral),
        ("left, t", "right", lambda m: f.tonnes(m.left_t or ZERO)),
        ("inventory price, USD/t", "right", lambda m: _usd(m.inventory_usd_per_t)),
        ("market, USD/t", "right", lambda m: _usd(m.market_usd_per_t)),
        ("at inventory price, USD", "right", lambda m: _usd(m.inventory_usd)),
        ("at the market, USD", "right", lambda m: _usd(m.market_usd)),
    ]
    note = f"Where an inventory price is agreed: USD {_usd(inventory)}, at the market USD {_usd(market)}."
    return Table.of(title, minerals, columns).noted("" if inventory is None else note)


def _carried(title: str, member: MemberStatement) -> Table:
    """A row a cost, and what they come to."""
    lines = [(what, getattr(member, cost)) for cost, what in COSTS.items()]
    columns: list[Column[tuple[str, Fraction]]] = [
        ("what", "left", lambda x: x[0]),
        ("USD", "right", lambda x: _usd(x[1])),
    ]
    return Table.of(title, [*lines, ("together", member.carried_usd)], columns)


def _usd(x: Fraction | None) -> str:
    """To the cent; empty where nothing is agreed."""
    return "" if x is None else f.grouped(x, 2)
