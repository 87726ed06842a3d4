"""A mapping held against a book: which table of the book each of its parts is about, and what no longer fits."""

from __future__ import annotations

from collections.abc import Sequence

from orebook.importing.blocks import UNHEADED, Block
from orebook.importing.columns import matches, seen_of
from orebook.importing.figures import Notes
from orebook.importing.mapping import BlockMap, ColumnMap, Mapping
from orebook.importing.periods import period_of
from orebook.importing.proposed_settings import MEANT
from orebook.importing.vocabulary import ASK, SKIP
from orebook.reading import suggest

Pair = tuple[Block, BlockMap]


def matched(blocks: Sequence[Block], mapping: Mapping, notes: Notes) -> list[Pair]:
    """The tables of a book with what a mapping says of each; what is missing, new or unsaid is a fault, with its remedy."""
    left, pairs = list(blocks), list[Pair]()
    for said in mapping.block:
        here = [b for b in left if b.sheet == said.sheet and b.section == said.section]
        here = [b for b in here if said.title is None or said.title in b.titles]
        if not here:
            if said.table != SKIP:
                _gone(said, left, notes)
            continue
        block = max(here, key=lambda b: len(set(b.names) & said.columns.keys()))
        left.remove(block)
        if said.table == ASK:
            notes.fault(
                "asked",
                block.corner,
                f"what does this table become? Say it in the mapping: table = one of an instance's, rates, or {SKIP}",
            )
        elif said.table == SKIP:
            notes.warn(
                "table_not_used",
                block.corner,
                f"the table{_section(said.section)} is not read: {len(block.lines)} rows",
            )
        else:
            pairs.append((block, _columns(block, said, notes)))
    for block in left:
        if block.lines:
            new = f"is a table that the mapping does not know{_section(block.section)}"
            mend = f"add a [[block]] for it, with table = {SKIP} where it is not to be read"
            notes.fault("new_table", block.corner, f"{new}; {mend}")
    return pairs


def _gone(said: BlockMap, left: Sequence[Block], notes: Notes) -> None:
    sheets = {block.sheet for block in left}
    out = "take its [[block]] out of the mapping"
    if said.sheet in sheets:
        says = f"has no table{_section(said.section)} any more; {out}, or give it its heads again"
    else:
        like = suggest.nearest(said.sheet, sheets)
        mend = f'the book has "{like}": name that in the mapping' if like else f"{out}, or put the sheet back"
        says = f"is not in the book any more; {mend}"
    notes.fault("sheet_gone", said.sheet, says)


def _section(section: str | None) -> str:
    return f' under "{section}"' if section else ""


def _columns(block: Block, said: BlockMap, notes: Notes) -> BlockMap:
    """What is said of the columns that are there; months that have rolled on are taken as the others are."""
    names = block.names
    columns = dict(said.columns)
    where = {name: block.at(block.line, head.place) for name, head in zip(names, block.heads, strict=True)}
    fresh = [name for name in names if name not in columns]
    monthly = next((c for c in columns.values() if c.period is not None and c.to != SKIP), None)
    for name in fresh:
        if monthly is not None and period_of(name) is not None:
            columns[name] = monthly.model_copy(update={"period": name})
            notes.warn("new_period", where[name], f'"{name}" is new, and is read as the other months are')
    gone = [
        name for name, column in columns.items() if name not in names and column.to != SKIP and column.period is None
    ]
    fresh = [name for name in fresh if name not in columns and _filled(block, name, names)]
    fresh = [
        name for name in fresh if not name.startswith(UNHEADED)
    ]  # remarks beside a row, which are said not to be used
    at = block.corner
    seen = seen_of(block, MEANT) if gone else []
    meant = {match.field: match.head.text for match in matches(said.table, seen, MEANT)}
    for name in gone:
        same = meant.get(columns[name].to)
        like = same if same in fresh else suggest.nearest(name, fresh)
        mend = (
            f'is it "{like}" ({where[like]}) now? Name it so in the mapping'
            if like
            else "give the column its head again, or take it out of the mapping"
        )
        notes.fault("head_gone", at, f'the head "{name}" ({columns[name].to}) is not there any more; {mend}')
    for name in fresh:
        notes.fault(
            "new_column",
            where[name],
            f'"{name}" is a column that the mapping does not know; say what it becomes, or "{name}" = "{SKIP}"',
        )
    for name in names:
        column = columns.get(name)
        if column is not None and column.to == ASK:
            notes.fault(
                "asked", where[name], f'what does "{name}" become? Say it in the mapping, or "{name}" = "{SKIP}"'
            )
        elif column is not None and column.unit == ASK:
            says = f'in what unit are the figures under "{name}"? Say it in the mapping: unit = ... in place of "{ASK}"'
            notes.fault("asked", where[name], says)
            notes.asked.add(column.to)
            columns[name] = ColumnMap(to=SKIP)
    if any(value == ASK for value in said.set.values()):
        notes.asked |= {"price_usd_per_t", "usd"} if said.set.get("currency") == ASK else set()
        asked = " and ".join(key for key, value in said.set.items() if value == ASK)
        notes.fault(
            "asked", at, f"no column says the {asked}; say it in the mapping: set.{asked}, or the column that does"
        )
    return said.model_copy(
        update={"columns": {n: c if c.to != ASK else ColumnMap(to=SKIP) for n, c in columns.items() if n in names}}
    )


def _filled(block: Block, name: str, names: Sequence[str]) -> bool:
    place = block.heads[list(names).index(name)].place
    return any(not line.cell(place).blank for line in block.lines)
