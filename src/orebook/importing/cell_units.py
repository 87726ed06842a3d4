"""The unit of a figure, as its cell, its column or the column beside says it, and its figure in the table's unit."""

from __future__ import annotations

from dataclasses import dataclass

from orebook.exact import Fraction, exact
from orebook.importing.cell_numbers import Place, read_number
from orebook.importing.figures import Figure, factor_text, shown_value
from orebook.importing.periods import whole_weeks
from orebook.importing.quantities import ONE, UNCLEAR, Unit, lacks, times, unit_of
from orebook.importing.reader import Reader
from orebook.importing.vocabulary import ASK
from orebook.reading.cell import Raw

_PLAIN = ("1", "score", "houses", "")
"""Units of figures that have none."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What columns beside a figure say of it: its `unit`, the `currency` of money.

    `implied`: the head is the table's own, which says the unit.
    """

    unit: Figure | None = None
    currency: Figure | None = None
    implied: bool = False


def read_figure(reader: Reader, cell: Raw, place: Place, beside: Beside) -> Figure | None:
    """A number in a table's unit; None where there is none, or it is unclear, which is noted."""
    fix = reader.fixes.get(place.at)
    found = read_number(reader, cell, place)
    if found is None:
        return None
    how = (f'read as "{fix.read}" by the mapping', *found.how) if fix else found.how
    figure = Figure(found.value, place.at, fix.was if fix else shown_value(cell.value), how)
    if place.wanted in _PLAIN:
        percent = found.unit is not None and found.unit.kind == "percent"
        return figure.then(found.value / 100, "/ 100 (per cent)") if percent else figure
    target = unit_of(place.wanted.replace("year", "yr"), {})
    assert target is not None, place.wanted
    unit = _unit(reader, figure, found.unit, place, target, beside)
    return _converted(reader, figure, unit, target, place, beside) if unit is not None else None


def weeks_of(figure: Figure) -> Figure:
    """A lead in days as whole weeks, a begun one counted."""
    weeks = whole_weeks(figure.number)
    exactly = figure.number == 7 * weeks
    return figure.then(weeks, "/ 7 (days to weeks)" if exactly else "/ 7, rounded up (days to weeks)")


def _unit(
    reader: Reader, figure: Figure, in_cell: Unit | None, place: Place, target: Unit, beside: Beside
) -> Unit | None:
    """The unit of a figure, put together of what cell, mapping and the column beside say, in this order."""
    meanings, notes = reader.mapping.units, reader.notes
    said = [in_cell] if in_cell is not None else []
    texts = [(place.column.unit, "the mapping")]
    texts += [(str(beside.unit.value), beside.unit.cell)] if beside.unit else []
    for text, where in texts:
        unit = unit_of(text, meanings) if text else None
        if text and unit is None:
            says = f'"{text}" ({where}) is no unit that is known; write another one'
            notes.fault("unknown_unit", figure.cell, says, figure.typed)
            return None
        said += [unit] if unit is not None else []
    unclear = [word for unit in said for word in unit.unclear if meanings.get(word, "?") == "?"]
    if target.kind == "money":  # a price is per what a column of units names
        said = [u if u.kind not in ("mass", "contained") else Unit(per=((u.kind, u.factor), *u.per)) for u in said]
    if unclear:
        means = " or ".join(f'"{meaning}"' for meaning in UNCLEAR[unclear[0]])
        says = f'"{unclear[0]}" may mean several things; say in the mapping which: units."{unclear[0]}" = {means}'
        notes.fault("unclear_unit", figure.cell, says, figure.typed)
        return None
    implied = beside.implied or place.wanted == "%"
    if not said and implied:
        return target
    first = next((unit for unit in said if unit.kind), Unit())
    per = next((unit.per for unit in said if unit.per), ())
    currency = next((unit.currency for unit in said if unit.currency), "USD" if implied else None)
    if not first.kind and not (per and target.per):
        _unsaid(reader, figure, "no_unit", "is in no unit that is said", target)
        return None
    whole = Unit(first.kind, first.factor, currency, per)
    if why := lacks(whole, target):
        _unsaid(reader, figure, "other_unit", f"its unit {why}", target)
        return None
    return whole


def _unsaid(reader: Reader, figure: Figure, check: str, why: str, target: Unit) -> None:
    money = {"money": "USD", "mass": "kg", "time": "days", "room": "m3"}
    example = "/".join([money.get(target.kind, target.kind), *(_EXAMPLES[kind] for kind, _ in target.per)])
    says = f"{why}; say it in the mapping: unit of this column, such as {example}"
    reader.notes.fault(check, figure.cell, says, figure.typed)


_EXAMPLES = {"mass": "kg", "time": "month", "room": "m3"}


def _converted(reader: Reader, figure: Figure, unit: Unit, target: Unit, place: Place, beside: Beside) -> Figure | None:
    content = _content(reader, figure, place.mineral) if unit.contained else ONE
    if content is None:
        return None
    factor = times(unit, target, content)
    if factor != 1:
        where = f", {beside.unit.cell}" if beside.unit is not None else ""
        holds = f", {factor_text(content * 100)} % content" if unit.contained else ""
        named = beside.unit.value if beside.unit is not None else place.column.unit or unit.kind
        says = f"x {factor_text(factor)} ({named} to {place.wanted}{holds}{where})"
        figure = figure.then(figure.number * factor, says)
    return _in_dollars(reader, figure, unit.currency, beside.currency) if target.kind == "money" else figure


def _content(reader: Reader, figure: Figure, mineral: str | None) -> Fraction | None:
    """The part of what a mineral holds that it is quoted by."""
    pct = reader.mapping.content_pct.get(mineral or "")
    if isinstance(pct, int | float):
        return exact(pct) / 100
    says = f'is per unit of content; say in the mapping how much "{mineral}" holds, in %: content_pct."{mineral}"'
    reader.notes.fault("no_content", figure.cell, says, figure.typed)
    return None


def _in_dollars(reader: Reader, figure: Figure, own: str | None, beside: Figure | None) -> Figure | None:
    """Money in USD, at the rate of its currency."""
    notes = reader.notes
    if own and beside and own != beside.value:
        says = f"is in {own} by itself and in {beside.value} by {beside.cell}; keep one of the two"
        notes.fault("two_currencies", figure.cell, says, figure.typed)
        return None
    code = own or (str(beside.value) if beside else None)
    if code == ASK:
        return None  # which is asked once, not of each cell
    if code is None:
        says = "is in no currency that is said; say it in the mapping: unit of this column, such as USD/kg"
        notes.fault("no_currency", figure.cell, says, figure.typed)
        return None
    rate = reader.rates.rate(code)
    if rate is None:
        says = f"is in {code}, of which no rate is known; add it to the mapping: rates.{code} = what one is in USD"
        notes.fault("no_rate", figure.cell, says, figure.typed)
        return None
    if code == "USD":
        return figure
    how = "; ".join((*rate.how, rate.cell))
    return figure.then(figure.number * rate.number, f"x {factor_text(rate.number)} ({code} to USD: {how})")
