"""plan.xlsx in LibreOffice: opened there and worked out anew, its sums are the judge's, and they tell when they are not."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from tests.patience import PATIENCE_S
from tests.report.books import column, formulas, known_bytes, known_plan, opened
from tests.report.sample import sample_plan, sample_problem

from orebook.report.workbook import plan_workbook

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed: nothing here can recalculate"),
    pytest.mark.slow,
]
ERRORS = ("#", "Err:")


def recalculated(book: Workbook, folder: Path) -> Workbook:
    """The workbook as LibreOffice saves it, with values; openpyxl writes formulas without any, so all are worked out."""
    book.save(folder / "plan.xlsx")
    command = [str(SOFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder / "saved"), str(folder / "plan.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
    return openpyxl.load_workbook(folder / "saved" / "plan.xlsx", data_only=True)


def summary_of(book: Workbook) -> dict[object, object]:
    """The first two columns of the Summary."""
    return {row[0]: row[1] for row in book["Summary"].iter_rows(max_col=2, values_only=True)}


def test_every_formula_comes_to_what_was_saved_with_it(tmp_path: Path) -> None:
    """Without a value to start from, LibreOffice finds each, none of them an error, and the judge's figures among them."""
    book = opened(known_bytes())
    plan = known_plan()
    after = recalculated(book, tmp_path)
    for place, _, saved in formulas(known_bytes()):
        title, cell = place.split("!")
        found = after[title][cell].value
        assert not str(found).startswith(ERRORS)
        assert found == (pytest.approx(saved, rel=1e-12) if isinstance(saved, int | float) else saved)
    summary = summary_of(after)
    assert summary["cash of the plan"] == plan.costs.cash_usd
    assert summary["goods"] == plan.costs.goods_usd
    assert summary["short"] == pytest.approx(float(plan.judgement.measures["cover"]))
    assert summary["sums that are the judge's"] == "all"


def test_a_figure_that_is_altered_is_noticed(tmp_path: Path) -> None:
    """A thousand more typed into one ticket's goods: the sum is 1000 off the judge's, and the Summary says not all."""
    book = opened(known_bytes())
    goods = column(book["Buy plan"], "BuyPlan", "goods USD")
    goods[0].value = float(str(goods[0].value)) + 1000
    after = recalculated(book, tmp_path)
    assert after["Buy plan"][f"{goods[0].column_letter}6"].value == 1000
    assert summary_of(after)["sums that are the judge's"] == "NOT ALL"


def test_sums_follow_a_filter(tmp_path: Path) -> None:
    """With gallium's ticket out of sight, what is shown is tin's 600 of goods; all of it is the judge's still."""
    book = opened(known_bytes())
    sheet = book["Buy plan"]
    minerals, goods = column(sheet, "BuyPlan", "mineral"), column(sheet, "BuyPlan", "goods USD")
    sheet.row_dimensions[next(c.row for c in minerals if c.value == "gallium")].hidden = True
    after, letter = recalculated(book, tmp_path)["Buy plan"], goods[0].column_letter
    assert [after[f"{letter}{row}"].value for row in (4, 5, 6)] == [600, 3600, 0]


def test_a_name_with_signs_of_a_formula_stays_a_name(tmp_path: Path) -> None:
    """Sources may be called anything; their sums are worked out all the same."""
    name = "@loan!A1'\"{row}"
    plan = sample_plan(sample_problem(funding=[{"source": name}, {"source": "private"}]))
    after = recalculated(opened(plan_workbook(plan)), tmp_path)
    assert f"from {name} USD" in [cell.value for row in after["Money"] for cell in row]
    assert summary_of(after)["cash of the plan"] == 3968
