"""The grids in a real browser: typed, pasted, filled down, undone; bad cells named; two planners at once."""

from __future__ import annotations

import re

import httpx2
import pytest
from playwright.sync_api import Browser, expect

from tests.workbench.bench import Bench, cell, paste, write

SMALL = "/instances/vault-small"
CHANGED = re.compile(r"\bchanged\b")


def _instance(url: str, name: str) -> str:
    """A copy of the small instance under another name; its path."""
    document = httpx2.get(f"{url}/v1{SMALL}/document.json").json()
    document["instance"]["name"] = name
    assert httpx2.post(f"{url}/v1/instances", json=document).status_code == 201
    return f"/instances/{name}"


def _price(url: str, path: str, mineral: str) -> float:
    rows = httpx2.get(f"{url}/v1{path}/tables/minerals.json").json()
    return float(next(row["price_usd_per_t"] for row in rows if row["mineral"] == mineral))


def test_a_paste_from_excel_is_read_and_a_bad_cell_named(bench: Bench) -> None:
    """CRLF, thousands, dollars and quotes go in, nothing below is touched, what is no number is named; undo takes all back."""
    page = bench.page(_instance(bench.url, "pasted"))
    below = cell(page, "gallium", "w1").inner_text()
    cell(page, "cobalt", "w1").click()
    paste(page, '"45,100.5"\t$46,300\r\n12 500\tn/a\r\n')
    expect(cell(page, "cobalt", "w1")).to_have_text("45,100.5")
    expect(cell(page, "cobalt", "w2")).to_have_text("46,300")
    expect(cell(page, "copper", "w1")).to_have_text("12,500")
    expect(cell(page, "copper", "w1")).to_have_attribute("title", "was blank")
    expect(cell(page, "cobalt", "w3")).to_have_text("46,300")  # blank, so that week 2's holds
    assert cell(page, "gallium", "w1").inner_text() == below
    expect(page.locator("#draft-faults")).to_contain_text('copper w2: "n/a" is not a number')
    page.get_by_role("button", name="Keep as version 2").click()
    expect(page.locator("#notice")).to_contain_text("Mend the cells")
    cell(page, "copper", "w1").click()
    page.keyboard.press("Control+z")
    expect(page.locator("#draft")).to_be_hidden()


def test_a_comma_in_doubt_can_be_taken_the_other_way(bench: Bench) -> None:
    """12,125 alone is taken as thousands, and says so; a click makes it 12.125."""
    page = bench.page(_instance(bench.url, "commas"))
    cell(page, "copper", "w1").click()
    paste(page, "12,125\r\n")
    expect(cell(page, "copper", "w1")).to_have_text("12,125")
    page.get_by_role("button", name="Take commas as decimal ones").click()
    expect(cell(page, "copper", "w1")).to_have_text("12.125")


def test_the_keyboard_alone_types_fills_down_empties_and_keeps(bench: Bench) -> None:
    """Typing begins a cell, Ctrl D fills, Delete empties, Tab leaves to the buttons; a version is kept."""
    path = _instance(bench.url, "keyboard")
    page = bench.page(path)
    write(page, "gallium", "price_usd_per_t", "590000")
    expect(cell(page, "gallium", "price_usd_per_t")).to_have_attribute("title", "was 580,000")
    cell(page, "gallium", "w1").click()
    page.keyboard.type("591000")
    page.keyboard.press("Enter")
    expect(page.locator("#draft-says")).to_contain_text("2 cells")
    cell(page, "gallium", "w1").click()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+d")
    expect(cell(page, "ndpr", "w1")).to_have_text("591,000")
    cell(page, "ndpr", "w1").click()
    page.keyboard.press("Delete")
    expect(cell(page, "ndpr", "w1")).not_to_have_class(CHANGED)
    page.get_by_role("button", name="Keep as version 2").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#notice")).to_contain_text("Kept as version 2")
    expect(page.locator("#draft")).to_be_hidden()
    assert _price(bench.url, path, "gallium") == 590_000


def test_rows_are_added_and_taken_out(bench: Bench) -> None:
    """A new house is named in its row, another is struck out; what then hangs in the air is named, not kept."""
    path = _instance(bench.url, "rows")
    page = bench.page(f"{path}?grid=houses")
    page.get_by_role("button", name="Add a row").click()
    cell(page, "new", "house").click()
    paste(page, "glencore\t1.5\r\n")
    cell(page, "traxys", "commission_pct").click()
    page.get_by_role("button", name="Take rows out").click()
    expect(page.locator("#draft-says")).to_contain_text("2 rows")
    page.get_by_role("button", name="Keep as version 2").click()
    expect(page.locator("#draft-faults")).to_contain_text("traxys")
    page.get_by_role("button", name="Take rows out").click()
    page.get_by_role("button", name="Keep as version 2").click()
    expect(page.locator("#notice")).to_contain_text("Kept as version 2")
    houses = httpx2.get(f"{bench.url}/v1{path}/tables/houses.json").json()
    assert houses[-1]["house"] == "glencore"
    assert houses[-1]["commission_pct"] == 1.5
    assert "traxys" in {row["house"] for row in houses}


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_two_planners_lose_nothing_of_each_other(browser: Browser, bench: Bench, choice: str) -> None:
    """The second to keep is shown what differs; other cells are put together, the same cell is chosen."""
    path = _instance(bench.url, f"both-{choice}")
    other = Bench.of(browser, bench.url)
    first, second = bench.page(path), other.page(path)
    write(first, "copper", "price_usd_per_t", "13001")
    write(first, "cobalt", "price_usd_per_t", "46001")
    write(second, "copper", "price_usd_per_t", "13002")
    write(second, "silver", "price_usd_per_t", "2600002")
    first.get_by_role("button", name="Keep as version 2").click()
    expect(first.locator("#notice")).to_contain_text("Kept as version 2")
    second.get_by_role("button", name="Keep as version 2").click()
    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("minerals copper price_usd_per_t: 13000 is 13001 now")
    dialog.get_by_label("Which of the two").select_option(choice)
    dialog.get_by_role("button", name="Put together").click()
    second.get_by_role("button", name="Keep as version 3").click()
    expect(second.locator("#notice")).to_contain_text("Kept as version 3")
    assert _price(bench.url, path, "copper") == (13_002 if choice == "mine" else 13_001)
    assert _price(bench.url, path, "cobalt") == 46_001
    assert _price(bench.url, path, "silver") == 2_600_002
    other.context.close()
    assert other.wrong == []


def test_a_draft_outlives_its_page(bench: Bench) -> None:
    """What was typed and not kept is there when the page is loaded again, on a newer version too."""
    path = _instance(bench.url, "outlives")
    page = bench.page(path)
    write(page, "silver", "price_usd_per_t", "2,700,000")
    edit = {"cells": [{"table": "minerals", "key": ["cobalt"], "column": "price_usd_per_t", "value": 47_000}]}
    assert httpx2.patch(f"{bench.url}/v1{path}", json=edit, headers={"If-Match": '"v1"'}).status_code == 200
    page.reload()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("cobalt")
    dialog.get_by_role("button", name="Put together").click()
    expect(cell(page, "silver", "price_usd_per_t")).to_have_text("2,700,000")
    expect(cell(page, "cobalt", "price_usd_per_t")).to_have_text("47,000")
    expect(page.get_by_role("button", name="Keep as version 3")).to_be_visible()
