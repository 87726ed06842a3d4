"""models/importing.md says what a mapping may say: every key, every field, and nothing else."""

from __future__ import annotations

import re

from tests.docs.files import ROOT, broken_links, table

from orebook.importing.mapping import BlockMap, ColumnMap, Fix, Mapping
from orebook.importing.vocabulary import fields_besides
from orebook.schema.base import Frozen

FILE = ROOT / "models" / "importing.md"
TEXT = FILE.read_text(encoding="utf-8")


def _keys(model: type[Frozen]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def test_every_key_is_explained() -> None:
    """Of the file and of a column, in the order of the schema; those of a block and of a fix are named."""
    assert [row[0].strip("`") for row in table(TEXT, "key")] == _keys(Mapping)
    assert [row[0].strip("`") for row in table(TEXT, "key of a column")] == _keys(ColumnMap)
    block = TEXT.split("A `[[block]]` has", 1)[1].split("`table` is", 1)[0]
    assert set(re.findall(r"`(\w+)`", block)) == set(_keys(BlockMap))
    fix = next(row[2] for row in table(TEXT, "key") if row[0] == "`fix`")
    assert re.findall(r"`(\w+)`", fix) == _keys(Fix)


def test_defaults_are_those_of_the_schema() -> None:
    """As the table has them; none where a key may be left out and says nothing."""
    for name, default, _ in table(TEXT, "key"):
        field = next(f for n, f in Mapping.model_fields.items() if (f.alias or n) == name.strip("`"))
        if default == "required":
            assert field.is_required()
            continue
        value = field.get_default(call_default_factory=True)
        shown = "none" if value in (None, (), {}) else str(value).lower() if isinstance(value, bool) else str(value)
        assert default.strip("`") == shown


def test_fields_of_each_table() -> None:
    """Those that it takes besides its own columns."""
    said = {row[0].strip("`"): set(re.findall(r"`(\w+)`", row[1])) for row in table(TEXT, "table")}
    numbered = {"tier1_from_t", "tier1_price_usd_per_t", "tier1_discount_pct"}
    assert {name: fields - numbered for name, fields in said.items()} == fields_besides()


def test_links_lead_somewhere_and_here() -> None:
    """README.md links to the page."""
    assert broken_links(FILE) == []
    assert "](models/importing.md)" in (ROOT / "README.md").read_text(encoding="utf-8")
