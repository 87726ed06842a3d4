"""The statement of one member, or of all of them for the planner: amounts in whole cents that add up to the plan's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from orebook.accounting.statement import CARRIED, MemberStatement, MineralStatement, statements
from orebook.errors import InputError
from orebook.exact import ZERO, Fraction
from orebook.findings import Finding
from orebook.hedged import HedgedPlan
from orebook.plan import Plan
from orebook.reading.suggest import mend
from orebook.report.cents import parts
from orebook.report.handed import buy_plan

TOLD = (*CARRIED, "fee_to_date_usd")
"""Amounts of a member that come to one of all members."""


@dataclass(frozen=True)
class Statement:
    """What one member is handed, or of all members what the planner reads; nothing in it is of a member that it is not of."""

    members: tuple[MemberStatement, ...]
    whole: bool
    """Whether it is of all members."""
    weeks: int
    begins: date | None
    instance: str
    """The first characters of the instance's digest: which one it is, and nothing of it."""
    one_of_many: bool
    """Whether the plan is that of one of several futures."""
    limited: bool
    """False where the plan was made without regard to what members may draw."""

    @property
    def title(self) -> str:
        """Whose it is."""
        return "Statements of all members" if self.whole else f"Statement of {self.members[0].member}"

    @property
    def lead(self) -> str:
        """What it is of, in a sentence."""
        who = "each member" if self.whole else "the member"
        of_plan = buy_plan(self.weeks, self.begins)
        return f"What {who} may draw, draws, owes and carries in {of_plan}. Instance {self.instance}."

    @property
    def together(self) -> MemberStatement:
        """What its members come to: of all members the plan's costs."""
        sums = {name: sum((getattr(m, name) for m in self.members), ZERO) for name in ("carry_share", *TOLD)}
        return MemberStatement("all members", **sums, minerals=tuple(x for m in self.members for x in m.minerals))


def statement_of(plan: Plan | HedgedPlan, member: str | None = None) -> Statement:
    """A member's statement, or that of all, of a plan or of the main plan of a hedged one.

    Raises InputError where nobody is a member, or nobody of that name.
    """
    plan, many = (plan.main, True) if isinstance(plan, HedgedPlan) else (plan, False)
    problem, judged = plan.problem, plan.judgement
    found = tuple(_in_cents(statements(problem, judged.unmet, judged.returns, judged.exact_costs)))
    if not found:
        raise _refused(
            "no_members", None, "the reserve has no members: list them in members.csv, or name them in use.csv"
        )
    if member is not None and member not in (m.member for m in found):
        raise _refused("unknown_name", member, f'"{member}" is no member; {mend(member, (m.member for m in found))}')
    return Statement(
        members=tuple(m for m in found if member in (None, m.member)),
        whole=member is None,
        weeks=problem.weeks,
        begins=problem.monday(1),
        instance=problem.digest[:12],
        one_of_many=many,
        limited=plan.model.on("entitlement"),
    )


def in_all(minerals: Iterable[MineralStatement]) -> tuple[Fraction, Fraction] | None:
    """What is left at inventory price and at the market, of minerals for which a price is agreed (USD); None where none is."""
    priced = [(m.inventory_usd, m.market_usd or ZERO) for m in minerals if m.inventory_usd is not None]
    if not priced:
        return None
    return sum((usd for usd, _ in priced), ZERO), sum((usd for _, usd in priced), ZERO)


def _in_cents(found: tuple[MemberStatement, ...]) -> Iterator[MemberStatement]:
    """Of each cost all members together carry the plan's, to the cent; what is left of a member's minerals is its own sum."""
    rent, handling, interest, fees, due = (parts([getattr(m, name) for m in found]) for name in TOLD)
    for n, member in enumerate(found):
        inventory = _parts_of_some([x.inventory_usd for x in member.minerals])
        market = _parts_of_some([x.market_usd for x in member.minerals])
        rows = zip(member.minerals, inventory, market, strict=True)
        yield replace(
            member,
            rent_usd=rent[n],
            handling_usd=handling[n],
            interest_usd=interest[n],
            fees_usd=fees[n],
            fee_to_date_usd=due[n],
            minerals=tuple(replace(x, inventory_usd=agreed, market_usd=sold) for x, agreed, sold in rows),
        )


def _parts_of_some(amounts: Sequence[Fraction | None]) -> Iterator[Fraction | None]:
    """The same in cents that add up, None where there is none."""
    told = iter(parts([usd for usd in amounts if usd is not None]))
    return (None if usd is None else next(told) for usd in amounts)


def _refused(code: str, value: str | None, says: str) -> InputError:
    return InputError([Finding("fault", code, "member", None, None, value, says)])
