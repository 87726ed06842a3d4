"""A real browser for tests of pages: Chromium, without a network."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright
from tests.debian import installed
from tests.patience import PATIENCE_S

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The machine's Chromium (or the one that OREBOOK_CHROMIUM names), playwright's, or Debian's; skips for want of all."""
    named = os.environ.get("OREBOOK_CHROMIUM") or _there()
    with sync_playwright() as playwright:
        path = named or playwright.chromium.executable_path
        if not Path(path).exists():
            path = (installed("chromium") and _there()) or path
        if not Path(path).exists():
            pytest.skip(
                f"no browser: chromium is not on the PATH, playwright has none at {path}, apt did not install it"
            )
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), timeout=1000 * PATIENCE_S)
        except Error as error:
            pytest.fail(f"{path} does not start: {error}")
        try:
            yield browser
        finally:
            browser.close()


def _there() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")
