"""`orebook import` and `orebook trace`: a mapping proposed, corrected and kept; the instance written, and anew next week."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.commands import orebook
from tests.importing.books import NORLAND, QUOTES, Rows, write_book


def test_from_a_book_to_an_instance_and_the_next_week(tmp_path: Path) -> None:
    """The mapping is written at first, read from then on; the second week needs no option but --out."""
    book, mapping, out = write_book(tmp_path / "book.xlsx"), tmp_path / "book.toml", tmp_path / "reserve"
    first = orebook("import", book, "--map", mapping, "--out", out)
    assert (first.returncode, mapping.is_file()) == (0, True)
    assert "Offers received: offers, 18 of 18 columns" in first.stdout
    assert orebook("check", out).returncode == 0
    again = orebook("import", book, "--out", out)
    assert (again.returncode, "changed:" in again.stdout) == (0, False)
    dearer = [list(row) for row in QUOTES]
    dearer[3][6] = 32.5
    write_book(book, NORLAND | {"Offers received": dearer})
    second = orebook("import", book, "--out", out)
    assert "changed: offers.Q1-2027-03.price_usd_per_t: 31500 -> 32500" in second.stdout.splitlines()


def test_what_is_left_to_be_said(tmp_path: Path) -> None:
    """Status 2, the question, and nothing written but the mapping; one more edit and it is."""
    rows: Rows = [["Supplier", "Metal", "Price"], ["Traxys", "Tin", 31500]]
    book, mapping, out = write_book(tmp_path / "book.xlsx", {"Quotes": rows}), tmp_path / "book.toml", tmp_path / "out"
    asked = orebook("import", book, "--map", mapping, "--out", out)
    assert (asked.returncode, out.exists(), mapping.exists()) == (2, False, True)
    assert 'fault: Quotes!C1: in what unit are the figures under "Price"?' in asked.stdout
    mapping.write_text(mapping.read_text().replace('unit = "?"', 'unit = "USD/t"'))
    assert orebook("import", book, "--map", mapping, "--out", out).returncode == 0


def test_findings_as_json(tmp_path: Path) -> None:
    """One document: whether it can be used, the mapping, findings and differences."""
    ran = orebook("import", write_book(tmp_path / "book.xlsx"), "--json")
    said = json.loads(ran.stdout)
    assert (ran.returncode, said["ok"], said["differences"]) == (0, True, [])
    assert said["mapping"]["block"][0]["table"] == "offers"
    assert {finding["severity"] for finding in said["findings"]} == {"warning"}


def test_a_folder_changed_by_hand_needs_force(tmp_path: Path) -> None:
    """Status 2 with what was changed; with --force it is replaced."""
    book, out = write_book(tmp_path / "book.xlsx"), tmp_path / "out"
    orebook("import", book, "--out", out)
    path = out / "stock.csv"
    path.write_text(path.read_text().replace("1250", "1251"))
    refused = orebook("import", book, "--out", out)
    assert (refused.returncode, "changed by hand" in refused.stderr) == (2, True)
    assert orebook("import", book, "--out", out, "--force").returncode == 0
    assert "1250" in path.read_text()


def test_where_a_figure_is_from(tmp_path: Path) -> None:
    """The figure, its cell and each step; as JSON; status 2 for what is not there."""
    out = tmp_path / "out"
    orebook("import", write_book(tmp_path / "book.xlsx"), "--out", out)
    ran = orebook("trace", out, "offers.Q3.price_usd_per_t")
    assert ran.stdout.splitlines() == [
        "offers.Q3.price_usd_per_t = 32150746.57",
        "  Offers received!G6: 1000",
        "  x 32150.74657 (per oz to USD/t, Offers received!H6)",
    ]
    (source,) = json.loads(orebook("trace", out, "offers.Q3.price_usd_per_t", "--json").stdout)
    assert (source["cell"], source["typed"]) == ("Offers received!G6", "1000")
    assert orebook("trace", out, "offers.nobody").returncode == 2
    assert orebook("trace", tmp_path, "offers.Q3").returncode == 2


def test_a_book_that_is_not_there(tmp_path: Path) -> None:
    """Status 2, and what to name."""
    ran = orebook("import", tmp_path / "nowhere.xlsx")
    assert (ran.returncode, "name a workbook" in ran.stderr) == (2, True)
