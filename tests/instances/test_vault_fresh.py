"""The committed vault is what its script writes from the data."""

from __future__ import annotations

from pathlib import Path

from instances.vault.make.facts import facts
from instances.vault.make.tables import FOLDER, write, write_history


def test_vault_is_what_its_script_writes(tmp_path: Path) -> None:
    """Every table of the vault equals, to the byte, what the script writes into an empty folder."""
    write(tmp_path)
    written = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in (".csv", ".toml")}
    assert written == committed
    write_history(tmp_path / "history.csv")
    assert (tmp_path / "history.csv").read_bytes() == (FOLDER / "data" / "history.csv").read_bytes()


def test_a_day_of_use_is_the_mean_of_three_published_years() -> None:
    """Use comes from three years of USGS figures, not from 2025 with its import surge."""
    # antimony: (20 700 + 28 600 + 45 000) / 3 / 365 = 86.12 t a day, against 123.3 at 2025 use
    assert facts()["antimony"].use_t == 86.12


def test_world_bank_prices_of_ounces_are_per_tonne() -> None:
    """Silver of February 2026 is in USD a tonne: 81.95 USD an ounce times 32 150.7 ounces."""
    # 81.95 * 32150.7 = 2 634 750, to five digits 2 634 700 or 2 634 800
    assert abs(facts()["silver"].price_usd_per_t - 2_634_750) < 100
