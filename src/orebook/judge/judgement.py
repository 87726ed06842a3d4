"""What the judge says of a plan: its tickets priced, its cover, money and stores, its measures, and what it breaks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orebook.accounting.weeks import CashWeek, StoreWeek
from orebook.exact import Fraction
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
    Return,
    Sale,
    Served,
    Ticket,
    Waste,
)


@dataclass(frozen=True, slots=True)
class Breach:
    """A row of a rule that the plan breaks by more than 1e-6 of its limit (and, for money, more than a cent).

    `row` is named as in the formulation, such as `share_max[*,house,traxys]`; `by` and `limit` are in `unit`.
    """

    rule: str
    row: str
    by: Fraction
    limit: Fraction | None
    unit: str
    says: str


@dataclass(frozen=True)
class Judgement:
    """Everything that follows from a problem and the decisions of a plan, exactly.

    `exact_costs` has the fields of `Costs` as fractions; `measures` has every stage's measure that is defined for
    the problem, whether or not the model lists the stage. The other figures are those fractions as floats.
    """

    breaches: tuple[Breach, ...]
    tickets: tuple[Ticket, ...]
    on_order_usd: tuple[Fraction, ...]
    """What is paid of each ticket in the week of order, the order fee included."""
    puts: tuple[Put, ...]
    outs: tuple[Out, ...]
    draws: tuple[Draw, ...]
    receipts: tuple[Receipt, ...]
    repays: tuple[Repay, ...]
    idle: tuple[Idle, ...]
    withdrawals: tuple[Served, ...]
    returns: tuple[Return, ...]
    sales: tuple[Sale, ...]
    conversions: tuple[Converted, ...]
    waste: tuple[Waste, ...]
    cover: tuple[Cover, ...]
    engaged: tuple[str, ...]
    costs: Costs
    exact_costs: Mapping[str, Fraction]
    cash: tuple[CashWeek, ...]
    stores: tuple[StoreWeek, ...]
    stock: Mapping[tuple[str, str, int], Fraction]
    """(mineral, site, week) -> tonnes at the end of the week."""
    unmet: Mapping[str, Fraction]
    """withdrawal -> tonnes not served."""
    measures: Mapping[str, Fraction]
