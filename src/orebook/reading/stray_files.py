"""Files of a folder that are no table: a table that is misspelt, or kept under another ending, would go unread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from orebook.findings import Finding
from orebook.reading import letters, suggest
from orebook.reading.book import HEAD_FILE, file_of
from orebook.reading.text import fault
from orebook.schema.document import TABLES

_SHEETS = frozenset({"xls", "xlsx", "xlsm", "xlsb", "ods", "numbers"})
_PACKED = frozenset({"gz", "zip", "7z", "rar", "bz2", "xz", "zst"})
_TEXTS = frozenset({"csv", "txt", "tsv", "tab", "dat", "psv", "prn", "asc", "json", "parquet", "feather"})
_KEPT = frozenset({"bak", "old", "orig", "backup", "save", "sav", "tmp", "swp", "swo", "rej", "part"})
"""Endings of what an editor or a person keeps of an earlier version."""
_HEADS = frozenset({"toml", "txt", "tml", "ini", "cfg"})
_ENDINGS = _SHEETS | _PACKED | _TEXTS | _KEPT | _HEADS

_ELSEWHERE = {  # what other books call a table
    "offers": "quotes quotations quotation bids supplierquotes pricelist",
    "houses": "suppliers supplier traders vendors counterparties sellers",
    "sites": "warehouses warehouse stores storage depots depot locations",
    "minerals": "metals materials commodities elements",
    "use": "consumption usage demand",
    "stock": "inventory inventories holdings",
    "inbound": "shipments openorders intransit pipeline",
    "releases": "budget budgets tranches",
    "funding": "loans credit creditlines",
    "origins": "countries",
    "duties": "tariffs tariff customs",
    "tiers": "pricebreaks breaks discounts",
    "prices": "benchmarks",
    "withdrawals": "drawdowns deliveries",
}
_TABLE_CALLED = {word: table for table, words in _ELSEWHERE.items() for word in words.split()}

_COPY = re.compile(
    r"^(copy of|kopie von|copie de|copia de|copia di)\s+|[\s_.-]*(\(\d+\)|[\s_-](copy|kopie|copie|copia|v?\d+)(\s*\(\d+\))?)$",
    re.IGNORECASE,
)


def strays(names: Iterable[str]) -> Iterator[Finding]:
    """What looks like a table of an instance and is none, of the names of the files in a folder.

    Hidden and lock files, notes and whatever else cannot be taken for a table are let be.
    """
    there = set(names)
    for name in sorted(there - {HEAD_FILE, *map(file_of, TABLES)}):
        if not name.startswith((".", "~$")):
            stem, endings = _parts(name)
            yield from _table(name, stem, endings, there)
            if stem == "instance" and HEAD_FILE not in there and (not endings or endings[-1] in _HEADS):
                yield fault(name, None, "unknown_table", f'is not read; name it "{HEAD_FILE}"')


def _table(name: str, stem: str, endings: list[str], there: set[str]) -> Iterator[Finding]:
    meant = uncopied(stem)
    like = next((known for known in (meant, f"{meant}s", f"{meant[:-1]}ies") if known in TABLES), None)
    put_by = any(ending not in _ENDINGS - _KEPT for ending in endings)  # duties.csv.bak, duties.csv.off
    if like is None and "csv" in endings and not put_by:
        like = table_like(stem)
    if endings[-1:] == ["csv"]:
        is_copy = meant != stem
        yield fault(
            name, None, "unknown_table", f"is not a table of an instance; {_instead(name, like, there, is_copy)}"
        )
    elif like is None:
        return
    elif file_of(like) in there:
        says = f"is passed over, for {file_of(like)} is read; take it out of the folder if it says the same"
        if not put_by:
            yield replace(fault(name, None, "table_passed_over", says), severity="warning")
    elif put_by:
        says = f'is passed over, and there is no {file_of(like)}; name it "{file_of(like)}" if it should count'
        yield replace(fault(name, None, "table_passed_over", says), severity="warning")
    else:
        yield fault(name, None, "unknown_table", f"is not read; {_mend(file_of(like), endings)}")


def _instead(name: str, like: str | None, there: set[str], is_copy: bool) -> str:
    if like is None:
        return "take it out of the folder"
    if is_copy and file_of(like) in there:
        return f"{file_of(like)} is there already: take it out of the folder"
    return suggest.meant(name, file_of(like))


def _mend(table: str, endings: list[str]) -> str:
    last = endings[-1] if endings else ""
    if last in _SHEETS:
        return f'save it as CSV UTF-8 with the name "{table}"'
    if last in _PACKED:
        return f'unpack it, and name it "{table}"'
    if last in ("", "csv", "txt"):
        return f'name it "{table}"'
    return f'save it with commas between its columns, and the name "{table}"'


def _parts(name: str) -> tuple[str, list[str]]:
    """The name in lower case without its endings, and these: duties.csv.txt is duties with csv and txt."""
    stem, endings = letters.plain(name).rstrip("~ ."), ["bak"] if name.endswith("~") else []
    if ".csv." in stem:
        stem, _, rest = stem.partition(".csv.")
        return stem, ["csv", *rest.split("."), *endings]
    while "." in stem and stem.rpartition(".")[2] in _ENDINGS:
        stem, _, ending = stem.rpartition(".")
        endings.insert(0, ending)
    return stem, endings


def table_like(name: str) -> str | None:
    """The table that a file or sheet of that name probably is; None where it is like none."""
    bare = "".join(c for c in letters.look(uncopied(name)) if c.isalpha())
    if bare in TABLES or bare in _TABLE_CALLED:
        return bare if bare in TABLES else _TABLE_CALLED[bare]
    return suggest.nearest(name, TABLES)


def uncopied(name: str) -> str:
    """The name without what says that it is a copy: `duties (1)` and `Copy of duties` are duties."""
    while (bare := _COPY.sub("", name).strip()) != name:
        name = bare
    return name
