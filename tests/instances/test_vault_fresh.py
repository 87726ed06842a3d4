"""The committed vault is what its script writes from the data."""

from __future__ import annotations

from pathlib import Path

import pytest
from instances.vault.make.december import FOLDER as DECEMBER
from instances.vault.make.facts import facts
from instances.vault.make.tables import FOLDER, write, write_december, write_history

import orebook


def test_vault_is_what_its_script_writes(tmp_path: Path) -> None:
    """Every table of the vault equals, to the byte, what the script writes into an empty folder."""
    write(tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in (".csv", ".toml")}
    assert written == committed
    write_history(tmp_path / "history.csv")
    assert (tmp_path / "history.csv").read_bytes() == (FOLDER / "data" / "history.csv").read_bytes()


def test_december_is_what_the_script_writes(tmp_path: Path) -> None:
    """The same of the reserve ten months on."""
    write_december(tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert written == {path.name: path.read_bytes() for path in DECEMBER.iterdir() if path.suffix in (".csv", ".toml")}


def test_what_was_bought_by_december_is_drawn_and_no_more_is_left() -> None:
    """What is free and what is drawn come to the 12 bn USD that there were; the futures' probabilities to 1."""
    problem = orebook.read(DECEMBER)
    drawn = sum(source.drawn_usd for source in problem.sources.values())
    assert problem.budget_usd is not None
    assert problem.budget_usd + drawn == pytest.approx(12e9)
    assert problem.released is not None
    assert sum(problem.released.values()) == pytest.approx(problem.budget_usd)
    assert sum(f.probability for f in problem.futures) == pytest.approx(1)


def test_a_day_of_use_is_the_mean_of_three_published_years() -> None:
    """Use comes from three years of USGS figures, not from 2025 with its import surge."""
    # antimony: (20 700 + 28 600 + 45 000) / 3 / 365 = 86.12 t a day, against 123.3 at 2025 use
    assert facts()["antimony"].use_t == 86.12


def test_world_bank_prices_of_ounces_are_per_tonne() -> None:
    """Silver of February 2026 is in USD a tonne: 81.95 USD an ounce times 32 150.7 ounces."""
    # 81.95 * 32150.7 = 2 634 750, to five digits 2 634 700 or 2 634 800
    assert abs(facts()["silver"].price_usd_per_t - 2_634_750) < 100
