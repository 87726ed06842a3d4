"""Scenarios from sweeps, files and crosses, and what is refused."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from orebook.errors import InputError
from orebook.scenarios.scenario import Scenario, crossed
from orebook.scenarios.scenario_files import read_scenarios
from orebook.scenarios.sweeps import sweep, tornado
from tests.builders import make_problem

TOML = """
sweep = ["instance.budget_usd=-10%:+10%:3"]

[[scenario]]
name = "dear copper"
note = "as in May"
changes = ["minerals.copper.price_usd_per_t=+10%", "house_out(house=hartree, week=2)"]

[[cross]]
name = "grid"
lists = [["minerals.copper.price_usd_per_t=+5%", "minerals.copper.price_usd_per_t=-5%"],
         ["", ["instance.budget_usd=-5%", "rules.shares=off"]]]
"""


def test_a_sweep_has_both_ends_and_even_steps() -> None:
    """Three steps of -30 % to +30 % are -30, 0 and 30 %; plain ends stay plain; decimals are exact."""
    assert [s.changes[0] for s in sweep("minerals.tin.price_usd_per_t=-30%:+30%:3")] == [
        f"minerals.tin.price_usd_per_t={v}" for v in ("-30%", "+0%", "+30%")
    ]
    # 0.1 + (0.4 - 0.1) * k/3: 0.1, 0.2, 0.3, 0.4
    assert [s.changes[0].partition("=")[2] for s in sweep("x.y.z=0.1:0.4:4")] == ["0.1", "0.2", "0.3", "0.4"]
    assert [s.changes[0].partition("=")[2] for s in sweep("x.y.z=-100:+100:2")] == ["-100", "+100"]


@pytest.mark.parametrize("text", ["x.y=1:2", "x.y=1:+2:3", "x.y=a:b:3", "x.y=1:2:1", "x.y=10%:20%:3", "x.y=1:2:99999"])
def test_what_is_no_sweep_is_refused(text: str) -> None:
    """With what would be right."""
    with pytest.raises(InputError, match="write"):
        sweep(text)


def test_a_tornado_moves_each_price_that_is_sold() -> None:
    """Down and up, in the order of the minerals; one without an offer or without a price is left out."""
    prices = {"tin": 100, "zinc": 40, "gold": 0, "lead": 5}
    problem = make_problem(
        minerals=[{"mineral": m, "price_usd_per_t": p} for m, p in prices.items()],
        houses=[{"house": "traxys"}],
        offers=[{"offer": m, "house": "traxys", "mineral": m, "max_t": 9} for m in ("zinc", "gold", "tin")],
    )
    assert [s.name for s in tornado(problem, 12.5)] == ["tin -12.5%", "tin +12.5%", "zinc -12.5%", "zinc +12.5%"]
    assert all(problem.change(*s.changes).digest != problem.digest for s in tornado(problem, 12.5))


def test_a_cross_takes_one_of_each() -> None:
    """Two by two is four, in the order of the lists."""
    lists = [[Scenario(name=n, changes=(n,)) for n in pair] for pair in ("ab", "xy")]
    assert [s.name for s in crossed(lists)] == ["a / x", "a / y", "b / x", "b / y"]
    assert crossed(lists)[1].changes == ("a", "y")


def test_a_toml_file_names_crosses_and_sweeps(tmp_path: Path) -> None:
    """One named, two by two crossed, three swept; an empty text of a cross changes nothing."""
    file = tmp_path / "s.toml"
    file.write_text(TOML, encoding="utf-8")
    found = read_scenarios(file)
    assert len(found) == 1 + 4 + 3
    assert (found[0].name, found[0].note, len(found[0].changes)) == ("dear copper", "as in May", 2)
    assert found[1].changes == ("minerals.copper.price_usd_per_t=+5%",)
    assert found[2].changes[1:] == ("instance.budget_usd=-5%", "rules.shares=off")


def test_csv_and_sheet_say_the_same(tmp_path: Path) -> None:
    """A row a change; rows of one name are one scenario, in the order of their first."""
    lines = [("name", "note", "change"), ("a", "n", "x.y=1"), ("b", "", "x.z=2"), ("a", "", "x.w=3")]
    file, book = tmp_path / "s.csv", tmp_path / "s.xlsx"
    file.write_text("\n".join(map(",".join, lines)), encoding="utf-8")
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("Scenarios")
    for line in lines:
        sheet.append([cell or None for cell in line])
    workbook.save(book)
    expected = [Scenario(name="a", note="n", changes=("x.y=1", "x.w=3")), Scenario(name="b", changes=("x.z=2",))]
    assert read_scenarios(file) == expected
    assert read_scenarios(book) == expected


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("s.toml", '[[scenario]]\nchanges = ["x=1"]', "name"),
        ("s.toml", '[[scenarios]]\nname = "a"', "scenario"),
        ("s.toml", '[[scenario]]\nname = "a"\n[[scenario]]\nname = "a"', "two scenarios called"),
        ("s.toml", "", "no scenario"),
        ("s.csv", "name,chnge\na,x=1", "write name, note, change"),
        ("s.csv", "name,note,change\n,,x=1", "has no name"),
        ("s.txt", "", "is no .toml"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path: Path, name: str, text: str, says: str) -> None:
    """Each with its fault."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=says):
        read_scenarios(file)
