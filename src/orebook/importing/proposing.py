"""The mapping that a book suggests: for each of its tables what it becomes, and what is left for the planner to say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from orebook.importing import proposed_settings as settings
from orebook.importing.blocks import Block
from orebook.importing.columns import Match, Seen, matches, seen_of, spread
from orebook.importing.currencies import CURRENCIES
from orebook.importing.heads import spoken
from orebook.importing.mapping import BlockMap, ColumnMap
from orebook.importing.mapping import Mapping as BookMapping
from orebook.importing.proposed_settings import GROUP, MEANT
from orebook.importing.typed import taken_apart
from orebook.importing.vocabulary import ASK, NEEDED, RATES, SKIP, TABLES_READ, TEXTS, kind_of, titled

_BY_TITLE = 1.3
"""What a word in a title that speaks for a table adds to the scores of its columns."""


def proposed(name: str, blocks: Sequence[Block], hidden: Iterable[str] = ()) -> BookMapping:
    """The mapping for a book of that name; `hidden` are sheets that are out of sight, and are not read."""
    maps = [_block(block, MEANT, skip=block.sheet in hidden) for block in blocks]
    pairs = list(zip(blocks, maps, strict=True))
    as_of = settings.day_of_book(blocks)
    return BookMapping(
        instance=settings.head_of(name, pairs, as_of),
        decimal=settings.decimal_mark(pairs),
        as_of=as_of,
        units=settings.unclear_units(pairs),
        content_pct=settings.contents(pairs),
        groups=settings.groups(pairs),
        incoterms=settings.incoterms(pairs),
        block=tuple(maps),
    )


def _block(block: Block, meanings: Mapping[str, str], *, skip: bool) -> BlockMap:
    columns = seen_of(block, meanings)
    found = {table: matches(table, columns, meanings) for table in TABLES_READ}
    spreads = {column.head: said for column in columns if (said := spread(column)) and column.part(_counts) > 0.5}
    rates = [Match(c.head, "rate", 1.0) for c in columns if c.name in CURRENCIES and c.part(_counts) > 0.6]
    if rates and not any(m.field == "rate" for m in found[RATES]):
        found[RATES].append(rates[0])
    scores = {table: score for table in TABLES_READ if (score := _table_score(table, block, found[table], spreads)) > 0}
    if skip or not block.lines or not scores:
        table = SKIP if skip or not any(column.part(_counts) > 0.5 for column in columns) else ASK
        return BlockMap(sheet=block.sheet, section=block.section, table=table)
    table = max(scores, key=lambda t: scores[t])
    by_head = {match.head: match for match in found[table]}
    named = zip(block.names, columns, strict=True)
    becomes = {name: _column(table, c, by_head.get(c.head), spreads.get(c.head)) for name, c in named}
    fields = {column.to for column in becomes.values()}
    asked = {"house": ASK} if table == "offers" and "house" not in fields else {}
    return BlockMap(sheet=block.sheet, section=block.section, table=table, set=asked, columns=becomes)


def _counts(value: Any) -> bool:
    return isinstance(value, int | float) or (isinstance(value, str) and taken_apart(value) is not None)


def _table_score(table: str, block: Block, found: Sequence[Match], spreads: Mapping[Any, Any]) -> float:
    """How surely a table is the one: what its columns score, and titles; 0 where what it needs is not there."""
    fields = {match.field for match in found}
    if table == "use" and any("period" in said for said in spreads.values()):
        fields.add("amount")
    if table == "offers" and any("from" in said for said in spreads.values()):
        fields.add("price_usd_per_t")
    if not all(fields & set(group) for group in NEEDED[table]):
        return 0.0
    words = {word for text in (block.sheet, *block.titles) for word in spoken(text).split()}
    score = sum(match.score for match in found) + _BY_TITLE * bool(words & titled(table))
    if block.section is not None:
        score += 2 * _BY_TITLE * bool(set(spoken(block.section).split()) & titled(table))
    return score


def _column(table: str, column: Seen, match: Match | None, said: Mapping[str, str] | None) -> ColumnMap:
    if said and (match is None or match.score < 0.9):
        if "period" in said and table == "use":
            return _of(to="amount", unit=column.unit_text, period=said["period"])
        if "from" in said and table == "offers":
            return _of(to="tier_price_usd_per_t", unit=column.unit_text, **{"from": said["from"]})
    if match is None:
        return _of(to=SKIP)
    group = GROUP.search(column.head.text) if match.field == "duty_pct" and table == "minerals" else None
    kind = kind_of(table, match.field)
    unit = column.unit_text if kind not in TEXTS else None
    if table == RATES and match.field == "rate":
        unit = _rate_way(column)
    elif unit is None and kind in ("weeks", "days") and spoken(match.field) != column.whole:
        unit = "days" if "days" in column.whole.split() else ASK if _bare(column) else None
    return _of(to=match.field, unit=unit, group=group[1] if group else None)


def _of(**keys: Any) -> ColumnMap:
    return ColumnMap.model_validate({key: value for key, value in keys.items() if value is not None})


def _bare(column: Seen) -> bool:
    """Whether a column holds figures of which neither head nor cell says the unit."""
    return any(not isinstance(v, str) or ((t := taken_apart(v)) is not None and not t.after) for v in column.values)


def _rate_way(column: Seen) -> str:
    """Which way round rates are given: in so many of the head's currency, or so many for a dollar."""
    code = CURRENCIES.get(column.name)
    return code or "per USD"
