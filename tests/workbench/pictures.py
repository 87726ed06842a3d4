"""The pictures of the workbench in README.md, made again: `python -m tests.workbench.pictures`. Solves the vault; minutes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.report.browser import chromium
from tests.workbench.bench import Bench, cell, paste, ready, served, solved, write

README = Path(__file__).parents[2] / ".readme"
PRICES = "4,150\t4,210.5\t4,260\r\n212\t215\t218\r\n$1,610,000\t1,625,000\tn/a\r\n"
STILL = "document.getElementById('notice').classList.remove('shown'); document.activeElement.blur()"


def main() -> None:
    """A plan with a ticket explained, and a grid that was pasted into."""
    with chromium() as browser, TemporaryDirectory() as home, served(Path(home)) as url:
        bench = Bench.of(browser, url, viewport={"width": 1280, "height": 800})
        page = bench.page("/instances/vault")
        page.get_by_text("Options").click()
        page.get_by_label("Gap, %").fill("1")
        page.goto(url + solved(page))
        page.locator("#tickets tbody button.link").first.click()
        page.locator(".fact").first.wait_for()
        page.get_by_role("button", name="Tick week 1").click()
        page.evaluate(f"{STILL}; scrollTo(0, 0)")
        page.screenshot(path=README / "plan.png")

        page.goto(url + "/instances/vault")
        ready(page)
        cell(page, "arsenic", "w2").click()
        paste(page, PRICES)
        write(page, "copper", "price_usd_per_t", "13,400")
        page.get_by_role("slider", name="Budget").focus()
        for _ in range(5):
            page.keyboard.press("ArrowLeft")
        page.locator("#lever-budget-says", has_text="becomes").wait_for()
        page.evaluate(STILL)
        page.screenshot(path=README / "grid.png")


if __name__ == "__main__":
    main()
