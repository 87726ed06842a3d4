"""Who comes in to the pages where an account is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.workbench.bench import Bench, served


def test_a_key_opens_the_pages_until_its_holder_leaves(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a key every page asks for one; a reader's opens them, and does not change anything."""
    made = subprocess.run(
        [str(Path(sys.executable).parent / "orebook"), "key", "desk", "--scope", "read", "--home", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    key = next(word for word in made.stdout.split() if word.startswith("ob_"))
    monkeypatch.setenv("OREBOOK_AUTH", "keys")
    with served(tmp_path) as url:
        bench = Bench.of(browser, url)
        page = bench.context.new_page()
        page.goto(f"{url}/instances/vault-small")
        page.get_by_label("Or come in with a key").fill("ob_wrong")
        page.get_by_role("button", name="Come in").click()
        expect(page.locator("#enter-answer")).to_contain_text("The key is not known")
        page.get_by_label("Or come in with a key").fill(key)
        page.get_by_role("button", name="Come in").click()
        page.wait_for_url("**/instances/vault-small")
        expect(page.locator(".who")).to_contain_text("(desk)")
        page.locator(".solve button").click()
        expect(page.locator("#solve-answer")).to_contain_text("scope plan")
        page.get_by_role("button", name="Leave").click()
        expect(page.get_by_label("Or come in with a key")).to_be_visible()
        bench.context.close()
