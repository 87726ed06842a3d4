"""A mineral that is bought comes from several houses that each supply a fair part, and not from too many.

houses with tonnes >= split_min_share * tonnes of i: at least min_houses;  houses with a ticket for i: at most
max_houses
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.exact import Fraction, exact
from orebook.judge.flow import total
from orebook.judge.judgement import Breach
from orebook.judge.ledger import Ledger
from orebook.judge.tolerance import ZERO, beyond
from orebook.judge.wording import percent
from orebook.problem import Mineral


def breaches(ledger: Ledger) -> Iterator[Breach]:
    """Rows split_min_houses[i] and split_max_houses[i], in houses."""
    by_house = total(((o.offer.mineral, o.offer.house), o.tonnes) for o in ledger.orders)
    for mineral in ledger.case.problem.minerals.values():
        supplies = [tonnes for (name, _), tonnes in by_house.items() if name == mineral.name]
        if supplies:
            yield from _split(mineral, supplies)


def _split(mineral: Mineral, supplies: list[Fraction]) -> Iterator[Breach]:
    """`supplies`: tonnes of the mineral from each house that has a ticket for it."""
    share = exact(mineral.split_min_share)
    part = share * sum(supplies, ZERO)
    fair = sum(not beyond(part - tonnes, part) for tonnes in supplies)
    least, most = mineral.min_houses, mineral.max_houses
    if least is not None and fair < least:
        says = f"{fair} houses supply {percent(share)} or more of the {mineral.name} bought, at least {least} are to"
        row = f"split_min_houses[{mineral.name}]"
        yield Breach("split", row, Fraction(least - fair), Fraction(least), "houses", says)
    if most is not None and len(supplies) > most:
        says = f"{len(supplies)} houses have tickets for {mineral.name}, at most {most}"
        row = f"split_max_houses[{mineral.name}]"
        yield Breach("split", row, Fraction(len(supplies) - most), Fraction(most), "houses", says)
