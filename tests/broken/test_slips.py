"""Slips of typing are told by what they are, in folders, workbooks and JSON alike, and good rows are let be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orebook.files.instances import inspect, inspect_json
from orebook.findings import Finding
from orebook.reading.filler_words import is_placeholder, is_total
from tests.broken.good import GOOD, edited, write
from tests.builders import make_document
from tests.workbook.books import edited as edited_book
from tests.workbook.books import good


def found(**tables: Any) -> list[Finding]:
    """What is said of a document that is made of these tables."""
    return inspect_json(make_document(**tables).model_dump(mode="json", exclude_none=True))[1]


def told(check: str, **tables: Any) -> list[str]:
    """The messages of one check."""
    return [str(f) for f in found(**tables) if f.check == check]


@pytest.mark.parametrize(
    "name",
    [
        "Total", "TOTAL:", "Grand total (USD)", "Sub-total", "Summe", "Gesamt", "Gesamtsumme", "Totaal", "Somme", "Suma",
        "Итого", "合計", "小计", "총계", "∑", "Total of all sites", "Total m3",
    ],
)  # fmt: skip
def test_names_of_totals_are_known(name: str) -> None:
    """In the languages that reserves are kept in."""
    assert is_total(name)


@pytest.mark.parametrize(
    "name", ["TotalEnergies", "Total Energies", "total-sa", "sumitomo", "Sumatra", "all", "north", "tin"]
)
def test_other_names_are_no_totals(name: str) -> None:
    """A house that has the word in its name is a house."""
    assert not is_total(name)


@pytest.mark.parametrize(
    "name", ["TBC", "tbd", "NULL", "nan", "N/A", "-", "?", "(blank)", "0", "None", "to be confirmed", "Unknown"]
)
def test_words_that_fill_a_blank_are_known(name: str) -> None:
    """In whatever case they were typed."""
    assert is_placeholder(name)


def test_a_house_called_total_that_makes_offers_is_a_house() -> None:
    """Unless its numbers are the sums of the rows above it."""
    offers = [{"offer": "a", "house": "Total", "mineral": "tin", "price_usd_per_t": 25000}]
    houses = [{"house": "x", "capacity_t": 4}, {"house": "y", "capacity_t": 5}, {"house": "Total", "capacity_t": 8}]
    assert told("totals_row", houses=houses, offers=offers) == []
    houses[2]["capacity_t"] = 9
    assert told("totals_row", houses=houses, offers=offers) == [
        'houses.csv:4 house: "Total" reads like a totals row: it has the sum of rows 2 to 3 in capacity_t (9); '
        "take the row out"
    ]


def test_the_last_row_that_sums_all_others_may_be_a_total() -> None:
    """1.5 + 2.25 = 3.75, unless another table names it; a row in between, and one that is no sum, are what they are."""

    def sites(*rooms: float) -> list[dict[str, Any]]:
        return [{"site": f"site-{k}", "capacity_m3": room} for k, room in enumerate(rooms)]

    assert told("totals_row", sites=sites(1.5, 2.25, 3.75)) == [
        'sites.csv:4 site: "site-2" has the sum of rows 2 to 3 in capacity_m3 (3.75); take the row out if it is their total'
    ]
    stock = [{"mineral": "tin", "site": "site-2", "tonnes": 1}]
    assert told("totals_row", sites=sites(1.5, 2.25, 3.75), stock=stock) == []
    assert told("totals_row", sites=sites(1.5, 2.25, 3.75, 1)) == []
    assert told("totals_row", sites=sites(1.5, 2.25, 3.74)) == []
    assert told("totals_row", sites=sites(4, 4)) == []  # one row is no sum


def test_orders_of_which_one_is_the_sum_of_two_are_orders() -> None:
    """In longer tables it takes three rows, or two columns, to be more than chance."""

    def withdrawals(*tonnes: float) -> list[dict[str, Any]]:
        return [{"withdrawal": f"w{k}", "mineral": "tin", "week": 1, "tonnes": t} for k, t in enumerate(tonnes)]

    assert told("totals_row", withdrawals=withdrawals(1, 2, 3)) == []
    assert len(told("totals_row", withdrawals=withdrawals(1, 2, 4, 7))) == 1


def test_all_sites_is_a_total_where_its_numbers_say_so() -> None:
    """A weaker name needs the sum, of however few rows."""
    sites = [{"site": "a", "capacity_m3": 1}, {"site": "b", "capacity_m3": 2}, {"site": "All sites", "capacity_m3": 3}]
    sites.append({"site": "c", "capacity_m3": 5})
    assert len(told("totals_row", sites=sites)) == 1
    sites[2]["capacity_m3"] = 4
    assert told("totals_row", sites=sites) == []


def test_subtotals_and_a_grand_total_sum_what_is_no_total() -> None:
    """Each block by itself, then all rows but the subtotals."""
    values = (("a", 1), ("b", 2), ("Subtotal", 3), ("c", 4), ("d", 5), ("Subtotal 2", 9), ("Grand total", 12))
    (first, second, grand) = told("totals_row", sites=[{"site": s, "capacity_m3": v} for s, v in values])
    assert "rows 2 to 3 in capacity_m3 (3)" in first
    assert "rows 5 to 6 in capacity_m3 (9)" in second
    assert "rows 2 to 3 and 5 to 6 in capacity_m3 (12)" in grand


def test_codes_and_numbers_are_no_placeholders() -> None:
    """NA is Namibia among codes of countries, and 0 a number among numbers."""
    codes = [{"origin": o} for o in ("CN", "NA", "PE")]
    assert told("placeholder_name", origins=codes) == []
    assert len(told("placeholder_name", origins=[{"origin": "china"}, {"origin": "NA"}])) == 1
    numbered = [{"offer": str(k), "house": "traxys", "mineral": "tin", "price_usd_per_t": 25000} for k in range(3)]
    assert told("placeholder_name", offers=numbered) == []


def test_symbols_that_differ_are_no_look_alikes() -> None:
    """Al and A1 are two names; lot-1 and lot-l are one to the eye."""

    def offers(*names: str) -> list[dict[str, Any]]:
        return [{"offer": n, "house": "traxys", "mineral": "tin", "price_usd_per_t": 25000} for n in names]

    assert told("names_alike", offers=offers("Al", "A1")) == []
    assert told("names_alike", offers=offers("lot-1", "lot-l")) == [
        'offers.csv:3 offer: "lot-l" looks like "lot-1" of row 2, and is another name; write both the same, or tell them apart'
    ]


SLIPS = {
    "#REF!": "#REF! is what a formula failed with; mend it, or write the value",
    "tra\u200bxys": '"traxys" holds U+200B ZERO WIDTH SPACE as its 4th letter, which cannot be seen; write "traxys"',
    "tr\u0430xys": '"tr\u0430xys" is not in {}; did you mean "traxys"? '
    "Its 3rd letter is U+0430 CYRILLIC SMALL LETTER A, not a",
}


@pytest.mark.parametrize("typed", SLIPS)
def test_folder_workbook_and_json_say_the_same(typed: str, tmp_path: Path) -> None:
    """One message, whichever way the instance came."""
    folder = write(tmp_path / "folder", edited("offers.csv", "tin-1,traxys", f"tin-1,{typed}"))
    book = edited_book(tmp_path / "book.xlsx", {"Offers!B2": typed})
    document = json.loads(good().document.model_dump_json(exclude_none=True))
    document["offers"][0]["house"] = typed
    answers = [inspect(folder)[1], inspect(book)[1], inspect_json(document)[1]]
    assert [[f.message for f in answer] for answer in answers] == [
        [SLIPS[typed].format(file)] for file in ("houses.csv", "Houses", "houses.csv")
    ]


def test_slips_are_said_beside_faults(tmp_path: Path) -> None:
    """A totals row is named though a cell of it, or another table, is refused."""
    files = edited("minerals.csv", "cobalt,,30000,,dry,0.4,,,\n", "cobalt,,30000,,dry,0.4,,,\nTotal,1,,,,,,,\n")
    says = '"Total" reads like a totals row, and would count as a mineral of its own; take the row out'
    assert [(f.severity, str(f)) for f in inspect(write(tmp_path / "broken", files))[1]] == [
        ("warning", f"minerals.csv:4 mineral: {says}"),
        ("fault", "minerals.csv:4 price_usd_per_t: is blank, but needed: benchmark price (USD/t)"),
    ]


def test_a_change_that_takes_the_row_out_settles_it(tmp_path: Path) -> None:
    """Slips are looked for in the changed instance."""
    text = GOOD["sites.csv"] + "Total,180,,,,,\n"
    folder = write(tmp_path / "slip", {**GOOD, "sites.csv": text})
    assert [f.check for f in inspect(folder)[1]] == ["totals_row"]
    assert inspect(folder, ["sites.Total=none"])[1] == []
