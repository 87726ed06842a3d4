"""A mapping as a file for people: each column beside what its first row is read as."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, KeyType, SingleKey, Table

from orebook.export.texts import cell_text
from orebook.importing.blocks import Block
from orebook.importing.figures import shown_value, tidy
from orebook.importing.making import Making
from orebook.importing.mapping import BlockMap, ColumnMap
from orebook.importing.mapping import Mapping as BookMapping
from orebook.importing.vocabulary import ASK, MONDAY, SKIP
from orebook.schema.document import TABLES

_WIDE = 44
_TOP = {
    "as_of": "the day of the book",
    "decimal": 'the decimal mark of numbers typed as text, such as "22,000"',
    "hidden_rows": "true: hidden, filtered and struck-out rows are read too",
    "monthly_cap": "split: an offer a month; week, plan: less, so that no month has more; loose: one month may have more",
    "intake_days": "days a week on which stores take goods in",
    "class_from_stock": "minerals without a storage class have that of the store their stock lies in",
    "accept": 'figures ten times off that are right, such as "offers.x.price_usd_per_t"',
    "changes": 'what is in no sheet, such as "minerals.*.m3_per_t=0.3"',
}
_TABLES = {
    "units": "what words of units mean that mean several things",
    "rates": "currency -> USD that one of it is worth; goes before the book's own table of rates",
    "content_pct": "of what is quoted by its content (per MTU): how much it holds, in %",
    "names": "name in the book -> the name it is given",
    "groups": "groups of origins; EU and ASEAN have their members, * all others",
}


def mapping_text(mapping: BookMapping, blocks: Sequence[Block], making: Making, book: str) -> str:
    """The file, with a remark where something is to be said."""
    document = tomlkit.document()
    document.add(tomlkit.comment(f"How {book} is read, and next week's book (`orebook import`)."))
    document.add(
        tomlkit.comment(f"A column becomes what stands right of it: {SKIP} leaves it out, {ASK} is for you to say.")
    )
    values = mapping.model_dump(mode="python", by_alias=True)
    document["schema"] = values["schema"]
    for key, remark in _TOP.items():
        if values[key] is not None:
            document[key] = _remarked(list(values[key]) if isinstance(values[key], tuple) else values[key], remark)
    document.add(tomlkit.nl())
    document["instance"] = _table(values["instance"])
    if values["instance"].get("start") == MONDAY and making.calendar is not None:
        first = f"the first Monday from the book's day on: {making.calendar.start}; or a date"
        document["instance"]["start"] = _remarked(MONDAY, first)
    for key, remark in _TABLES.items():
        table = _table(
            {name: list(value) if isinstance(value, tuple) else value for name, value in values[key].items()}
        )
        table.comment(remark)
        document[key] = table
    if values["incoterms"]:
        terms = tomlkit.table(is_super_table=True)
        for term, costs in values["incoterms"].items():
            terms[term] = _table(costs).comment("leaves out freight or insurance: what it costs")
        document["incoterms"] = terms
    if values["fix"]:
        document["fix"] = _array(_table({**fix, "row": list(fix["row"])}) for fix in values["fix"])
    for fix in making.reader.suggested if not values["fix"] else ():
        document.add(
            tomlkit.comment("Is this cell to be read otherwise? Then take the # off these lines, and say how:")
        )
        document.add(tomlkit.comment("[[fix]]"))
        for key, value in fix.model_dump().items():
            document.add(
                tomlkit.comment(
                    f"{key} = {tomlkit.item(list(value) if isinstance(value, tuple) else value).as_string()}"
                )
            )
        document.add(tomlkit.nl())
    by_place = {
        (block.sheet, block.section, title): block for block in reversed(blocks) for title in (None, *block.titles)
    }
    read = _first_figures(making)
    document["block"] = _array(
        _block(said, by_place.get((said.sheet, said.section, said.title)), read) for said in mapping.block
    )
    return tomlkit.dumps(document)


def _remarked(value: Any, remark: str) -> Any:
    item = tomlkit.item(value)
    return item.comment(remark) if remark else item


def _array(tables: Iterable[Table]) -> Any:
    array = tomlkit.aot()
    for table in tables:
        array.append(table)
    return array


def _table(values: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in values.items():
        table[key] = value
    return table


def _first_figures(making: Making) -> dict[str, str]:
    """What a cell was read as: by its address, the first figure made of it."""
    names: dict[str, str] = {}
    found: dict[str, str] = {}
    for table, rows in making.tables.items():
        for cells in rows.values():
            for column, figure in cells.items():
                of_keys = column in TABLES[table].KEY and column not in ("week", "from_t")
                (names if of_keys else found).setdefault(figure.cell.split(" + ")[0], cell_text(tidy(figure.value)))
    return {**names, **found}


def _block(said: BlockMap, block: Block | None, read: Mapping[str, str]) -> Table:
    table = tomlkit.table()
    table["sheet"] = said.sheet
    if said.section is not None:
        table["section"] = said.section
    if said.title is not None:
        table["title"] = said.title
    heads = f"heads in row {block.line}, {len(block.lines)} rows" if block else ""
    table["table"] = _remarked(said.table, "a table of an instance, rates, or skip" if said.table == ASK else heads)
    if said.table == "use":
        draws = "members draw it week by week; false: days of cover are measured in it, and nothing leaves"
        table["draws"] = _remarked(said.draws, draws)
    if said.set:
        table["set"] = _inline(said.set)
    if said.columns:
        table["columns"] = _columns(said, block, read)
    return table


def _columns(said: BlockMap, block: Block | None, read: Mapping[str, str]) -> Table:
    columns = tomlkit.table()
    places = dict(zip(block.names, (head.place for head in block.heads), strict=True)) if block else {}
    for name, column in said.columns.items():
        written = _column(column)
        key = SingleKey(name, t=KeyType.Basic)
        columns.append(key, written)
        place = places.get(name)
        line = (
            next((row for row in block.lines if not row.cell(place).blank), None)
            if block and place is not None
            else None
        )
        if block is None or line is None or place is None:
            continue
        typed = shown_value(line.cell(place).value)
        value = read.get(block.at(line.number, place))
        remark = typed if value in (None, typed) or column.to == SKIP else f"{typed} -> {value}"
        if column.to == "criticality" and not column.reversed:
            remark += "; the highest weighs most: reversed = true where 1 does"
        written.comment(" ".join(remark.split())[:90])
        written.trivia.comment_ws = " " * max(2, _WIDE - len(f'"{name}" = {written.as_string()}'))
    return columns


def _column(column: ColumnMap) -> Any:
    said = column.model_dump(by_alias=True, exclude_defaults=True)
    return tomlkit.item(column.to) if set(said) == {"to"} else _inline(said)


def _inline(values: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    for key, value in values.items():
        table[key] = _inline(value) if isinstance(value, dict) else value
    return table
