"""What a column of a planner's sheet may become, in what unit, and the words by which it is known."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from orebook.importing.heads import spoken
from orebook.reading.words import unit_of
from orebook.schema.document import TABLES

SKIP = "skip"
ASK = "?"
"""What a mapping says of a column or sheet that is not read, and of what is for the planner to say."""
MONDAY = "monday"
"""A start that is the first Monday from the book's day on, whichever week's book it is."""
RATES = "rates"
"""A table of rates between currencies, which is no table of an instance."""

TEXTS = ("", "unit", "currency", "incoterm", "terms", "note", "week", "yes/no")
"""Kinds that are no figures with a unit."""

_EXTRAS: dict[str, dict[str, str]] = {
    "offers": {
        "unit": "unit",
        "currency": "currency",
        "quantity_unit": "unit",
        "incoterm": "incoterm",
        "terms": "terms",
        "max_month_t": "t",
        "commission_pct": "%",
        "tier_from_t": "t",
        "tier_price_usd_per_t": "USD/t",
    },
    "minerals": {"unit": "unit", "currency": "currency", "duty_pct": "%", "year": "1"},
    "prices": {"unit": "unit", "currency": "currency"},
    "use": {"unit": "unit", "amount": "t"},
    "stock": {"unit": "unit"},
    "inbound": {"unit": "unit", "currency": "currency", "note": "note"},
    "sites": {"area_m2": "m2", "height_m": "m"},
    "releases": {"unit": "unit", "currency": "currency"},
    "withdrawals": {"unit": "unit"},
    "tiers": {
        "unit": "unit",
        "currency": "currency",
        "house": "",
        "mineral": "",
        "origin": "",
        "price_usd_per_t": "USD/t",
    },
    RATES: {"currency": "currency", "rate": "rate"},
}
"""table -> what a sheet may say for it besides the table's own columns -> its unit, or the kind of text it is."""

NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "offers": (("mineral",), ("price_usd_per_t", "premium_usd_per_t", "premium_pct")),
    "minerals": (("mineral",), ("price_usd_per_t", "target_days", "daily_use_t", "duty_pct", "m3_per_t")),
    "houses": (("house",), ("commission_pct", "engage_fee_usd", "capacity_t", "weekly_capacity_t", "max_spend_usd")),
    "use": (("mineral",), ("amount", "daily_use_t")),
    "stock": (("mineral",), ("tonnes",)),
    "inbound": (("mineral",), ("tonnes",), ("week", "note")),
    "sites": (("site",), ("capacity_m3", "area_m2", "rent_usd_per_m3_week", "handling_usd_per_t")),
    "releases": (("week",), ("usd",)),
    "prices": (("mineral",), ("week",), ("price_usd_per_t",)),
    "origins": (("origin",), ("group", "barred", "extra_lead_weeks")),
    "duties": (("origin",), ("duty_pct",)),
    "tiers": (("tier_from_t", "from_t"), ("discount_pct", "price_usd_per_t")),
    RATES: (("currency",), ("rate",)),
}  # fmt: skip
"""table -> of each group at least one must be there, for a sheet to be taken for it."""

_FILE = Path(__file__).parent / "words.toml"
_TIER = re.compile(r"tier(\d)_(from_t|price_usd_per_t|discount_pct)")
_TIER_KINDS = {"from_t": "t", "price_usd_per_t": "USD/t", "discount_pct": "%"}
_BREAK = re.compile(r"(?:price )?(?:break|tier|step|band|level|staffel|stufe) ?(\d)\W*(.*)")


@cache
def kinds(table: str) -> dict[str, str]:
    """What a sheet may say for a table -> its unit as the schema writes it, or the kind of text: empty for a name."""
    model = TABLES.get(table)
    own = {column: unit_of(field) for column, field in model.model_fields.items()} if model else {}
    return {**own, **_EXTRAS.get(table, {})}


def fields_besides() -> dict[str, set[str]]:
    """table -> what a sheet may say for it besides its own columns, numbered price breaks apart."""
    return {table: set(extras) for table, extras in _EXTRAS.items()}


def kind_of(table: str, field: str) -> str | None:
    """The unit or kind of one; None where the table has no such."""
    if table == "offers" and (tier := _TIER.fullmatch(field)):
        return _TIER_KINDS[tier[2]]
    return kinds(table).get(field)


@cache
def words(table: str) -> dict[str, tuple[str, ...]]:
    """What a sheet may say for a table -> the words that stand for it, its own name first."""
    own, common = _known().get(table, {}), _known()["any"]
    said = {field: (field, *own.get(field, ()), *common.get(field, ())) for field in kinds(table)}
    return {field: tuple(dict.fromkeys(map(spoken, phrases))) for field, phrases in said.items()}


@cache
def titled(table: str) -> frozenset[str]:
    """Words of titles that speak for a table."""
    return frozenset((table, *_known()["titles"].get(table, ())))


@cache
def _known() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def tier_field(head: str, kind: str) -> str | None:
    """The field of a numbered price break that a head names: `break 1 qty` is tier1_from_t; `kind` is the head's unit's."""
    found = _BREAK.fullmatch(head)
    if not found:
        return None
    rest = found[2]
    if any(word in rest for word in ("discount", "rebate", "%", "rabatt", "pct")):
        return f"tier{found[1]}_discount_pct"
    if kind == "money" or any(word in rest for word in ("price", "rate", "preis", "prix")):
        return f"tier{found[1]}_price_usd_per_t"
    if kind == "mass" or any(
        word in rest for word in ("qty", "quantity", "from", "ab", "min", "volume", "menge", "from t")
    ):
        return f"tier{found[1]}_from_t"
    return None


TABLES_READ = tuple(NEEDED)
"""Tables that sheets are taken for by themselves; a mapping may name any other table of an instance too."""
