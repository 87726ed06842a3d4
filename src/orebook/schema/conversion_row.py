"""conversions.csv: its columns `from` and `yield` are words of Python, so that its model is made of a table of them."""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import create_model

from orebook.schema.base import Count, Name, NonNegative, Positive, Row, column, required


class Converting(Row):
    """What the rows of conversions have besides their columns."""

    KEY: ClassVar = ("conversion",)

    @property
    def source(self) -> str:
        """The mineral it takes: the column `from`."""
        return str(self.model_dump()["from"])

    @property
    def into(self) -> str:
        """The mineral it makes: the column `to`."""
        return str(self.model_dump()["to"])


_COLUMNS: dict[str, Any] = {
    "conversion": (Name, required("", "name of the conversion")),
    "from": (Name, required("", "mineral it takes out of stores")),
    "to": (Name, required("", "mineral it puts into stores")),
    "yield": (Positive, required("t/t", "tonnes of to that come of a tonne of from")),
    "fee_usd_per_t": (NonNegative, column("USD/t", "of from, paid in the week it is taken", 0.0)),
    "capacity_t_per_week": (NonNegative | None, column("t/week", "most tonnes of from in a week")),
    "lead_weeks": (Count, column("weeks", "until it is back, as to", 0)),
    "lot_t": (Positive | None, column("t", "of from; conversions are whole lots of it")),
}

ConversionRow: type[Converting] = create_model(
    "ConversionRow", __base__=Converting, __doc__="conversions.csv", **_COLUMNS
)
