"""The mapping that a book suggests: for each of its tables what it becomes, and what is left for the planner to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from orebook.importing import proposed_settings as settings
from orebook.importing.blocks import Block
from orebook.importing.columns import Seen, is_number, seen_of
from orebook.importing.guesses import Guess, is_bare, title_of
from orebook.importing.heads import currency_in, spoken
from orebook.importing.mapping import BlockMap, ColumnMap
from orebook.importing.mapping import Mapping as BookMapping
from orebook.importing.proposed_settings import MEANT
from orebook.importing.quantities import unit_of
from orebook.importing.vocabulary import ASK, SKIP, TABLES_READ, kind_of
from orebook.reading.book import HEAD_TITLE
from orebook.reading.workbook import ABOUT


def proposed(name: str, blocks: Sequence[Block], hidden: Iterable[str] = ()) -> BookMapping:
    """The mapping for a book of that name; `hidden` are sheets that are out of sight, and are not read."""
    maps = [_block(block, blocks, skip=block.sheet in hidden) for block in blocks]
    pairs = list(zip(blocks, maps, strict=True))
    return BookMapping(
        instance=settings.head_of(name, pairs),
        decimal=settings.decimal_mark(pairs),
        units=settings.unclear_units(pairs),
        content_pct=settings.contents(pairs),
        groups=settings.groups(pairs),
        incoterms=settings.incoterms(pairs),
        block=tuple(maps),
    )


def _block(block: Block, others: Sequence[Block], *, skip: bool) -> BlockMap:
    columns = seen_of(block, MEANT)
    alike = [other for other in others if (other.sheet, other.section) == (block.sheet, block.section)]
    place = {"sheet": block.sheet, "section": block.section, "title": title_of(block) if len(alike) > 1 else None}
    guesses = [Guess.of(table, block, columns) for table in TABLES_READ]
    best = max(guesses, key=lambda guess: guess.score)
    skip = skip or block.sheet.casefold() in (HEAD_TITLE.casefold(), ABOUT.casefold())
    if skip or not block.lines or best.score <= 0:
        table = SKIP if skip or not any(column.part(is_number) > 0.5 for column in columns) else ASK
        return BlockMap.model_validate({**place, "table": table})
    becomes = {name: best.column(column) for name, column in zip(block.names, columns, strict=True)}
    best.said.update(_currency(best, becomes, columns))
    return BlockMap.model_validate({**place, "table": best.table, "set": best.said, "columns": becomes})


def _currency(guess: Guess, becomes: Mapping[str, ColumnMap], columns: Sequence[Seen]) -> dict[str, str]:
    """The currency of prices of which neither head, column, cell nor the column beside says one, as titles do; else asked."""
    said = {column.to for column in becomes.values()}
    money = [
        (column, seen)
        for column, seen in zip(becomes.values(), columns, strict=True)
        if (kind_of(guess.table, column.to) or "").startswith("USD") and column.unit != ASK
    ]
    beside = [c for c in columns if c.head in guess.found and guess.found[c.head].field == "unit"]
    if "currency" in said or any(c.part(_names_currency) > 0.5 for c in beside):
        return {}
    silent = [
        s for c, s in money if not _names_currency(c.unit) and s.whole != spoken(c.to) and any(map(is_bare, s.values))
    ]
    return {"currency": currency_in(guess.titles) or ASK} if silent else {}


def _names_currency(unit: Any) -> bool:
    read = unit_of(unit, MEANT) if isinstance(unit, str) else None
    return read is not None and read.currency is not None
