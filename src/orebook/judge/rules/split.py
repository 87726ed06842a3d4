"""A mineral that is bought comes from several houses that each supply a fair part, and not from too many.

houses with tonnes >= split_min_share * tonnes of i: at least min_houses;  houses with a ticket for i: at most
max_houses

Frozen tickets of more houses are the limit; where those alone are of too few, that stands where nothing more is ordered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orebook.accounting.ledger import Ledger
from orebook.accounting.priced_orders import PricedOrder
from orebook.accounting.stock_flow import total
from orebook.accounting.tolerance import beyond
from orebook.exact import ZERO, Fraction, exact
from orebook.judge.figures import percent
from orebook.judge.judgement import Breach
from orebook.problem import Mineral


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows split_min_houses[i] and split_max_houses[i], in houses."""
    by_house = _by_house(ledger.orders)
    standing = _by_house([o for o in ledger.orders if o.frozen])
    more = {o.offer.mineral for o in ledger.orders if not o.frozen}
    for name, supplies in by_house.items():
        yield from _split(ledger.case.problem.minerals[name], supplies, standing.get(name, []), more=name in more)


def _by_house(orders: Iterable[PricedOrder]) -> dict[str, list[Fraction]]:
    """mineral -> tonnes from each house that has a ticket for it."""
    found: dict[str, list[Fraction]] = {}
    for (mineral, _), amount in sorted(total(((o.offer.mineral, o.offer.house), o.tonnes) for o in orders).items()):
        found.setdefault(mineral, []).append(amount)
    return found


def _fair(mineral: Mineral, supplies: list[Fraction]) -> int:
    """How many of a mineral's houses supply their part of it."""
    part = exact(mineral.split_min_share) * sum(supplies, ZERO)
    return sum(not beyond(part - tonnes, part) for tonnes in supplies)


def _split(mineral: Mineral, supplies: list[Fraction], standing: list[Fraction], *, more: bool) -> Iterator[Breach]:
    """`supplies`: tonnes of the mineral from each house with a ticket; `standing`: those of frozen tickets alone."""
    fair, least, most = _fair(mineral, supplies), mineral.min_houses, mineral.max_houses
    if least is not None and fair < least and (more or not standing):
        says = (
            f"{fair} houses supply {percent(exact(mineral.split_min_share))} or more of the {mineral.name} bought, "
            f"at least {least} are to"
        )
        row = f"split_min_houses[{mineral.name}]"
        yield Breach("split", row, Fraction(least - fair), Fraction(least), "houses", says)
    if most is not None and len(supplies) > max(most, len(standing)):
        most = max(most, len(standing))
        says = f"{len(supplies)} houses have tickets for {mineral.name}, at most {most}"
        row = f"split_max_houses[{mineral.name}]"
        yield Breach("split", row, Fraction(len(supplies) - most), Fraction(most), "houses", says)
