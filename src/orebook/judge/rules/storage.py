"""Each store takes only its classes, and holds no more room, intake and value than it may.

    put[i,s,w] = 0 where s does not accept i's class;  sum of m3_per_t * stock <= capacity_m3;
    sum of put <= inbound_t_per_week;  sum of benchmark * stock <= max_value_usd;  per site and week

Where the start and inbound orders alone exceed the room or the value, that is the week's limit.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.stock_flow import total
from orebook.accounting.tolerance import beyond, beyond_cent
from orebook.accounting.weeks import StoreWeek
from orebook.exact import ZERO, Fraction
from orebook.judge.figures import plain, tonnes, usd
from orebook.judge.judgement import Breach
from orebook.problem import Problem


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows site_class[i,s] in t; site_room (m3), site_inbound (t) and site_value (USD) [s,w]."""
    yield from _classes(ledger)
    for store in ledger.stores:
        yield from _store(store)


def _classes(ledger: Ledger) -> Iterator[Breach]:
    problem = ledger.case.problem
    refused = total(
        ((mineral, site), amount)
        for (mineral, site, week), amount in ledger.flow.put.items()
        if not _accepts(problem.at(week), mineral, site)
    )
    for (mineral, site), amount in refused.items():
        if beyond(amount, ZERO):
            kind = problem.minerals[mineral].storage_class
            says = f"{tonnes(amount)} of {mineral} are put into {site}, which does not accept class {kind}"
            yield Breach("storage", f"site_class[{mineral},{site}]", amount, ZERO, "t", says)


def _accepts(then: Problem, mineral: str, site: str) -> bool:
    store = then.sites.get(site)
    return store is None or store.accepts is None or then.minerals[mineral].storage_class in store.accepts


def _store(store: StoreWeek) -> Iterator[Breach]:
    where, room, worth = f"{store.site} in week {store.week}", store.capacity_m3, store.max_value_usd
    if room is not None and (by := beyond(store.volume_m3 - room, room)):
        says = f"{where}: {plain(store.volume_m3)} m3 are full, there is room for {plain(room)} m3"
        yield _breach("site_room", store, by, room, unit="m3", says=says)
    intake = store.inbound_t_per_week
    if intake is not None and (by := beyond(store.put_t - intake, intake)):
        says = f"{where}: {tonnes(store.put_t)} are put away, at most {tonnes(intake)} a week"
        yield _breach("site_inbound", store, by, intake, unit="t", says=says)
    if worth is not None and (by := beyond_cent(store.value_usd - worth, worth)):
        says = f"{where}: goods worth {usd(store.value_usd)} are in store, at most {usd(worth)}"
        yield _breach("site_value", store, by, worth, unit="USD", says=says)


def _breach(row: str, store: StoreWeek, by: Fraction, limit: Fraction, *, unit: str, says: str) -> Breach:
    return Breach("storage", f"{row}[{store.site},{store.week}]", by, limit, unit, says)
