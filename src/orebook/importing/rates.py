"""Rates of currencies: from the mapping, or from a table of rates in the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from orebook.exact import Fraction, exact
from orebook.importing.currencies import ROUGHLY_A_DOLLAR
from orebook.importing.figures import Cells, Figure, Notes, factor_text
from orebook.schema.base import LARGEST

_OFF = 2.5


@dataclass(slots=True)
class Rates:
    """What one of each currency is worth in USD, and where that is said."""

    usd: dict[str, Figure] = field(default_factory=dict)

    @classmethod
    def of(cls, said: Mapping[str, float]) -> Rates:
        """The rates that a mapping names itself."""
        one = Figure(Fraction(1), "", "USD")
        named = {code: Figure(exact(rate), "mapping", str(rate)) for code, rate in said.items()}
        return cls({"USD": one, **named})

    def add(self, rows: list[tuple[Cells, str]], notes: Notes) -> None:
        """The rows of a table of rates, each with how its rate is given: in a currency, or `per USD`."""
        given = {
            str(cells["currency"].value): (cells["rate"], way)
            for cells, way in rows
            if {"currency", "rate"} <= cells.keys()
        }
        for code, (rate, _) in list(given.items()):
            if not 0 < rate.number <= LARGEST:
                notes.fault("bad_rate", rate.cell, f"{rate.typed} is no rate; write one above 0", rate.typed)
                del given[code]
        for code, (rate, way) in given.items():
            if way == "per USD":
                worth, how = 1 / rate.number, f"1 USD is {rate.typed} {code}"
            elif way == "USD":
                worth, how = rate.number, f"1 {code} is {rate.typed} USD"
            else:
                base = given.get("USD", (None,))[0]
                if base is not None:
                    self.usd.setdefault(way, base.then(1 / base.number, f"{base.typed} {way} for 1 USD"))
                if way not in self.usd:
                    says = f"is in {way}, and no row says what a USD is in {way}; add one, or name it: rates.{way}"
                    notes.fault("no_rate", rate.cell, says)
                    return
                worth = rate.number * self.usd[way].number
                dollar = f"{base.typed} {way} for 1 USD ({base.cell})" if base is not None else "by the mapping"
                how = f"{rate.typed} {way} for 1 {code}, {dollar}"
            if not plausible(code, worth):
                far = f"a {code} of {factor_text(worth)} USD is far from what it was worth for years"
                says = f"{far}; turn `unit` of this column the other way, or say it in the mapping: rates.{code}"
                notes.fault("odd_rate", rate.cell, says, rate.typed)
            self.usd.setdefault(code, rate.then(worth, how))

    def rate(self, code: str) -> Figure | None:
        """What one of a currency is in USD; None where that is not known."""
        return self.usd.get(code)


def way_of(rates: Sequence[tuple[str, Fraction]]) -> str | None:
    """Which way round rates are, as what currencies were worth tells: in `USD`, or so many `per USD`; else None."""
    known = [(code, rate) for code, rate in rates if code in ROUGHLY_A_DOLLAR and code != "USD" and rate > 0]
    in_dollars = all(plausible(code, rate) for code, rate in known)
    per_dollar = all(plausible(code, 1 / rate) for code, rate in known)
    return None if not known or in_dollars == per_dollar else "USD" if in_dollars else "per USD"


def plausible(code: str, worth: Fraction) -> bool:
    """Whether what one of a currency is worth in USD is near what it was for years; yes where that is not known."""
    rough = ROUGHLY_A_DOLLAR.get(code)
    return rough is None or 1 / (rough * _OFF) <= worth <= _OFF / rough
