"""What table a block of a sheet may be: which column each of its columns becomes, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orebook.exact import exact
from orebook.importing.apart import apart
from orebook.importing.blocks import Block, Head
from orebook.importing.columns import WEEK, Match, Seen, is_number, matches, spread
from orebook.importing.currencies import CURRENCIES
from orebook.importing.heads import spoken, unit_in_titles
from orebook.importing.mapping import ColumnMap
from orebook.importing.proposed_settings import GROUP, MEANT
from orebook.importing.quantities import unit_of
from orebook.importing.rates import way_of
from orebook.importing.typed import taken_apart
from orebook.importing.vocabulary import ASK, NEEDED, RATES, SKIP, TEXTS, kind_of, titled
from orebook.schema.document import TABLES

_OF_A_MINERAL = ("stock", "use", "inbound")
"""Tables that may be of one mineral, which their title names."""
_NO_UNIT = (*TEXTS, "%", "1", "score", "houses", "rate")
"""Kinds of figures that need none said."""
_SHORT = 4
"""Words of a title that may be a name."""
_BY_TITLE = 1.3
"""What a word in a title that speaks for a table adds to the scores of its columns."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A table that a block may be: which columns it has, what holds for each row, and how sure that is."""

    table: str
    found: dict[Head, Match]
    spread: dict[Head, dict[str, str]]
    apart: dict[int, dict[str, object]]
    said: dict[str, str]
    titles: tuple[str, ...]
    columns: Sequence[Seen]
    score: float

    @classmethod
    def of(cls, table: str, block: Block, columns: Sequence[Seen]) -> Guess:
        """The guess that a block is of a table; of score 0 where what the table needs is not there."""
        found = matches(table, columns, MEANT)
        if table == RATES and not any(m.field == "rate" for m in found):
            named = (c for c in columns if c.name in CURRENCIES and c.part(is_number) > 0.6)
            found += [Match(column.head, "rate", 1.0) for column in named][:1]
        about = {c.head: said for c in columns if (said := spread(c)) and c.part(is_number) > 0.5}
        sets = apart(table, columns, found)
        fields = {match.field for match in found} | {str(way["to"]) for way in sets.values()}
        fields |= {by for way in sets.values() for by in way["set"]}  # type: ignore[attr-defined]
        if table == "use" and any("period" in said for said in about.values()):
            fields.add("amount")
        if table == "offers" and any("from" in said for said in about.values()):
            fields.add("price_usd_per_t")
        said = _said(table, block, fields)
        score = 0.0
        there = fields | said.keys()
        if all(there & set(group) for group in NEEDED[table]) or _is_own(table, block, fields):
            score = sum(match.score for match in found) + _titles(table, block) + 0.2 * len(sets) - len(said) / 2
        return cls(
            table,
            {match.head: match for match in found},
            about,
            sets,
            said,
            (*block.titles, block.sheet),
            columns,
            score,
        )

    def column(self, column: Seen) -> ColumnMap:
        """What a column becomes."""
        if way := self.apart.get(column.head.place):
            becomes = _of(**way)
        else:
            becomes = _column(self.table, column, self.found.get(column.head), self.spread.get(column.head))
        if becomes.to == "rate":
            return becomes.model_copy(update={"unit": self._way(column)})
        if becomes.unit is None and self._without_unit(becomes, column):
            kind = kind_of(self.table, becomes.to) or ""
            becomes = becomes.model_copy(update={"unit": unit_in_titles(self.titles, kind) or ASK})
        if kind_of(self.table, becomes.to) == "t/day" and becomes.unit not in (None, ASK):
            yearly = any(match.field == "year" for match in self.found.values())
            becomes = becomes.model_copy(update={"unit": _a_time(str(becomes.unit), column, yearly=yearly)})
        return becomes

    def _way(self, column: Seen) -> str:
        """In what a rate is given: so many of the head's currency for one, so many `per USD`, or as the rates tell."""
        words = column.head.text.casefold().replace("/", " per ").split()
        if "per usd" in " ".join(words).replace("us$", "usd").replace("dollar", "usd"):
            return "per USD"
        named = CURRENCIES.get(column.name) or (column.unit.currency if column.unit is not None else None)
        codes = next((c for c in self.columns if c.head in self.found and self.found[c.head].field == "currency"), None)
        pairs = zip(codes.values if codes else (), column.values, strict=False)
        rates = [
            (CURRENCIES.get(str(a).casefold(), ""), exact(float(b))) for a, b in pairs if isinstance(b, int | float)
        ]
        return named or way_of(rates) or ASK

    def _without_unit(self, becomes: ColumnMap, column: Seen) -> bool:
        """Whether nothing says what the figures of a column are in: head, cells, nor another column."""
        kind = kind_of(self.table, becomes.to)
        if kind is None or kind in _NO_UNIT or spoken(becomes.to.replace("_", " ")) == column.whole:
            return False
        fields = {match.field for match in self.found.values()}
        beside = {"USD/t": {"unit"}, "t": {"unit", "quantity_unit"}, "USD": {"unit", "currency"}}.get(kind, {"unit"})
        return not beside & fields and any(map(is_bare, column.values))


def title_of(block: Block) -> str | None:
    """The title next to a table, that tells it from others of its sheet."""
    return block.titles[-1] if block.titles else None


def _said(table: str, block: Block, fields: set[str]) -> dict[str, str]:
    """What every row of a table needs and no column says: a mineral may stand in the title, else it is to be said."""
    said = {}
    if table in _OF_A_MINERAL and "mineral" not in fields:
        names = [title for title in block.titles if _may_name(title)]
        said["mineral"] = names[-1] if names else ASK
    if table == "offers" and "house" not in fields:
        said["house"] = ASK
    return said


def _is_own(table: str, block: Block, fields: set[str]) -> bool:
    """Whether a sheet has the name of a table of an instance, and all columns that such a table needs."""
    model = TABLES.get(table)
    if model is None or block.sheet.casefold() != table:
        return False
    return fields >= {name for name, field in model.model_fields.items() if field.is_required()}


def _may_name(title: str) -> bool:
    """Whether a title is short enough for the name of a mineral, and neither a unit nor a day."""
    return len(title.split()) <= _SHORT and not any(c.isdigit() for c in title) and unit_of(title, MEANT) is None


def _titles(table: str, block: Block) -> float:
    """What titles add to a table's score; the label of a section most of all."""
    words = {word for text in (block.sheet, *block.titles) for word in spoken(text).split()}
    section = set(spoken(block.section).split()) if block.section is not None else set()
    return _BY_TITLE * bool(words & titled(table)) + 2 * _BY_TITLE * bool(section & titled(table))


def _column(table: str, column: Seen, match: Match | None, said: Mapping[str, str] | None) -> ColumnMap:
    if said and (match is None or match.score < 0.9):
        if "period" in said and table == "use":
            return _of(to="amount", unit=column.unit_text, period=said["period"])
        if "from" in said and table == "offers":
            return _of(to="tier_price_usd_per_t", **{"from": said["from"]})
    if match is None:
        return _of(to=SKIP)
    group = GROUP.search(column.head.text) if match.field == "duty_pct" and table == "minerals" else None
    kind = kind_of(table, match.field)
    lasts = match.field == "to_week" and column.unit_text not in (None, *WEEK)
    own = column.head.text.strip().casefold() == match.field  # the table's own head, which says its unit
    unit = column.unit_text if not own and (kind not in TEXTS or lasts) else None
    return _of(to=match.field, unit=unit, group=group[1] if group else None)


def is_bare(value: Any) -> bool:
    """Whether a value is a number without a unit beside it."""
    typed = taken_apart(value) if isinstance(value, str) else None
    return isinstance(value, int | float) or (typed is not None and not typed.before and not typed.after)


_TIMES = {
    "year": ("annual", "yearly", "year", "pa"),
    "month": ("monthly", "month"),
    "week": ("weekly", "week"),
    "day": ("daily", "day"),
}


def _a_time(unit: str, column: Seen, *, yearly: bool) -> str:
    """The unit of a use, with the time that its head says; that of a table with a row a year is a year."""
    read = unit_of(unit, MEANT)
    if read is None or read.per:
        return unit
    words = column.whole.split()
    said = [time for time, names in _TIMES.items() if any(word in names for word in words)]
    return f"{unit}/{said[0]}" if said else f"{unit}/year" if yearly else ASK


def _of(**keys: Any) -> ColumnMap:
    return ColumnMap.model_validate({key: value for key, value in keys.items() if value is not None})
