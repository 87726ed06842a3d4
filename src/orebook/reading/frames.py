"""An instance in DataFrames as a book: one a table, blanks as pandas has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from orebook.findings import Finding
from orebook.reading.book import Book, holds
from orebook.reading.json_book import HEAD, json_book
from orebook.schema.document import TABLES
from orebook.schema.head import Head

if TYPE_CHECKING:
    from pandas import DataFrame


def frames_book(frames: Mapping[str, DataFrame], head: Mapping[str, object]) -> tuple[Book, list[Finding]]:
    """The book of DataFrames by table, and of the keys of the head, with all faults of values and types."""
    scalars = {key: _value(value, key in _WHOLE_KEYS) for key, value in head.items()}
    return json_book({HEAD: scalars, **{table: _rows(table, frame) for table, frame in frames.items()}})


def _rows(table: str, frame: DataFrame) -> list[dict[str, Any]]:
    """A dict a row; levels of the index that have a name are columns."""
    named = [name for name in frame.index.names if name is not None]
    if named:
        frame = frame.reset_index(named)
    model = TABLES.get(table)
    fields = model.model_fields if model else {}
    columns = [str(column) for column in frame.columns]
    whole = [column in fields and _whole(fields[column].annotation) for column in columns]
    cells = (zip(columns, row, whole, strict=True) for row in frame.itertuples(index=False, name=None))
    return [{column: _value(cell, is_whole) for column, cell, is_whole in row} for row in cells]


def _value(cell: Any, whole: bool) -> Any:
    """The cell as JSON has it: None where pandas says that it is missing; 3.0 is 3 where whole numbers stand."""
    from pandas import isna

    if isna(cell) is True:
        return None
    if hasattr(cell, "isoformat"):
        return cell.isoformat()[:10]
    value = cell.item() if hasattr(cell, "item") else cell
    return int(value) if whole and isinstance(value, float) and value.is_integer() else value


def _whole(annotation: Any) -> bool:
    return holds(annotation, int) and not holds(annotation, float)


_WHOLE_KEYS = frozenset(key for key, field in Head.model_fields.items() if _whole(field.annotation))
