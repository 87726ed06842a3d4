"""What each member may draw, has drawn, owes and carries of a plan, in fractions.

left[m,i]  = tonnes[m,i] - (served of m, i - served of those of them that are loans with repay_week <= T)
part[m]    = carry_share[m] * rent, handling, interest, fees of sources
fee[m]     = fee_usd_per_year[m] * T / 52, in no cost
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from orebook.accounting.lending import WEEKS_A_YEAR
from orebook.exact import ZERO, Fraction, exact
from orebook.problem import Member, Problem
from orebook.schema.plan import Return

CARRIED = ("rent_usd", "handling_usd", "interest_usd", "fees_usd")
"""The costs that members carry: fields of `Costs`, and of `MemberStatement`."""


@dataclass(frozen=True, slots=True)
class MineralStatement:
    """A mineral of one member, in t over the plan; None: no limit, so that nothing can be left of it, or no price agreed."""

    mineral: str
    use_t_per_day: Fraction
    """What this member uses in the last week; 0 where it uses none."""
    entitled_t: Fraction | None
    drawn_t: Fraction
    lent_t: Fraction
    """Of what is drawn, that which has to come back."""
    returned_t: Fraction
    """What it brings back in the plan, of loans from before it too, premiums with it."""
    owed_t: Fraction
    """What it has to bring back after the plan, premiums with it."""
    left_t: Fraction | None
    inventory_usd_per_t: Fraction | None
    market_usd_per_t: Fraction
    """The benchmark of the last week."""
    inventory_usd: Fraction | None
    """What is left at the inventory price."""
    market_usd: Fraction | None
    """What is left at the benchmark of the last week."""


@dataclass(frozen=True, slots=True)
class MemberStatement:
    """One member of the reserve: its part of what carrying it costs, its fee to date (both USD), and its minerals."""

    member: str
    carry_share: Fraction
    rent_usd: Fraction
    handling_usd: Fraction
    interest_usd: Fraction
    fees_usd: Fraction
    fee_to_date_usd: Fraction
    minerals: tuple[MineralStatement, ...]

    @property
    def carried_usd(self) -> Fraction:
        """Its part of all that carrying costs."""
        return self.rent_usd + self.handling_usd + self.interest_usd + self.fees_usd


def statements(
    problem: Problem, unmet: Mapping[str, Fraction], returns: Iterable[Return], costs: Mapping[str, Fraction]
) -> tuple[MemberStatement, ...]:
    """Every member's, by name.

    `unmet`: withdrawal -> t not served; `returns`: what loans bring back; `costs`: the plan's, as in `Costs`.
    """
    listed, now = tuple(returns), problem.at(problem.weeks)
    return tuple(
        MemberStatement(
            member=member.name,
            carry_share=member.carry_share,
            **{cost: member.carry_share * costs[cost] for cost in CARRIED},
            fee_to_date_usd=exact(member.fee_usd_per_year) * problem.weeks / WEEKS_A_YEAR,
            minerals=tuple(_minerals(problem, member, unmet, [r for r in listed if r.member == member.name])),
        )
        for member in now.members.values()
    )


def _minerals(
    problem: Problem, member: Member, unmet: Mapping[str, Fraction], returns: list[Return]
) -> Iterator[MineralStatement]:
    """Those that it uses, is entitled to, draws or owes, by name."""
    last, now = problem.weeks, problem.at(problem.weeks)
    use = {r.mineral: exact(r.daily_use_t) for r in now.document.rows("use") if r.member == member.name}
    drawn = [(j, exact(j.tonnes) - unmet[j.name]) for j in problem.withdrawals.values() if j.member == member.name]
    entitled = {mineral for name, mineral in now.entitlements or {} if name == member.name}
    for mineral in sorted({*use, *entitled, *(j.mineral for j, _ in drawn), *(r.mineral for r in returns)}):
        own = [(j, served) for j, served in drawn if j.mineral == mineral]
        counted = sum((served for j, served in own if j.is_out(last)), ZERO)
        most, price = _entitlement(problem, member.name, mineral)
        left = None if most is None else most - counted
        market = exact(problem.benchmark[mineral, last])
        yield MineralStatement(
            mineral=mineral,
            use_t_per_day=use.get(mineral, ZERO),
            entitled_t=most,
            drawn_t=sum((served for _, served in own), ZERO),
            lent_t=sum((served for j, served in own if j.kind == "loan"), ZERO),
            returned_t=sum((exact(r.tonnes) for r in returns if r.mineral == mineral and r.week <= last), ZERO),
            owed_t=sum((exact(r.tonnes) for r in returns if r.mineral == mineral and r.week > last), ZERO),
            left_t=left,
            inventory_usd_per_t=price,
            market_usd_per_t=market,
            inventory_usd=None if left is None or price is None else left * price,
            market_usd=None if left is None else left * market,
        )


def _entitlement(problem: Problem, member: str, mineral: str) -> tuple[Fraction | None, Fraction | None]:
    """Tonnes over the plan and USD/t of inventory; a member without a row is entitled to none, all of them without a table."""
    now = problem.at(problem.weeks).entitlements
    if now is None:
        return None, None
    row = now.get((member, mineral))
    if row is None:
        return ZERO, None
    most = (problem.entitlements or {}).get((member, mineral), row).tonnes
    price = row.inventory_usd_per_t
    return None if most is None else exact(most), None if price is None else exact(price)
