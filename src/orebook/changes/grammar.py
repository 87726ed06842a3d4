"""From the text of a change to what it says; whether its rows are there is only known when it is applied."""

from __future__ import annotations

import re

from pydantic import BaseModel

from orebook.changes.change import Addition, CellChange, Change, HeadChange, Key, RowRemoval, RuleOff, Where
from orebook.changes.refusal import refused
from orebook.changes.rows import whole_key
from orebook.changes.values import blank_or, parse_value
from orebook.reading import suggest
from orebook.reading.book import file_of
from orebook.schema.document import TABLES
from orebook.schema.head import Head
from orebook.schema.rules import RULES

_ADDITION = re.compile(r"([^.\[=]*)\+=(.*)", re.DOTALL)
_SELECTION = re.compile(r"([^.\[=]*)\[([^=\]]*)=([^\]]*)\]\s*\.([^=]*)=(.*)", re.DOTALL)
_EXAMPLE = "write ADDRESS=VALUE, such as minerals.copper.price_usd_per_t=+10%"


def parse(text: str) -> Change:
    """The change that a text says. Raises InputError, with what would be right, where it says none.

    A key may hold dots: the column is what stands after the last one, so `tiers.x/12.5.discount_pct=2` is the tier
    of x from 12.5 t. A value with a sign is relative to what stands there; a negative number is reached by two
    changes, `offers.x.premium_usd_per_t=0` and then `offers.x.premium_usd_per_t=-100`.
    """
    text = text.strip()
    if found := _ADDITION.fullmatch(text):
        table, cells = (part.strip() for part in found.groups())
        return _addition(text, _table(text, table), cells)
    if found := _SELECTION.fullmatch(text):
        table, column, held, changed, value = (part.strip() for part in found.groups())
        model = TABLES[_table(text, table)]
        where = Where(_column(text, table, model, column), blank_or(held))
        return CellChange(text, table, where, _column(text, table, model, changed), parse_value(value, text))
    address, equals, value = (part.strip() for part in text.partition("="))
    if not equals:
        raise refused(text, "not_a_change", f"is no change; {_EXAMPLE}")
    table, _, rest = (part.strip() for part in address.partition("."))
    if table == "instance":
        return HeadChange(text, _column(text, table, Head, rest), parse_value(value, text))
    if table == "rules":
        return _rule(text, rest, value)
    return _rows(text, _table(text, table), rest, value)


def _rows(text: str, table: str, rest: str, value: str) -> Change:
    """TABLE.KEY.COLUMN=VALUE or TABLE.KEY=none; `rest` is what stands between the table and the `=`."""
    model = TABLES[table]
    key, _, column = (part.strip() for part in rest.rpartition("."))
    if key and column in model.model_fields:
        return CellChange(text, table, _key(text, table, key), column, parse_value(value, text))
    if not rest or rest in model.model_fields:
        names = f"{table}.{key_form(table)}.{rest or 'COLUMN'}"
        raise refused(text, "no_row", f"names no row; write {names}=VALUE, with * for every one")
    if blank_or(value) is None and value:
        return RowRemoval(text, table, _key(text, table, rest))
    if key:
        _column(text, table, model, column)
    ways = f"write {table}.{rest}.COLUMN={value or 'VALUE'}, or {table}.{rest}=none to take the row out"
    raise refused(text, "no_column", f"names no column; {ways}")


def _key(text: str, table: str, key: str) -> Key:
    parts = whole_key(table, tuple(part.strip() for part in key.split("/")))
    columns = TABLES[table].KEY
    if len(parts) != len(columns):
        says = f'"{key}" has {len(parts)} of the {len(columns)} parts of a key; write {table}.{key_form(table)}'
        blank = [c for c in columns if not TABLES[table].model_fields[c].is_required()]
        raise refused(text, "key_parts", says + (f", nothing for a blank {blank[0]}" if blank else ""), key)
    return Key(parts)


def _addition(text: str, table: str, cells: str) -> Addition:
    """TABLE+=COLUMN:VALUE,...; a comma without a colon after it belongs to the value."""
    pieces: list[str] = []
    for piece in cells.split(","):
        if ":" in piece or not pieces:
            pieces.append(piece)
        else:
            pieces[-1] += f",{piece}"
    row: dict[str, str | None] = {}
    for piece in pieces:
        column, colon, value = (part.strip() for part in piece.partition(":"))
        if not colon:
            example = ",".join(f"{c}:VALUE" for c, field in TABLES[table].model_fields.items() if field.is_required())
            raise refused(text, "not_a_change", f'"{piece.strip()}" is no COLUMN:VALUE; write {table}+={example}')
        if _column(text, table, TABLES[table], column) in row:
            raise refused(text, "column_twice", f"{column} stands twice; write it once", value)
        row[column] = blank_or(value)
    return Addition(text, table, tuple(row.items()))


def _rule(text: str, name: str, value: str) -> RuleOff:
    rule = next((r for r in RULES if r == name), None)
    if rule is None:
        raise refused(text, "unknown_rule", f'"{name}" is no rule; {suggest.mend(name, RULES)}', name)
    if value != "off":
        says = f"a change can only switch a rule off, the model says which are on; write rules.{rule}=off"
        raise refused(text, "not_a_change", says, value)
    return RuleOff(text, rule)


def _table(text: str, name: str) -> str:
    if name in TABLES:
        return name
    if "[" in name:
        raise refused(text, "not_a_change", "has brackets out of place; write TABLE[COLUMN=VALUE].COLUMN=VALUE")
    known = suggest.nearest(name, [*TABLES, "instance", "rules"])
    mend = f'did you mean "{known}"?' if known else f"the tables are {', '.join(TABLES)}, instance and rules"
    raise refused(text, "unknown_table", f'"{name}" is no table; {mend}', name)


def _column(text: str, table: str, model: type[BaseModel], name: str) -> str:
    if name in model.model_fields:
        return name
    where = "instance.toml" if model is Head else file_of(table)
    like = suggest.nearest(name, model.model_fields)
    mend = f'did you mean "{like}"?' if like else f"it has {', '.join(model.model_fields)}"
    raise refused(text, "unknown_column", f'"{name}" is not a column of {where}; {mend}', name)


def key_form(table: str) -> str:
    """How a key of the table is written: `MINERAL/ORIGIN`."""
    return "/".join(column.upper() for column in TABLES[table].KEY)
