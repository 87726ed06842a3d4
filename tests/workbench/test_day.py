"""A planner's day in a real browser: from the first start to an approved plan, and on to the next week."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.workbench.bench import Bench, cell, ready, served, solved, write


@pytest.mark.slow
def test_from_the_first_start_to_an_approved_plan_and_the_next_week(browser: Browser, tmp_path: Path) -> None:
    """The first page is the vault; an instance is solved, asked why, approved, and moved on to its second version."""
    with served(tmp_path) as url:
        bench = Bench.of(browser, url)
        page = bench.page("/")
        assert page.url == f"{url}/instances/vault"
        page.get_by_role("link", name="Instances").click()
        page.get_by_role("link", name="Six minerals").click()
        ready(page)
        page.goto(url + solved(page))
        page.get_by_role("button", name="Why hartree-copper-canada").first.click()
        expect(page.locator(".fact").first).to_contain_text("hartree-copper-canada")
        page.locator(".fact summary").first.click()
        expect(page.locator(".fact code").first).to_contain_text("orebook ")

        page.get_by_role("button", name="Start next week").click()
        expect(page.locator("#next-answer")).to_contain_text("Orders of week 1 are not approved")
        page.get_by_role("button", name="Tick week 1").click()
        page.get_by_role("button", name="Approve").click()
        expect(page.locator("#tickets .state.approved").first).to_be_visible()
        ticked = page.locator('#tickets tr:has(.state.approved) input[data-week="1"]')
        assert ticked.count() == page.locator("#tickets .state.approved").count() > 0

        page.get_by_label("Prices of the new week").fill("copper\t13,100\r\ncobalt\t46,000\r\n")
        page.get_by_role("button", name="Start next week").click()
        page.get_by_role("link", name="Open the next week").click()
        ready(page)
        expect(page.locator(".heading")).to_contain_text("version 2")
        expect(cell(page, "copper", "price_usd_per_t")).to_have_text("13,100")
        bench.context.close()
        assert bench.wrong == []


@pytest.mark.slow
def test_a_report_for_other_eyes_is_written_in_a_click(bench: Bench) -> None:
    """Without houses: the run's page has its files, and none of them names one."""
    page = bench.page("/instances/vault-small")
    page.goto(bench.url + solved(page))
    page.get_by_label("houses", exact=True).check()
    page.get_by_role("button", name="Write the report again").click()
    link = page.get_by_role("link", name="report.html")
    expect(link).to_be_visible()
    href = link.get_attribute("href")
    assert href
    text = page.request.get(bench.url + href).text()
    assert "House A" in text
    assert "hartree" not in text.lower()
    assert page.get_by_role("link", name="plan.xlsx").is_visible()


@pytest.mark.slow
def test_a_lenders_page_is_written_in_a_click(bench: Bench) -> None:
    """Of the source that is chosen: the run's page has its files, in which the other source is not."""
    page = bench.page("/instances/vault-small")
    page.goto(bench.url + solved(page))
    page.get_by_label("For a lender").select_option("exim")
    page.get_by_role("button", name="Write the lender's page").click()
    link = page.get_by_role("link", name="lender.html")
    expect(link).to_be_visible()
    href = link.get_attribute("href")
    assert href
    text = page.request.get(bench.url + href).text()
    assert "Loan from exim" in text
    assert "private" not in text.lower()


@pytest.mark.slow
def test_a_members_statement_is_written_in_a_click(bench: Bench) -> None:
    """Of the member that is chosen: the run's page has its files, in which no other member is."""
    page = bench.page("/instances/vault-small")
    page.goto(bench.url + solved(page))
    chosen = page.get_by_label("For a member")
    names = [name for name in chosen.locator("option").all_inner_texts() if not name.startswith("all ")]
    chosen.select_option(names[0])
    page.get_by_role("button", name="Write the member's statement").click()
    link = page.get_by_role("link", name="statement.html")
    expect(link).to_be_visible()
    href = link.get_attribute("href")
    assert href
    text = page.request.get(bench.url + href).text()
    assert f"Statement of {names[0]}" in text
    assert len(names) > 1
    assert [name for name in names[1:] if name in text] == []


@pytest.mark.slow
def test_a_run_is_seen_to_end_where_no_message_comes(bench: Bench) -> None:
    """Behind a proxy that keeps all messages back, the page asks by itself."""
    page = bench.page("/instances/vault-small")
    page.route("**/live", lambda asked: asked.fulfill(content_type="text/event-stream", body=""))
    page.goto(bench.url + solved(page))
    expect(page.locator("main")).to_contain_text("tickets")


@pytest.mark.slow
def test_what_was_typed_is_solved_as_a_whatif_and_set_beside_the_plan(bench: Bench) -> None:
    """One click from a changed cell and a slider to both plans, with a sign before each difference; nothing is kept."""
    page = bench.page("/instances/vault-small")
    solved(page)
    page.goto(bench.url + "/instances/vault-small")
    ready(page)
    write(page, "copper", "price_usd_per_t", "15,000")
    page.get_by_role("slider", name="Budget").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#lever-budget-says")).to_contain_text("becomes USD 44.55 m")  # 45 m less 1 %
    page.get_by_role("button", name="What if?").click()
    page.get_by_role("link", name="Beside the plan").click()
    expect(page.locator("main")).to_contain_text("minerals.copper.price_usd_per_t=15000")
    expect(page.locator("main")).to_contain_text("instance.budget_usd=44550000")
    expect(page.locator("main")).to_contain_text("The changes are known from week 1.")
    assert page.locator("td.dearer .more, td.cheaper .less").count() > 0
    page.get_by_role("button", name="What forced each change?").click()
    expect(page.locator("#causes .points li").first).to_contain_text("The new plan")
    page.goto(bench.url + "/instances/vault-small")
    ready(page)
    expect(page.locator("#draft-says")).to_have_text("1 cell, 1 slider changed, not kept yet.")


@pytest.mark.slow
def test_a_ban_is_known_from_week_2_where_no_other_week_is_said(bench: Bench) -> None:
    """And the tickets of week 1 stand; the planner may say another week, and that goods under way arrive all the same."""
    page = bench.page("/instances/vault-small")
    solved(page)
    for week, fate in (("", ""), ("3", "arrive all the same")):
        page.goto(bench.url + "/instances/vault-small?grid=origins")
        ready(page)
        if not week:
            write(page, "china", "barred_from_week", "2")
        page.get_by_text("When a what-if is known").click()
        page.get_by_label("Known from week").fill(week)
        page.get_by_label("Goods under way").select_option(label=fate or "are lost")
        page.get_by_role("button", name="What if?").click()
        page.get_by_role("link", name="Beside the plan").click()
        expect(page.locator("main")).to_contain_text(
            f"The changes are known from week {week or 2}: tickets of earlier weeks"
        )
        expect(page.locator("main")).to_contain_text(f"barred are {'let through' if fate else 'lost'}.")


@pytest.mark.slow
def test_a_solve_is_watched_and_stopped_with_its_best_plan(bench: Bench) -> None:
    """The vault to its last dollar takes long; once it has a plan, "good enough, stop" ends it with that."""
    page = bench.page("/instances/vault")
    page.get_by_text("Options").click()
    page.get_by_label("Gap, %").fill("0")
    page.locator(".solve button").click()
    page.wait_for_url("**/runs/*")
    page.get_by_role("button", name="Good enough, stop").click()  # there is none to click before there is a plan
    page.get_by_role("link", name="Open the plan").click()
    expect(page.locator(".tiles")).to_contain_text("feasible")
