"""What is kept of an import: the mapping as a file, sources, notes; what changed in a week, and what no longer fits."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import orebook
from orebook.importing.mapping import read_mapping
from tests.importing.books import NORLAND, QUOTES, Rows, norland, write_book


def _written(tmp_path: Path, imported: orebook.Imported) -> Path:
    path = tmp_path / "mapping.toml"
    path.write_text(imported.mapping_text, encoding="utf-8")
    return path


def test_the_mapping_file_is_the_mapping(tmp_path: Path) -> None:
    """Written, read, and written again the same; each column beside what its first row is read as."""
    imported = norland()
    path = _written(tmp_path, imported)
    assert read_mapping(path) == imported.mapping
    again = orebook.import_book(NORLAND, path)
    assert again.mapping_text == imported.mapping_text
    assert again.problem is not None
    assert imported.problem is not None
    assert again.problem.digest == imported.problem.digest
    lines = imported.mapping_text.splitlines()
    assert any(line.startswith('"Price" = "price_usd_per_t"') and line.endswith("# 31.5 -> 31500") for line in lines)
    assert any(line.startswith('"Valid till" = "to_week"') and line.endswith("# 2027-04-18 -> 3") for line in lines)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda text: text.replace('"Vendor" = "house"', '"Vendor" = "hause"'), "cannot say"),
        (lambda text: text.replace('table = "sites"', 'table = "stores"'), "no table"),
        (lambda text: text.replace("monthly_cap", "monthly_limit"), "is not a key"),
        (lambda text: text.replace('monthly_cap = "split"', 'monthly_cap = "daily"'), "is not one of"),
        (lambda text: text + "\n[oops", "is not TOML"),
    ],
)
def test_a_slip_in_the_mapping_is_named(tmp_path: Path, edit: Callable[[str], str], said: str) -> None:
    """A field, table, key or choice that is none, and a file that is no TOML."""
    path = tmp_path / "mapping.toml"
    path.write_text(edit(norland().mapping_text), encoding="utf-8")
    try:
        faults = orebook.import_book(NORLAND, path).faults
    except orebook.InputError as error:
        faults = error.findings
    assert [fault.message for fault in faults if said in fault.message]


def _changed(name: str, rows: Rows) -> dict[str, Rows]:
    return NORLAND | {name: rows}


def test_a_head_that_is_gone_and_a_new_column() -> None:
    """Each with sheet and cell, and what to do; nothing else is said, for it would follow from them."""
    mapping = norland().mapping
    heads = ["Currency" if head == "Cur" else head for head in QUOTES[2]]
    rows = [*QUOTES[:2], [*heads, "Remarks"], [*QUOTES[3], "new"], *QUOTES[4:]]
    faults = orebook.import_book(_changed("Offers received", rows), mapping).faults
    assert [(f.check, f.cell) for f in faults] == [
        ("head_gone", "Offers received!A3"),
        ("new_column", "Offers received!F3"),
        ("new_column", "Offers received!S3"),
    ]
    assert 'is it "Currency" (Offers received!F3) now?' in faults[0].message


def test_sheets_that_came_and_went() -> None:
    """A sheet that was renamed is recognised; a new table is asked about."""
    mapping = norland().mapping
    book = {("Budgets" if name == "Budget" else name): rows for name, rows in NORLAND.items()}
    faults = orebook.import_book(book, mapping).faults
    assert [(f.check, f.file) for f in faults] == [("sheet_gone", "Budget"), ("new_table", "Budgets")]
    assert 'the book has "Budgets"' in faults[0].message


def test_titles_rows_and_months_may_move() -> None:
    """Another title row, one quote less, and demand by the months after: read without a question."""
    mapping = norland().mapping
    quotes: Rows = [["A line more"], *QUOTES[:4], *QUOTES[5:]]
    demand: Rows = [["Metal", "Member", "Unit", "Apr-27", "May-27"], ["Tin ingot", "Solder Union", "t", 300, 310]]
    imported = orebook.import_book(NORLAND | {"Offers received": quotes, "Demand": demand}, mapping)
    assert imported.problem is not None
    assert [f.message for f in imported.findings if f.check == "new_period"] == [
        '"May-27" is new, and is read as the other months are'
    ]
    assert "Q2" not in imported.problem.offers


def test_what_changed_since_last_week(tmp_path: Path) -> None:
    """A price, a quote that went, one that came; a figure ten times what it was asks for a yes."""
    norland().save(tmp_path / "reserve")
    dearer = [list(row) for row in QUOTES]
    dearer[3][6] = 32.5
    dearer[4][0] = "Q9"
    imported = orebook.import_book(_changed("Offers received", dearer), norland().mapping, before=tmp_path / "reserve")
    changes = {
        (d.table, "/".join(map(str, d.key)), d.column): (d.was, d.now)
        for d in imported.differences
        if d.table == "offers"
    }
    assert changes["offers", "Q1-2027-03", "price_usd_per_t"] == (31500, 32500)
    assert changes["offers", "Q9", None][0] is None
    assert changes["offers", "Q2", None][1] is None
    stock: Rows = [["Metal", "Depot", "Quantity", "Unit"], ["Tin ingot", "Kaai 4", 12.5, "t"]]
    slip = orebook.import_book(_changed("Stock", stock), _without_transit(), before=tmp_path / "reserve")
    assert [(f.check, f.cell) for f in slip.faults] == [("far_off", "Stock!C2")]
    assert 'accept = ["stock.Tin ingot/Kaai 4.tonnes"]' in slip.faults[0].message


def _without_transit() -> Any:
    mapping = norland().mapping
    return mapping.model_copy(update={"block": tuple(b for b in mapping.block if b.section is None)})


def test_where_a_figure_is_from(tmp_path: Path) -> None:
    """In memory and from the folder: cell, what is typed, each step; of a whole row, and by `*`."""
    imported = norland()
    imported.save(tmp_path / "reserve")
    (price,) = orebook.trace(tmp_path / "reserve", "offers.Q2.price_usd_per_t")
    assert [price] == imported.trace("offers.Q2.price_usd_per_t")
    assert (price.value, price.cell, price.typed) == ("32200", "Offers received!G5", "28")
    assert price.how == (
        "x 1000 (per kg to USD/t, Offers received!H5); "
        "x 1.15 (EUR to USD: 11.5 SEK for 1 EUR, 10 SEK for 1 USD (FX!B2); FX!B3)"
    )
    assert {s.column for s in imported.trace("offers.Q2")} >= {"house", "min_order_t", "lead_weeks"}
    assert [s.key for s in imported.trace("stock.*/Kaai 4.tonnes")] == ["Tin ingot/Kaai 4", "Tungsten APT/Kaai 4"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("offers.Q2.esg_score", "stands at its default"),
        ("offers.Q22.price_usd_per_t", 'did you mean "Q2"'),
        ("ofers.Q2.price_usd_per_t", 'did you mean "offers"'),
    ],
)
def test_what_cannot_be_traced(address: str, said: str) -> None:
    """A default, a row and a table that are not there."""
    with pytest.raises(orebook.InputError, match=said) as error:
        norland().trace(address)
    assert len(error.value.findings) == 1


def test_an_instance_that_was_not_imported() -> None:
    """It has no sources."""
    with pytest.raises(orebook.InputError, match="was not made by an import"):
        orebook.trace("instances/vault-small", "offers.x.price_usd_per_t")


def test_changes_of_the_mapping_are_made_and_traced(tmp_path: Path) -> None:
    """What is in no sheet: the room that a tonne takes; and a correction of what is."""
    changes = ("minerals.*.m3_per_t=0.3", "offers.Q3.price_usd_per_t=-1%")
    imported = orebook.import_book(NORLAND, norland().mapping.model_copy(update={"changes": changes}))
    assert imported.problem is not None
    assert {m.m3_per_t for m in imported.problem.document.minerals} == {0.3}
    (price,) = imported.trace("offers.Q3.price_usd_per_t")
    assert (price.value, price.how.rpartition("; ")[2]) == ("31829239.1043", "32150746.57 changed by the mapping")
    imported.save(tmp_path / "reserve")
    imported.save(tmp_path / "reserve")  # its own changes are no hand's


def test_a_folder_changed_by_hand_is_not_replaced(tmp_path: Path) -> None:
    """It is named what was changed; forced, it is; other tables and files of the folder stay."""
    folder = tmp_path / "reserve"
    norland().save(folder)
    path = folder / "stock.csv"
    path.write_text(path.read_text().replace("1250", "1251"))
    with pytest.raises(orebook.WriteError, match=r"stock\.Tin ingot/Kaai 4\.tonnes is 1251, and was 1250"):
        norland().save(folder)
    assert "1251" in path.read_text()
    (folder / "prior.csv").write_text("offer,week,tonnes\nQ2,1,20\n")
    (folder / "README.md").write_text("mine")
    imported = orebook.import_book(NORLAND, norland().mapping, before=folder)
    imported.save(folder, force=True)
    assert "1250" in path.read_text()
    assert (folder / "README.md").read_text() == "mine"
    assert [p.offer for p in orebook.read(folder).document.rows("prior")] == ["Q2"]


def test_other_folders_are_left_alone(tmp_path: Path) -> None:
    """One that holds anything that no import wrote; and where there are faults nothing is written."""
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(orebook.WriteError):
        norland().save(tmp_path)
    asked = norland(Weather=[["Town", "Rain"], ["Ghent", 71], ["Liege", 80]])
    with pytest.raises(orebook.InputError):
        asked.save(tmp_path / "new")
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]


def test_the_folder_has_no_faults_and_says_what_was_said(tmp_path: Path) -> None:
    """Nothing stray in it; the notes have every finding; the mapping reads the book again."""
    imported = norland()
    imported.save(tmp_path / "reserve")
    assert not [f for f in orebook.read(tmp_path / "reserve", strict=False).document.rows("stock") if not f.tonnes]
    notes = (tmp_path / "reserve/import/notes.csv").read_text("utf-8").splitlines()
    assert len(notes) == len(imported.findings) + 1
    assert read_mapping(tmp_path / "reserve/import/mapping.toml") == imported.mapping


def test_a_cell_read_otherwise(tmp_path: Path) -> None:
    """A fix holds for the row that it names, wherever it stands, as long as the cell is what it was."""
    fix = {"sheet": "Stock", "head": "Quantity", "row": ["Tungsten APT"], "was": "40", "read": "40,000 kg"}
    stock: Rows = [["Metal", "Depot", "Quantity", "Unit"], ["Tungsten APT", "Kaai 4", 40, None]]
    mapping = _without_transit()
    text = tomllib.loads(norland().mapping_text) | {"fix": [fix]}
    fixed = type(mapping).model_validate({**text, "block": [b for b in text["block"] if "section" not in b]})
    imported = orebook.import_book(NORLAND | {"Stock": stock}, fixed)
    assert imported.problem is not None
    assert [s.tonnes for s in imported.problem.document.rows("stock")] == [40]
    assert 'read as "40,000 kg" by the mapping' in imported.trace("stock.Tungsten APT/Kaai 4.tonnes")[0].how
    gone = orebook.import_book(NORLAND | {"Stock": [stock[0], ["Tungsten APT", "Kaai 4", 41, "t"]]}, fixed)
    assert [f.check for f in gone.faults] == ["fix_undone"]


def test_hidden_rows_and_sheets(tmp_path: Path) -> None:
    """They are left out with a word, and read where the mapping says so; a hidden sheet is not read."""
    path = write_book(tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(path)
    book["Stock"].row_dimensions[3].hidden = True
    book["Budget"].sheet_state = "hidden"
    book.save(path)
    imported = orebook.import_book(path)
    assert imported.problem is not None
    assert "Palladium" not in {s.mineral for s in imported.problem.document.rows("stock")}
    assert "Stock!A3: the row is hidden, and is left out" in map(str, imported.findings)
    assert imported.problem.document.releases is None
    shown = orebook.import_book(path, imported.mapping.model_copy(update={"hidden_rows": True}))
    assert shown.problem is not None
    assert "Palladium" in {s.mineral for s in shown.problem.document.rows("stock")}


def test_formulas_that_failed_are_listed(tmp_path: Path) -> None:
    """A cell with an error, and a formula that nobody has worked out."""
    stock: Rows = [
        ["Metal", "Depot", "Quantity (t)"],
        ["Tin ingot", "Kaai 4", "=1+1"],
        ["Palladium", "Kluis", "#N/A"],
        ["Tungsten APT", "Kaai 4", 40],
    ]
    imported = orebook.import_book(write_book(tmp_path / "book.xlsx", NORLAND | {"Stock": stock}))
    assert [f.cell for f in imported.findings if f.check == "failed_cell"] == ["Stock!C2", "Stock!C3"]


def test_books_that_cannot_be_read(tmp_path: Path) -> None:
    """None there, an empty folder, no workbook."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "no.xlsx").write_text("no")
    for book in ("nowhere.xlsx", "empty", "no.xlsx"):
        with pytest.raises(orebook.InputError):
            orebook.import_book(tmp_path / book)


def test_a_start_that_is_said(tmp_path: Path) -> None:
    """An edit of the file: the plan begins a week later, and a month's most falls into April alone."""
    text = norland().mapping_text.replace('start = "monday"', "start = 2027-03-29")
    path = tmp_path / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    imported = orebook.import_book(NORLAND, path)
    assert imported.problem is not None
    assert imported.problem.document.instance.start == date(2027, 3, 29)
    assert imported.problem.offers["Q1"].max_t == 80


def test_next_weeks_book_begins_a_week_later() -> None:
    """A title of 13 March in place of 6 March: the plan begins on the 15th, by the same mapping; and so do its dates."""
    mapping = norland().mapping
    quotes: Rows = [["Norland reserve: offers received, as of 13 March 2027"], *QUOTES[1:]]
    imported = orebook.import_book(NORLAND | {"Offers received": quotes}, mapping)
    assert imported.problem is not None
    assert imported.problem.document.instance.start == date(2027, 3, 15)
    assert imported.problem.document.rows("inbound")[0].week == 2
    untold = orebook.import_book(
        NORLAND | {"Offers received": [["Offers"], [], QUOTES[2], [*QUOTES[3][:13], "w1", *QUOTES[3][14:]]]}, mapping
    )
    assert [f.check for f in untold.faults] == ["no_day"]


def test_a_workbook_of_an_instance_with_a_planners_figures(tmp_path: Path) -> None:
    """The template's sheet of scalars is the head; dates and days are taken where weeks are asked, by one edit."""
    sheets: dict[str, Rows] = {
        "Instance": [["key", "value"], ["name", "mine"], ["start", date(2027, 3, 8)], ["weeks", 4]],
        "Minerals": [["mineral", "daily_use_t", "price_usd_per_t"], ["tin", 1, 30000]],
        "Houses": [["house"], ["traxys"]],
        "Offers": [
            ["offer", "house", "mineral", "from_week", "to_week", "lead_weeks"],
            ["a", "traxys", "tin", date(2027, 3, 8), date(2027, 3, 29), "10 days"],
            ["b", "traxys", "tin", 2, 3, 1],
        ],
    }
    problem = orebook.import_book(write_book(tmp_path / "book.xlsx", sheets)).problem
    assert problem is not None
    assert (problem.name, problem.weeks, problem.document.instance.start) == ("mine", 4, date(2027, 3, 8))
    offer = problem.offers["a"]
    assert (offer.from_week, offer.to_week, offer.lead_weeks) == (1, 4, 2)
    (_, row) = problem.document.offers
    assert (row.from_week, row.to_week, row.lead_weeks) == (2, 3, 1)
