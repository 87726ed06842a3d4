"""A file that may be a table and is not read is never passed over in silence; what cannot be one is let be."""

from __future__ import annotations

from pathlib import Path

import pytest

from orebook.files.instances import inspect
from orebook.reading.stray_files import strays
from tests.broken.good import GOOD, write

NEEDED = frozenset({"instance.toml", "minerals.csv", "houses.csv", "offers.csv"})
NAME_IT = 'is not read; name it "duties.csv"'


def said(*names: str) -> list[tuple[str, str]]:
    """What is said of files beside those that an instance needs."""
    return [(f.severity, f.message) for f in strays(NEEDED | set(names))]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("duties.csv.txt", NAME_IT),
        ("duties.txt", NAME_IT),
        ("Duties.TXT", NAME_IT),
        ("duties.csv.txt.txt", NAME_IT),
        ("dutys.csv.txt", NAME_IT),
        ("duty.csv.txt", NAME_IT),
        ("Copy of duties (2).txt", NAME_IT),
        ("duties", NAME_IT),
        ("duties.xlsx", 'is not read; save it as CSV UTF-8 with the name "duties.csv"'),
        ("duties.csv.gz", 'is not read; unpack it, and name it "duties.csv"'),
        ("duties.tsv", 'is not read; save it with commas between its columns, and the name "duties.csv"'),
        ("duties.CSV", 'is not a table of an instance; did you mean "duties.csv"?'),
        ("duties - Copy.csv", 'is not a table of an instance; did you mean "duties.csv"?'),
    ],
)
def test_a_table_under_another_name_is_refused(name: str, says: str) -> None:
    """Whatever ending Windows hid or a program gave it, where the table itself is missing."""
    assert said(name) == [("fault", says)]


def test_the_scalars_under_another_name_are_found() -> None:
    """instance.toml.txt, where there is no instance.toml."""
    (finding,) = strays(["instance.toml.txt"])
    assert (finding.severity, finding.message) == ("fault", 'is not read; name it "instance.toml"')
    assert said("instance.toml.txt") == []


@pytest.mark.parametrize("name", ["duties.csv.bak", "duties.csv~", "duties.old", "duties.csv.off"])
def test_what_was_put_by_warns_unless_the_table_is_there(name: str) -> None:
    """It may be meant not to count, and is no news beside the table."""
    says = 'is passed over, and there is no duties.csv; name it "duties.csv" if it should count'
    assert said(name) == [("warning", says)]
    assert said(name, "duties.csv") == []


@pytest.mark.parametrize("name", ["offers.txt", "offers.xlsx", "offers (1).json"])
def test_a_table_beside_itself_warns(name: str) -> None:
    """Which of the two is read is said."""
    says = "is passed over, for offers.csv is read; take it out of the folder if it says the same"
    assert said(name) == [("warning", says)]


@pytest.mark.parametrize(
    "name",
    ["README.md", "notes.txt", "expected.json", "prices.md", "~$duties.xlsx", ".~lock.duties.csv#", ".duties.csv.swp"],
)
def test_other_files_are_let_be(name: str) -> None:
    """Notes, results, hidden files and what a spreadsheet leaves beside an open file."""
    assert said(name) == []


def test_folders_are_let_be_whatever_their_name(tmp_path: Path) -> None:
    """Prices from elsewhere may lie in a folder `prices`."""
    folder = write(tmp_path / "good", GOOD)
    (folder / "prices").mkdir()
    (folder / "stock.old").mkdir()
    assert inspect(folder)[1] == []
