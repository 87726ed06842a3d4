"""What a book suggests of the plan as a whole: its weeks, how its numbers and units are meant, groups of origins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from orebook.importing.blocks import Block, Line
from orebook.importing.heads import spoken
from orebook.importing.mapping import ASKED, Asked, BlockMap, ColumnMap, Decimal, Incoterm
from orebook.importing.periods import day_in, day_inside, period_of
from orebook.importing.quantities import UNCLEAR, Unit, unit_of
from orebook.importing.terms import LEAVES_OUT, incoterm_of
from orebook.importing.typed import decimal_of, is_unclear, number_texts, taken_apart
from orebook.importing.vocabulary import ASK, MONDAY, SKIP, TEXTS, kind_of
from orebook.reading import letters
from orebook.reading.book import HEAD_TITLE
from orebook.schema.head import Head

Pairs = Sequence[tuple[Block, BlockMap]]
MEANT = {"mt": "t", "mts": "t"}
"""Words of units that mean several things, and hardly ever but one of them in a book of metals."""
GROUP = re.compile(r"[(\[]\s*([^():\[\]]+?)\s*(?::\s*([^()\[\]]+))?[)\]]")
"""A group of origins in a head, and its members: `(FTA: Chile, EU)`."""
_PRECIOUS = (
    "gold",
    "silver",
    "silber",
    "platin",
    "palladium",
    "rhodium",
    "iridium",
    "ruthenium",
    "osmium",
    "argent",
    "백금",
)
"""How the names of precious metals begin."""
_CONTENT = {"apt": 88.5, "ammonium paratungstate": 88.5}
"""Of what is quoted by its content: % of it, WO3 in ammonium paratungstate."""
_LONGEST_PLAN = 26
_NO_DATES = 13


def day_of_book(pairs: Pairs) -> date | None:
    """The first day that a title or a sheet's name tells, else the first on which a quote stands."""
    texts = (text for block, _ in pairs for text in (*block.titles, block.sheet))
    told = next((day for text in texts if (day := day_inside(text)) is not None), None)
    opens = (
        day for _, column, values in _mapped(pairs) if column.to == "from_week" for v in values if (day := day_in(v))
    )
    return told or min(opens, default=None)


def monday_from(day: date) -> date:
    """The day, or the next Monday after it."""
    return day + timedelta(days=-day.weekday() % 7)


def head_of(name: str, pairs: Pairs) -> dict[str, Any]:
    """The keys of instance.toml: the first Monday from the book's day on, weeks up to the last day of an order.

    The start is for the planner to say where days or months are read and no day tells it.
    """
    mapped, as_of = list(_mapped(pairs)), day_of_book(pairs)
    closes = [
        day for _, column, values in mapped if column.to == "to_week" for v in values if (day := day_in(v)) is not None
    ]
    months = [period.last for _, column, _ in mapped if column.period and (period := period_of(column.period))]
    last = max(closes, default=max(months, default=None))
    weeks = _NO_DATES
    if as_of is not None and last is not None and last >= monday_from(as_of):
        weeks = min(_LONGEST_PLAN, (last - monday_from(as_of)) // timedelta(weeks=1) + 1)
    title = next((title for block, _ in pairs for title in block.titles if len(title.split()) > 2), None)
    asked = months or any(kind_of(table, column.to) == "week" for table, column, _ in mapped)
    return {
        "name": "-".join(re.findall(r"\w+", letters.plain(name))) or "book",
        **({"title": title} if title else {}),
        **({"start": MONDAY if as_of else ASK} if as_of or asked else {}),
        "weeks": weeks,
        **_head_sheet(pairs),
    }


def _head_sheet(pairs: Pairs) -> dict[str, Any]:
    """The keys of a sheet of scalars, as a workbook of an instance has one."""
    lines = [line for block, _ in pairs if block.sheet.casefold() == HEAD_TITLE.casefold() for line in block.lines]
    found = {str(line.cell(0).value).strip(): line.cell(1).value for line in lines if not line.cell(1).blank}
    days = {key: value.date() if isinstance(value, datetime) else value for key, value in found.items()}
    return {key: value for key, value in days.items() if key in Head.model_fields}


def decimal_mark(pairs: Pairs) -> Decimal | Asked | None:
    """The decimal mark of numbers typed as text; to be said where some are unclear and no other tells."""
    columns = (values for table, column, values in _mapped(pairs) if kind_of(table, column.to) not in TEXTS)
    bodies = [body for values in columns for body in number_texts(values)]
    if not any(map(is_unclear, bodies)):
        return None
    return decimal_of(bodies) or ASKED


def unclear_units(pairs: Pairs) -> dict[str, str]:
    """What words of units that mean several things mean: an ounce of precious metals alone is a troy ounce."""
    found: dict[str, set[str]] = {}
    for block, said in pairs:
        for line, unit in _units(block, said, {}):
            for word in unit.unclear:
                found.setdefault(word, set()).add(_mineral(block, said, line))
    return {word: _meaning(word, minerals) for word, minerals in sorted(found.items())}


def contents(pairs: Pairs) -> dict[str, float | Asked]:
    """The content of minerals that are quoted by it, in %."""
    found: dict[str, float | Asked] = {}
    for block, said in pairs:
        for line, unit in _units(block, said, MEANT):
            if unit.contained and (name := _mineral(block, said, line)):
                known = [pct for word, pct in _CONTENT.items() if word in spoken(name)]
                found[name] = known[0] if known else ASKED
    return found


def incoterms(pairs: Pairs) -> dict[str, Incoterm]:
    """The terms of delivery of quotes that leave something out, for the planner to say what it costs."""
    texts = [str(v) for _, column, values in _mapped(pairs) if column.to == "incoterm" for v in values]
    said = set(map(incoterm_of, texts))
    return {term: Incoterm() for term, missing in LEAVES_OUT.items() if term in said and missing}


def groups(pairs: Pairs) -> dict[str, tuple[str, ...]]:
    """Groups of origins that heads of duties name: `FTA: Chile, EU`; one without members has all the others."""
    found: dict[str, tuple[str, ...]] = {}
    for block, said in pairs:
        for head, column in _columns(block, said):
            named = GROUP.search(head)
            if column.group is not None and named is not None:
                members = named[2].split(",") if named[2] else ["*"]
                found[column.group] = tuple(" ".join(name.split()) for name in members)
    return found


def _columns(block: Block, said: BlockMap) -> Iterator[tuple[str, ColumnMap]]:
    """The columns that are read, each with its head's text."""
    for head, name in zip(block.heads, block.names, strict=True):
        column = said.columns.get(name)
        if column is not None and column.to != SKIP:
            yield head.text, column


def _mapped(pairs: Pairs) -> Iterator[tuple[str, ColumnMap, list[Any]]]:
    """Each column that is read, with its table and the values in it."""
    for block, said in pairs:
        for head, name in zip(block.heads, block.names, strict=True):
            column = said.columns.get(name)
            if column is not None and column.to != SKIP:
                cells = (line.cell(head.place) for line in block.lines)
                yield said.table, column, [cell.value for cell in cells if not cell.blank]


def _units(block: Block, said: BlockMap, meanings: dict[str, str]) -> Iterator[tuple[Line, Unit]]:
    """Every unit that a row is under: of its heads, of its columns of units, and beside its numbers."""
    for head, name in zip(block.heads, block.names, strict=True):
        column = said.columns.get(name)
        if column is None or column.to == SKIP:
            continue
        own = unit_of(column.unit, meanings) if column.unit else None
        for line in block.lines:
            value = line.cell(head.place).value
            text = value if isinstance(value, str) else ""
            typed = taken_apart(text) if kind_of(said.table, column.to) not in TEXTS else None
            text = f"{typed.before} {typed.after}" if typed else text if column.to.endswith("unit") else ""
            beside = unit_of(text, meanings) if text.strip() else None
            yield from ((line, unit) for unit in (own, beside) if unit is not None)


def _mineral(block: Block, said: BlockMap, line: Line) -> str:
    places = [h.place for h, name in zip(block.heads, block.names, strict=True) if _to(said, name) == "mineral"]
    return str(line.cell(places[0]).value).strip() if places else said.set.get("mineral", "")


def _to(said: BlockMap, name: str) -> str:
    column = said.columns.get(name)
    return column.to if column is not None else SKIP


def _meaning(word: str, minerals: Iterable[str]) -> str:
    choices = UNCLEAR[word]
    if len(choices) == 1:
        return choices[0]
    precious = all(any(word.startswith(_PRECIOUS) for word in spoken(name).split()) for name in minerals)
    return choices[0] if choices[0] == "troy oz" and precious else ASK
