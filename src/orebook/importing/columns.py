"""Which column of a table each column of a sheet becomes: by its head, the unit in the head, and its values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from typing import Any

from orebook.importing.blocks import Block, Head
from orebook.importing.currencies import CURRENCIES
from orebook.importing.heads import break_from, split_head, spoken
from orebook.importing.periods import TWO_DAYS, day_in, day_inside, period_of, week_number
from orebook.importing.quantities import Unit, lacks, unit_of
from orebook.importing.terms import incoterm_of, paid_on_order
from orebook.importing.typed import is_figure
from orebook.importing.vocabulary import kind_of, tier_field, words
from orebook.reading import letters
from orebook.reading.cell import Raw
from orebook.reading.failed import is_failed
from orebook.reading.filler_words import is_placeholder

ENOUGH = 0.55
"""A score from which a column is taken for a field."""
_LIKE = 0.86
_TOO_SHORT = 4
"""Letters of a word that is known by itself alone, and not by one that is like it."""
_SAMPLE = 200
"""Values of a column that are looked at to tell what it is."""
WEEK = ("week", "wk", "Week")
"""At the end of a head it says that its figures are numbers of weeks, and not how long something takes."""
SEVERAL = ("duty_pct",)
"""Fields that several columns of a table may be taken for, such as the duties of groups of origins."""


@dataclass(frozen=True, slots=True)
class Match:
    """A column that is taken for a field, and how surely, 0 to 1."""

    head: Head
    field: str
    score: float


@dataclass(frozen=True, slots=True)
class Seen:
    """A column of a sheet as it looks: its head's name and unit, and what its cells are."""

    head: Head
    name_typed: str
    name: str
    whole: str
    unit_text: str | None
    unit: Unit | None
    values: tuple[Any, ...]
    memo: dict[tuple[str, bool], tuple[float, float]] = field(default_factory=dict, compare=False, repr=False)
    """By kind of field: how well unit and values go with it, and how surely the values alone tell it."""

    def part(self, good: Any) -> float:
        """The part of its values, blanks apart, for which something holds."""
        return sum(bool(good(value)) for value in self.values) / len(self.values) if self.values else 0.0


def seen_of(block: Block, meanings: Mapping[str, str]) -> list[Seen]:
    """Every column of a table, with its values."""
    found = []
    for head in block.heads:
        name, unit = split_head(head.text, meanings)
        cells = (line.cell(head.place) for line in block.lines)
        values = tuple(islice((c.value for c in cells if _tells(c)), _SAMPLE))
        found.append(
            Seen(head, name, spoken(name), spoken(head.text), unit, unit_of(unit, meanings) if unit else None, values)
        )
    return found


def _tells(cell: Raw) -> bool:
    """Whether a cell holds a value that says what its column is: no failed formula, and no word for nothing."""
    if cell.blank or cell.error or not cell.worked_out:
        return False
    return not (isinstance(cell.value, str) and (is_placeholder(cell.value) or is_failed(cell.value)))


def matches(table: str, columns: Sequence[Seen], meanings: Mapping[str, str]) -> list[Match]:
    """The fields of a table that columns are taken for, each once, the surest first."""
    scored = [
        Match(column.head, field, score)
        for column in columns
        for field in words(table)
        if (score := _score(table, field, column, meanings)) >= ENOUGH
    ]
    scored += [m for column in columns if table == "offers" and (m := _tier(column)) is not None]
    taken: list[Match] = []
    for match in sorted(scored, key=lambda m: (-m.score, m.head.place)):
        if all(match.head != other.head and (match.field != other.field or match.field in SEVERAL) for other in taken):
            taken.append(match)
    return taken


def _tier(column: Seen) -> Match | None:
    field = tier_field(column.whole, column.unit.kind if column.unit else "") or tier_field(column.name, "")
    return Match(column.head, field, 1.05) if field else None


def _score(table: str, field: str, column: Seen, meanings: Mapping[str, str]) -> float:
    kind = kind_of(table, field)
    if kind is None or tier_field(column.whole, "") or not column.values:
        return 0.0
    key = (kind, field == "to_week")
    if key not in column.memo:
        fits, by_values = _fits(kind, column, meanings, lasts=key[1]), _by_values(kind, column, meanings)
        column.memo[key] = fits, by_values
    fits, by_values = column.memo[key]
    if fits < 0:
        return 0.0
    by_name = max(max(_alike(said, column.whole), _alike(said, column.name)) for said in words(table)[field])
    if kind == "week" and field != "week":
        by_values = 0.0  # which of several days a column of days is, its head alone tells
    if by_values >= 0.8 and by_name < ENOUGH:
        return 0.6 * by_values
    return by_name + fits if by_name >= ENOUGH else 0.0


@lru_cache(maxsize=1 << 16)
def _alike(said: str, head: str) -> float:
    """How well a head's words are those of a field, 0 to 1."""
    theirs, mine = head.split(), said.split()
    if head == said:
        return 1.0
    if set(mine) <= set(theirs):
        return 0.5 + 0.35 * len(mine) / len(theirs)
    if len(said) <= _TOO_SHORT or not 2 * min(len(said), len(head)) / (len(said) + len(head)) >= _LIKE:
        return 0.0
    return 0.8 if SequenceMatcher(None, head, said).ratio() >= _LIKE else 0.0


def _fits(kind: str, column: Seen, meanings: Mapping[str, str], *, lasts: bool) -> float:
    """How well unit and values go with a kind of field: under 0 where they cannot."""
    figures = column.part(is_number)
    match kind:
        case "":
            dates = column.part(lambda v: day_in(v) is not None)
            return -1.0 if max(figures, dates) > 0.5 or column.unit is not None else 0.1
        case "unit":
            return 0.1 if column.part(lambda v: _is_unit(v, meanings)) > 0.6 else -1.0
        case "currency":
            return 0.1 if column.part(_is_currency) > 0.6 else -1.0
        case "incoterm":
            return 0.1 if column.part(lambda v: incoterm_of(str(v)) is not None) > 0.5 else -1.0
        case "terms":
            return 0.0 if figures < 0.5 or column.part(lambda v: paid_on_order(str(v)) is not None) > 0.5 else -1.0
        case "note":
            return 0.0 if figures < 0.3 else -1.0
        case "week":
            own = column.unit is None or column.unit_text in WEEK or (lasts and column.unit.kind == "time")
            when = column.part(_is_when)
            either = column.part(lambda v: _is_when(v) or is_number(v))
            return 0.1 if when > 0.6 else 0.0 if either > 0.6 and own else -1.0
        case "yes/no":
            return (
                0.1
                if column.part(lambda v: str(v).strip().lower() in ("yes", "no", "y", "n", "true", "false")) > 0.6
                else -1.0
            )
        case "rate":
            return 0.1 if figures > 0.6 else -1.0
    if figures < 0.5 or column.part(lambda v: day_in(v) is not None and not isinstance(v, str)) > 0.5:
        return -1.0
    wanted = unit_of(kind, meanings)
    if column.unit is None or wanted is None:
        return 0.0
    return 0.15 if _may_be(column.unit, wanted) else -1.0


def _may_be(unit: Unit, wanted: Unit) -> bool:
    """Whether figures in one unit may be meant for another, something left unsaid allowed."""
    why = lacks(unit, wanted)
    return why is None or why.startswith("does not say") or (wanted.per != () and wanted.kind == unit.kind)


def _by_values(kind: str, column: Seen, meanings: Mapping[str, str]) -> float:
    """How surely the values alone tell what a column is."""
    match kind:
        case "currency":
            return column.part(_is_currency)
        case "unit":
            return column.part(lambda v: _is_unit(v, meanings) and not _is_currency(v) and not is_number(v)) * 0.95
        case "incoterm":
            return column.part(lambda v: incoterm_of(str(v)) is not None)
        case "terms":
            return column.part(lambda v: isinstance(v, str) and paid_on_order(v) is not None)
        case "week":
            return column.part(lambda v: day_in(v) is not None or (isinstance(v, str) and period_of(v) is not None))
        case "note":
            return column.part(lambda v: isinstance(v, str) and day_in(v) is None and day_inside(v) is not None)
    return 0.0


def _is_when(value: Any) -> bool:
    """Whether a value is a day, a month, quarter or year, or a week written as such."""
    if day_in(value) is not None or period_of(value) is not None or week_number(value) is not None:
        return True
    return isinstance(value, str) and TWO_DAYS.fullmatch(value.strip()) is not None


def is_number(value: Any) -> bool:
    """Whether a value is a number, or a text that is one."""
    return (isinstance(value, int | float) and not isinstance(value, bool)) or (
        isinstance(value, str) and is_figure(value)
    )


def _is_unit(value: Any, meanings: Mapping[str, str]) -> bool:
    unit = unit_of(value, meanings) if isinstance(value, str) else None
    return unit is not None and (unit.kind not in ("", "percent", "time") or bool(unit.per))


def _is_currency(value: Any) -> bool:
    return isinstance(value, str) and letters.plain(value).strip() in CURRENCIES


def spread(column: Seen) -> dict[str, str]:
    """What a head says where it is no name of a column: the period that its figures are about, or a quantity."""
    if period_of(column.head.text) is not None:
        return {"period": column.head.text}
    found = break_from(column.head.text)
    return {"from": " ".join(part for part in found if part)} if found else {}
