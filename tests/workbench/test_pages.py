"""Every page in a real browser: at three widths, in light and dark, without a complaint; what is refused is a page, too."""

from __future__ import annotations

from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, expect

import orebook
from tests.report.test_browser import WIDTHS, faults_of
from tests.workbench.bench import Bench, solved

Paths = dict[str, str]


@pytest.fixture(scope="module")
def paths(browser: Browser, url: str) -> Paths:
    """Every page by what it is, of an instance with two plans."""
    bench = Bench.of(browser, url)
    page = bench.page("/instances/vault-small")
    first = solved(page)
    page = bench.page("/instances/vault-small")
    second = solved(page)
    page = bench.page("/instances")
    ban = orebook.read("teaching/ban").document.model_dump(mode="json", exclude_none=True)
    ban["instance"]["name"] = "to hedge"
    assert page.request.post(f"{url}/v1/instances", data=ban).status == 201
    page.goto(f"{url}/instances/to-hedge/hedge")
    page.get_by_role("button", name="Find the orders of now").click()
    hedged = page.get_by_role("link", name="Open the hedged plan").get_attribute("href") or ""
    bench.context.close()
    return {
        "futures": "/instances/to-hedge/hedge",
        "hedge": hedged,
        "future": f"{hedged}/futures/2",
        "hedge run": hedged.replace("hedges", "runs"),
        "instances": "/instances",
        "instance": "/instances/vault-small?grid=offers",
        "plans": "/plans",
        "plan": first,
        "beside": f"{second}/beside/{first.rpartition('/')[2]}",
        "runs": "/runs",
        "run": first.replace("plans", "runs"),
        "changes": "/instances/vault-small/changes/1",
        "audit": "/audit",
    }


PAGES = (
    "instances",
    "instance",
    "plans",
    "plan",
    "beside",
    "runs",
    "run",
    "changes",
    "audit",
    "futures",
    "hedge",
    "future",
    "hedge run",
)


@pytest.mark.slow
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_it_looks_right(browser: Browser, url: str, paths: Paths, name: str, width: int) -> None:
    """Nothing overflows, everything can be read and has a name; nothing is asked of a network, nothing is complained of."""
    bench = Bench.of(browser, url, viewport={"width": width, "height": 900})
    page = bench.page(paths[name])
    faults = faults_of(page)
    unnamed = page.evaluate(
        "[...document.querySelectorAll('main :is(input, select, textarea):not([type=hidden])')]"
        ".filter(e => !e.labels.length && !e.ariaLabel).map(e => e.outerHTML)"
    )
    bench.context.close()
    assert faults == {"light": [], "dark": []}
    assert unnamed == []
    assert bench.wrong == []


@pytest.mark.slow
def test_a_plan_says_what_a_bar_would_strand(url: str, paths: Paths) -> None:
    """The worst week of each origin is a sentence of the page of a plan."""
    text = httpx2.get(f"{url}{paths['plan']}").text
    assert "Goods under way, and what a bar would strand" in text
    assert "An unforeseen bar on exports of" in text


def test_no_script_or_style_is_allowed_but_the_services_own(url: str) -> None:
    """The policy of a page names no inline script, style or eval, and its files come from the service."""
    answer = httpx2.get(f"{url}/instances/vault-small")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "style=" not in answer.text
    assert "//" not in answer.text.replace("<!DOCTYPE html>", "")


def test_what_is_not_there_is_a_page(url: str) -> None:
    """A person reads why, with the way back."""
    answer = httpx2.get(f"{url}/instances/nowhere")
    assert answer.status_code == 404
    assert "The instance nowhere is not there" in answer.text
    assert 'href="/instances"' in answer.text


def test_a_workbook_is_taken_back_as_the_next_version(bench: Bench, tmp_path: Path) -> None:
    """Downloaded, and uploaded from a page that is no longer of the newest version: refused, with what differs."""
    document = httpx2.get(f"{bench.url}/v1/instances/vault-small/document.json").json()
    document["instance"]["name"] = "workbook"
    assert httpx2.post(f"{bench.url}/v1/instances", json=document).status_code == 201
    page = bench.page("/instances/workbook")
    with page.expect_download() as got:
        page.get_by_role("link", name="Workbook").click()
    file = tmp_path / "workbook.xlsx"
    got.value.save_as(file)
    edit = {"changes": ["minerals.copper.price_usd_per_t=13007"]}
    answer = httpx2.patch(f"{bench.url}/v1/instances/workbook", json=edit, headers={"If-Match": '"v1"'})
    assert answer.status_code == 200
    page.get_by_label("The workbook, changed").set_input_files(file)
    page.get_by_role("button", name="Upload as version 2").click()
    expect(page.locator("#upload-answer")).to_contain_text("It has been changed meanwhile")
    expect(page.locator("#upload-answer")).to_contain_text("13007")
    page = bench.page("/instances/workbook")
    page.get_by_label("The workbook, changed").set_input_files(file)
    page.get_by_role("button", name="Upload as version 3").click()
    expect(page.get_by_role("heading", name="Version 3")).to_be_visible()
    expect(page.locator("main")).to_contain_text("13007")
