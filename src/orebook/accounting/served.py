"""What each withdrawal asks for and is served, and the first that keeps the rest from it: entitlement, must, storage, stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from orebook.accounting.entitlement_rows import EntitlementRow, entitlement_rows
from orebook.accounting.ledger import Ledger
from orebook.accounting.tolerance import PART
from orebook.exact import ZERO, Fraction, exact
from orebook.grams import GRAM
from orebook.problem import Withdrawal
from orebook.schema.plan import KeptBy, Return, Served

Rows = Mapping[tuple[str, str], Sequence[EntitlementRow]]
"""(member, mineral) -> its rows."""


def withdrawals(ledger: Ledger) -> tuple[Served, ...]:
    """A row a withdrawal, by name, in t."""
    entitled: dict[tuple[str, str], list[EntitlementRow]] = defaultdict(list)
    if ledger.case.model.on("entitlement"):
        for row in entitlement_rows(ledger.case.problem, ledger.flow.taken):
            entitled[row.member, row.mineral].append(row)
    return tuple(
        Served(
            withdrawal=j.name,
            member=j.member,
            kind=j.kind,
            asked_t=j.tonnes,
            served_t=float(exact(j.tonnes) - ledger.flow.unmet[j.name]),
            kept_by=_kept_by(ledger, entitled, j),
        )
        for j in ledger.case.problem.withdrawals.values()
    )


def returns(ledger: Ledger) -> tuple[Return, ...]:
    """What comes back of loans, the plan's and those from before it, also after it: by week, then as the tables list them."""
    problem = ledger.case.problem
    found = [
        Return(withdrawal=r.withdrawal, member=r.member, mineral=r.mineral, week=r.week, tonnes=float(r.tonnes))
        for r in ledger.flow.returns
    ]
    found += [
        Return(member=r.member, mineral=r.mineral, week=r.week, tonnes=r.tonnes) for r in problem.owed if r.tonnes
    ]
    return tuple(sorted(found, key=lambda r: r.week))


def _kept_by(ledger: Ledger, entitled: Rows, j: Withdrawal) -> KeptBy | None:
    """The first that is tight of what may keep a withdrawal short; None where nothing does, or nothing is missing."""
    if ledger.flow.unmet[j.name] <= GRAM:
        return None
    model = ledger.case.model
    if _tight(_entitled(entitled, j)):
        return "entitlement"
    if model.on("must") and _tight(_over_must(ledger, j)):
        return "must"
    if model.on("storage") and _tight(_room(ledger, j)):
        return "storage"
    return "stock" if _tight(_held(ledger, j)) else None


def _tight(rows: Iterable[tuple[Fraction, Fraction]]) -> bool:
    """Whether nothing is left of any row: (left, limit)."""
    return any(left <= max(2 * GRAM, PART * limit) for left, limit in rows)


def _entitled(entitled: Rows, j: Withdrawal) -> Iterator[tuple[Fraction, Fraction]]:
    """What the member may still draw: in the week, and by it and every later week in which the withdrawal counts."""
    for row in entitled.get((j.member or "", j.mineral), ()):
        counts = row.week == j.week or (row.kind == "total" and j.is_out(row.week))
        if counts and row.withdrawal in (None, j.name):
            yield row.most_t - row.has_t, row.most_t


def _over_must(ledger: Ledger, j: Withdrawal) -> Iterator[tuple[Fraction, Fraction]]:
    """What is in store over the cover that must be there, at targets before which it would be missing."""
    for reached in ledger.cover:
        target = reached.aim.target
        if target.mineral == j.mineral and target.must_days and j.is_out(target.week):
            least = exact(target.must_days) * reached.aim.use_t_per_day
            yield reached.must_t - least, least


def _room(ledger: Ledger, j: Withdrawal) -> Iterator[tuple[Fraction, Fraction]]:
    """Of a loan: the least that stores of its class have room for, or take in, when it comes back; all of them together."""
    if j.repay_week is None or j.repay_week > ledger.case.problem.weeks:
        return
    then = ledger.case.problem.at(j.repay_week)
    kind, room = then.minerals[j.mineral].storage_class, list[Fraction]()
    for store in ledger.stores:
        site = then.sites.get(store.site)
        if store.week != j.repay_week or site is None or not (site.accepts is None or kind in site.accepts):
            continue
        m3 = ledger.case.m3_per_t[j.mineral, store.week]
        own = [None if store.capacity_m3 is None or not m3 else (store.capacity_m3 - store.volume_m3) / m3]
        own.append(None if store.inbound_t_per_week is None else store.inbound_t_per_week - store.put_t)
        limits = [left for left in own if left is not None]
        if not limits:
            return
        room.append(min(limits))
    yield sum(room, ZERO), ZERO


def _held(ledger: Ledger, j: Withdrawal) -> Iterator[tuple[Fraction, Fraction]]:
    """What is in store at the end of each week in which more served would be missing."""
    for week in ledger.case.weeks:
        if j.is_out(week):
            yield ledger.flow.usable(j.mineral, week), exact(j.tonnes)
