"""A service with its workbench, as the command starts it, and pages of it that must ask for nothing elsewhere nor complain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests import serving
from tests.patience import PATIENCE_S

PATIENCE_MS = 1000 * PATIENCE_S

expect.set_options(timeout=PATIENCE_MS)


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of a service whose workers beat often, and are not thought lost on a machine that does other things, too."""
    with serving.served(home, beat_s="0.2", lost_s="600") as url:
        yield url


@dataclass
class Bench:
    """A planner at a browser: pages by their path, and all that went wrong in any of them."""

    url: str
    context: BrowserContext
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, browser: Browser, url: str, **look: Any) -> Bench:
        """A planner with a browser profile of their own."""
        return cls(url, browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **look}))

    def page(self, path: str) -> Page:
        """A page, ready to be used."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("request", lambda r: None if r.url.startswith((self.url, "data:")) else self.wrong.append(r.url))
        page.on("console", lambda m: self.wrong.append(m.text) if m.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.goto(self.url + path)
        ready(page)
        return page


def ready(page: Page) -> None:
    """Wait for the grid, where the page has one."""
    if page.locator("#grid").count():
        page.locator("#grid[data-ready]").wait_for()


def cell(page: Page, row: str, column: str) -> Locator:
    """A cell of the grid by the name of its row and its column."""
    named = page.locator(".tabulator-row").filter(has=page.locator(".tabulator-range-row-header", has_text=row))
    return named.first.locator(f'.tabulator-cell[tabulator-field="{column}"]')


def write(page: Page, row: str, column: str, text: str) -> None:
    """Type into a cell."""
    cell(page, row, column).click()
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    page.locator("#draft").wait_for()


def paste(page: Page, text: str) -> None:
    """Paste a text, as Excel puts it on the clipboard, at the selected cell."""
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )
    page.locator("#notice.shown", has_text="pasted").wait_for()


def solved(page: Page) -> str:
    """Have the instance of the page solved; the path of its plan."""
    page.locator(".solve button").click()
    page.wait_for_url("**/runs/*")
    link = page.get_by_role("link", name="Open the plan")
    link.wait_for()
    return str(link.get_attribute("href"))
