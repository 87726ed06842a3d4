"""The instance a week after a plan, by what really happened: what was approved, what came in, what it cost, and new prices.

Orders of week 1 that were not approved were not placed. What was received takes the place of what was to come in, and every
difference is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orebook import formats as f
from orebook.accounting.exact_problem import exact_problem_of
from orebook.changes import changed
from orebook.decisions import Decisions, Put
from orebook.errors import InputError
from orebook.exact import ZERO, Fraction, exact
from orebook.findings import Finding
from orebook.judge import Judge, Judgement
from orebook.plan import Plan
from orebook.problem import Problem
from orebook.reading import suggest
from orebook.reading.text import fault
from orebook.resolve import problem_of
from orebook.rolling.committed import committed
from orebook.rolling.next_week import next_week_document
from orebook.rolling.week_facts import Received, WeekFacts
from orebook.rule_of_thumb.free_money import moved
from orebook.schema import tables as t
from orebook.schema.document import Document


@dataclass(frozen=True)
class NextWeek:
    """The problem a week later, what the week paid (USD), its orders, and where what happened differs from the plan.

    `problem`: from here on planned as any other.
    `frozen_weeks`: its weeks, from the first, in which the plan's later orders stand.
    `differences`: a sentence each.

        >>> import orebook
        >>> moved = orebook.next_week(orebook.solve("vault-small", audit=False))
        >>> moved.ordered, moved.frozen_weeks, moved.differences
        (5, 0, ())
    """

    problem: Problem
    cash_usd: float
    ordered: int
    frozen_weeks: int
    differences: tuple[str, ...]


def next_week(plan: Plan, facts: WeekFacts) -> NextWeek:
    """Move on by a week. Raises InputError for facts about what the plan does not have."""
    if found := list(_wrong(plan, facts)):
        raise InputError(found)
    judgement, differences = _as_ordered(plan, facts)
    week = committed(plan.problem, judgement)
    document = next_week_document(plan.problem, judgement, week)
    for row in facts.received:
        document, says = _received(plan.problem, judgement, document, row)
        differences += says
    frozen = _frozen_weeks(plan, facts) if facts.frozen_weeks is None else facts.frozen_weeks
    head = document.instance.model_copy(update={"frozen_weeks": frozen})
    document = at_prices(document.model_copy(update={"instance": head}), facts.prices)
    return NextWeek(problem_of(document), float(week.cash_usd), len(week.tickets), frozen, tuple(differences))


def at_prices(document: Document, prices: Mapping[str, float]) -> Document:
    """The first week at the prices that came true; what was expected of later weeks moves along with them."""
    if not prices:
        return document
    changes = tuple(f"minerals.{mineral}.price_usd_per_t={price!r}" for mineral, price in prices.items())
    return changed(problem_of(document), changes).document


def _wrong(plan: Plan, facts: WeekFacts) -> Iterator[Finding]:
    tickets = {(x.offer, x.week) for x in plan.document.tickets}
    for offer, week in facts.approved or ():
        if (offer, week) not in tickets:
            mend = suggest.mend(f"{offer}/{week}", [f"{o}/{w}" for o, w in sorted(tickets)])
            yield fault("approved", None, "no_ticket", f'"{offer}/{week}" is no ticket of the plan; {mend}')
    for mineral in facts.prices:
        if mineral not in plan.problem.minerals:
            yield fault(
                "prices",
                None,
                "unknown_name",
                f'"{mineral}" is no mineral; {suggest.mend(mineral, plan.problem.minerals)}',
            )
    comes = _expected(plan.problem, plan.judgement)
    for row in facts.received:
        if row.mineral not in plan.problem.minerals or row.site not in plan.problem.sites:
            yield fault("received", None, "unknown_name", f'"{row.mineral}" in "{row.site}" is not of the instance')
        elif row.rest_week is not None and row.tonnes >= comes.get((row.mineral, row.site), ZERO):
            says = (
                f"{row.mineral} in {row.site}: nothing is left to come in week {row.rest_week}; leave rest_week blank"
            )
            yield fault("received", None, "nothing_left", says, "rest_week")


def _expected(problem: Problem, judgement: Judgement) -> dict[tuple[str, str], Fraction]:
    """(mineral, store) -> tonnes that were to come in in week 1."""
    comes: dict[tuple[str, str], Fraction] = defaultdict(lambda: ZERO)
    for order in problem.inbound:
        if order.week == 1:
            comes[order.mineral, order.site] += exact(order.tonnes)
    for put in judgement.puts:
        if put.week == 1:
            comes[put.mineral, put.site] += exact(put.tonnes)
    return comes


def _as_ordered(plan: Plan, facts: WeekFacts) -> tuple[Judgement, list[str]]:
    """The plan without the orders of week 1 that were not approved, judged anew; and what they were."""
    whole = Decisions.of(plan.document)
    gone = [
        o for o in whole.orders if o.week == 1 and facts.approved is not None and (o.offer, 1) not in facts.approved
    ]
    if not gone:
        return plan.judgement, []
    model, problem = plan.problem.governing(plan.model), plan.problem
    orders = tuple(o for o in whole.orders if o not in gone)
    left = list(whole.puts)
    for order in gone:
        offer = problem.offers[order.offer]
        left = _less(left, offer.mineral, problem.arrives(offer, 1), order.tonnes)
    judge = Judge(problem, model)
    without = replace(whole, orders=orders, puts=tuple(left), draws=(), repays=())
    draws, repays = moved(exact_problem_of(problem, model), judge.cash(without))
    says = [f"{o.offer}: {f.tonnes(o.tonnes)} t of week 1 were not approved and not ordered" for o in gone]
    return judge.judge(replace(without, draws=draws, repays=repays)), says


def _less(puts: Sequence[Put], mineral: str, week: int, tonnes: Fraction) -> list[Put]:
    """Puts without so many tonnes of a mineral in a week, the largest first."""
    found = list(puts)
    for put in sorted((p for p in puts if (p.mineral, p.week) == (mineral, week)), key=lambda p: -p.tonnes):
        off = min(put.tonnes, tonnes)
        tonnes -= off
        found.remove(put)
        found += [replace(put, tonnes=put.tonnes - off)] if put.tonnes > off else []
    return found


def _received(problem: Problem, judgement: Judgement, document: Document, row: Received) -> tuple[Document, list[str]]:
    """What came in in place of what was to; the rest comes later, or never. What is paid beyond what was due is money less."""
    comes, place = _expected(problem, judgement).get((row.mineral, row.site), ZERO), f"{row.mineral} in {row.site}"
    missing, says = comes - exact(row.tonnes), list[str]()
    if missing:
        document = document.model_copy(update={"stock": _with_stock(document, row, -missing)})
        rest = f"the rest comes in week {row.rest_week}" if row.rest_week else "the rest does not come"
        more = f"{f.tonnes(-missing)} t more than the {f.tonnes(comes)} t that were to"
        says.append(
            f"{place}: {f.tonnes(row.tonnes)} t came in, "
            + (f"of {f.tonnes(comes)} t; {rest}" if missing > 0 else more)
        )
    if row.rest_week and missing > 0:
        later = t.InboundRow(mineral=row.mineral, site=row.site, week=row.rest_week, tonnes=float(missing))
        document = document.model_copy(update={"inbound": _with_inbound(document, later)})
    if row.paid_usd is not None:
        due = sum(
            (exact(o.due_usd) for o in problem.inbound if (o.mineral, o.site, o.week) == (row.mineral, row.site, 1)),
            ZERO,
        )
        more_usd = exact(row.paid_usd) - due
        if more_usd:
            document = _paid(document, more_usd)
            says.append(f"{place}: {f.usd(float(row.paid_usd))} were paid, where {f.usd(float(due))} were due")
    return document, says


def _with_stock(document: Document, row: Received, more: Fraction) -> tuple[t.StockRow, ...]:
    """Stock with so many tonnes more, or fewer, in a store: of what is youngest."""
    rows = list(document.rows("stock"))
    there = sorted((r for r in rows if (r.mineral, r.site) == (row.mineral, row.site)), key=lambda r: r.age_weeks)
    if more > 0:
        young = there[0] if there else t.StockRow(mineral=row.mineral, site=row.site, tonnes=0.0)
        rows = [r for r in rows if r is not young]
        return (*rows, young.model_copy(update={"tonnes": float(exact(young.tonnes) + more)}))
    left = -more
    for young in there:
        off = min(left, exact(young.tonnes))
        left -= off
        rows[rows.index(young)] = young.model_copy(update={"tonnes": float(exact(young.tonnes) - off)})
    return tuple(r for r in rows if r.tonnes > 0)


def _with_inbound(document: Document, later: t.InboundRow) -> tuple[t.InboundRow, ...]:
    rows = {r.key(): r for r in document.rows("inbound")}
    same = rows.get(later.key())
    if same is not None:
        later = same.model_copy(update={"tonnes": float(exact(same.tonnes) + exact(later.tonnes))})
    return tuple((rows | {later.key(): later}).values())


def _paid(document: Document, usd: Fraction) -> Document:
    """The instance after so much more, or less, was paid: off its budget and what is free in its first week."""
    budget = document.instance.budget_usd
    left = None if budget is None else float(max(ZERO, exact(budget) - usd))
    document = document.model_copy(update={"instance": document.instance.model_copy(update={"budget_usd": left})})
    if document.releases is None:
        return document
    rows = tuple(
        r.model_copy(update={"usd": float(max(ZERO, exact(r.usd) - usd))}) if r.week == 1 else r
        for r in document.releases
    )
    return document.model_copy(update={"releases": rows})


def _frozen_weeks(plan: Plan, facts: WeekFacts) -> int:
    """The weeks after the first of which every ticket was approved, as far as they follow each other."""
    if facts.approved is None:
        return 0
    for week in range(2, plan.problem.weeks + 1):
        tickets = {(x.offer, x.week) for x in plan.document.tickets if x.week == week}
        if not tickets <= facts.approved or not tickets:
            return week - 2
    return plan.problem.weeks - 1
