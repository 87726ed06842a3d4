"""The page in a real browser: at three widths, in light and dark, on paper, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.report.browser import chromium
from tests.report.known import FACTS
from tests.report.lent import lent_plan
from tests.report.membered import membered_plan
from tests.report.sample import sample_plan, sample_problem

from orebook.plan import Plan
from orebook.report import html
from orebook.report.bullets import Bullet, Bullets
from orebook.report.drawing import svg
from orebook.report.lender import loan_html, loan_of
from orebook.report.member import statement_html, statement_of

pytestmark = pytest.mark.slow

LOOKS = (Path(__file__).parent / "looks.js").read_text()
WIDTHS = (360, 768, 1440)
REPORTS = ("sample", "long names", "no facts", "dropped")
LONG = "an-offer-with-a-name-that-is-longer-than-any-line-of-a-telephone-and-has-no-blank"


def long_names() -> Plan:
    """The sample with names that do not fit."""
    offers: list[dict[str, Any]] = [
        {"offer": "a", "house": "traxys", "mineral": "tin", "origin": LONG, "lot_t": 1},
        {"offer": "b", "house": "hartree", "mineral": "gallium", "lead_weeks": 1},
        {"offer": LONG, "house": "hartree", "mineral": "gallium"},
    ]
    return sample_plan(sample_problem({"title": LONG, "weeks": 3}, offers=offers, origins=[{"origin": LONG}]))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests here."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module", params=[*REPORTS, "lender", "member", "members"])
def page_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report, or what a lender or a member is handed, as a file."""
    made = {
        "sample": lambda: html(sample_plan(), FACTS),
        "long names": lambda: html(long_names(), FACTS),
        "no facts": lambda: html(sample_plan()),
        "dropped": lambda: html(sample_plan(), FACTS, ("prices", "houses"), ("why",)),
        "lender": lambda: loan_html(loan_of(lent_plan(), "exim")),
        "member": lambda: statement_html(statement_of(membered_plan(), "acme")),
        "members": lambda: statement_html(statement_of(membered_plan())),
    }
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(made[request.param]())
    return file


def faults_of(page: Page) -> dict[str, list[str]]:
    """What is wrong with the looks of a page in light and, as it follows the reader's, in dark; all of it unfolded."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = dict[str, list[str]]()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found[scheme] = page.evaluate(LOOKS)
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_it_looks_right(browser: Browser, page_file: Path, width: int) -> None:
    """Nothing overflows, everything can be read and has a name; nothing is asked of a network, nothing is complained of."""
    page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=True)
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(page_file.as_uri())
    faults = faults_of(page)
    page.close()
    assert faults == {"light": [], "dark": []}
    assert [url for url in asked if not url.startswith("data:")] == [page_file.as_uri()]
    assert said == []


def test_dark_is_dark_and_paper_is_white(browser: Browser, page_file: Path) -> None:
    """The same file follows the reader's light, and prints in black on white, long tables open and asides closed."""
    page = browser.new_page(color_scheme="dark")
    page.goto(page_file.as_uri())
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(media="print")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    printed = "[...document.querySelectorAll('details table')].map(t => t.checkVisibility())"
    asides = page.evaluate(printed)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.classList.remove('aside'))")
    long = page.evaluate(printed)
    page.close()
    assert (dark, paper) == ("rgb(18, 22, 27)", "rgb(255, 255, 255)")
    assert (any(asides), all(long)) == (False, True)


def test_a_keyboard_reaches_everything(browser: Browser, page_file: Path) -> None:
    """First the way past the contents, seen as it is reached; then every link, table and fold, each with a ring around it."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(page_file.as_uri())
    reachable = page.evaluate("document.querySelectorAll('a, summary, [tabindex=\"0\"]').length")
    hidden = page.evaluate("document.querySelectorAll('details [tabindex=\"0\"]').length")
    page.keyboard.press("Tab")
    first = page.evaluate("[document.activeElement.className, document.activeElement.getBoundingClientRect().top >= 0]")
    rings = [_ring(page)]
    for _ in range(reachable - hidden - 1):
        page.keyboard.press("Tab")
        rings.append(_ring(page))
    page.close()
    assert first == ["skip", True]
    assert len({number for number, _ in rings}) == reachable - hidden
    assert all(style == "solid" for _, style in rings)


def _ring(page: Page) -> list[object]:
    """Which element has the focus, and the style of the ring around it."""
    found: list[object] = page.evaluate(
        "[[...document.querySelectorAll('*')].indexOf(document.activeElement),"
        " getComputedStyle(document.activeElement).outlineStyle]"
    )
    return found


@pytest.mark.parametrize("page_file", REPORTS, indirect=True)
def test_a_reader_of_the_screen_hears_tables_and_charts(browser: Browser, page_file: Path) -> None:
    """A table whose cells are stacked on a telephone is a table still, and each chart is an image with a name, once."""
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(page_file.as_uri())
        stacked = page.get_by_role("table", name="Targets that stay short")
        heads, images = stacked.get_by_role("columnheader").count(), page.get_by_role("img").all()
        names = [image.get_attribute("aria-label") for image in images]
        figures = page.locator("figure").count()
        page.close()
        assert heads >= 6
        assert len(names) == figures
        assert all(names)


def test_the_checks_find_what_is_wrong(browser: Browser) -> None:
    """A page with each fault is told of each: the checks can fail."""
    page = browser.new_page(viewport={"width": 360, "height": 900})
    chart = svg(Bullets("t", "days", ("", "x", ""), (Bullet("a", 0, 1, None),)), 320)
    page.set_content(
        "<html><body style='background:#fff'><p style='color:#bbb'>pale</p><div style='width:500px'>wide</div>"
        f"<a href='#gone'></a><div role='img'>{chart}</div><svg width='20'><text x='0' y='9'>cut off</text></svg>"
    )
    faults = " ".join(page.evaluate(LOOKS))
    page.close()
    for fault in (
        "contrast 1.92",
        "no name: a",
        "no name: div",
        "leads nowhere",
        "cut off:",
        "no language",
        "508 px wide",
    ):
        assert fault in faults
