"""Figures that are ten times off: the benchmark, or what stood there last week. They ask for a yes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orebook.importing.figures import factor_text, tidy
from orebook.importing.making import Making, key_name
from orebook.reading.words import unit_of
from orebook.schema.document import TABLES

TIMES = 10


def off_the_benchmark(making: Making) -> None:
    """Quotes ten times the reference price of their mineral or more, or a tenth of it or less."""
    for (offer,), cells in making.rows("offers").items():
        price = cells.get("price_usd_per_t")
        benchmark = making.reader.benchmarks.get(str(cells["mineral"].value))
        if price is None or not benchmark or price.number == 0:
            continue
        ratio = price.number / benchmark
        address = f"offers.{offer}.price_usd_per_t"
        if not 1 / TIMES < ratio < TIMES and address not in making.mapping.accept:
            against = f"the reference price of {factor_text(benchmark)} USD/t"
            says = f"comes to {tidy(price.value)} USD/t, {_times(float(ratio))} {against}; mend it, or accept it in the mapping"
            making.notes.fault("far_off", price.cell, f'{says}: accept = ["{address}"]', price.typed)


def off_last_week(making: Making, before: Mapping[str, Any]) -> None:
    """Figures ten times what they were in the instance as it stood, or a tenth."""
    for table, rows in making.tables.items():
        model = TABLES[table]
        stood = {tuple(row.get(c) for c in model.KEY): row for row in before.get(table) or ()}
        for key, cells in rows.items():
            was = stood.get(tuple(tidy(part) for part in key), {})
            for column, figure in cells.items():
                old, new = was.get(column), tidy(figure.value)
                if (
                    column in model.KEY
                    or unit_of(model.model_fields[column]) == "week"
                    or not (_number(old) and _number(new))
                    or not old
                    or not new
                ):
                    continue
                address = f"{table}.{key_name(table, key)}.{column}"
                if not 1 / TIMES < new / old < TIMES and address not in making.mapping.accept:
                    says = f"comes to {new}, {_times(new / old)} what stood there, {old}; mend it, or accept it in the mapping"
                    making.notes.fault("far_off", figure.cell, f'{says}: accept = ["{address}"]', figure.typed)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _times(ratio: float) -> str:
    return f"{ratio:.3g} times" if ratio >= 1 else f"1/{1 / ratio:.3g} of"
