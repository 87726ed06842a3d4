"""A workbook survives LibreOffice: opened, calculated and saved by it, it is the same instance."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

import orebook
from tests.patience import PATIENCE_S

SOFFICE = shutil.which("soffice")
INSTANCES = Path(__file__).parents[2] / "instances"


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_reads_and_writes_it(tmp_path: Path) -> None:
    """Nothing is lost, drop-downs and notes are there still, and a formula that it works out is read by its value."""
    problem = orebook.read(INSTANCES / "vault-small")
    orebook.write_workbook(problem, tmp_path / "book.xlsx")
    book = openpyxl.load_workbook(tmp_path / "book.xlsx")
    assert book["Instance"]["B7"].value == problem.budget_usd
    book["Instance"]["B7"] = f"={problem.budget_usd:.0f}/4*4"
    book.save(tmp_path / "book.xlsx")
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path / "saved"), str(tmp_path / "book.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
    saved = tmp_path / "saved" / "book.xlsx"
    assert orebook.read(saved) == problem
    assert orebook.read(saved).digest == problem.digest
    after = openpyxl.load_workbook(saved)
    assert after["Instance"]["B7"].value == "=45000000/4*4"
    assert {v.formula1 for v in after["Offers"].data_validations.dataValidation} >= {"list_houses", '"yes,no"'}
    assert "list_houses" in after.defined_names
    assert after["Offers"]["H1"].comment.text.startswith("t\norders are whole lots of it")
