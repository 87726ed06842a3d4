"""plan.xlsx for whoever is outside: what is hidden stands nowhere in the file."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from tests.report.books import formulas, opened, rows
from tests.report.known import FACTS
from tests.report.test_redaction import ALL, amounts, plan_to_tell

from orebook.formats import WITHHELD
from orebook.report.workbook import plan_workbook
from orebook.report.workbook.book import SHEETS
from orebook.schema.hidden import Hidden


def made(*hide: Hidden) -> bytes:
    """The workbook of a plan with much to tell, without what is hidden."""
    return plan_workbook(plan_to_tell(), FACTS, hide)


def everything(content: bytes) -> str:
    """All parts of the file, properties, charts and notes too."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        return "\n".join(parts.read(name).decode() for name in parts.namelist())


def test_no_amount_of_money_is_left() -> None:
    """Without prices no amount stands in a cell, a sentence, a sum, a chart; what is withheld is said."""
    money = {
        "3668",
        "3968",
        "3600",
        "3618",
        "618",
        "98761",
        "98765",
        "87654",
        *(x.replace(",", "") for x in amounts(FACTS)),
    }
    whole, shown = everything(made()), everything(made("prices"))
    assert {x for x in money if x in whole} >= {"3668", "3968", "7771", "98765"}
    assert {x for x in money if re.search(rf"(?<![\d.]){re.escape(x)}(?![\d]|\.\d)", shown)} == set()
    assert WITHHELD in shown
    assert "goods USD" not in shown
    assert "<a:t>Days of cover" in shown


def test_no_target_is_left() -> None:
    """Without targets no day of cover, no use, no shortage; money is there still."""
    whole, shown = everything(made()), everything(made("targets"))
    for said in ("47.25", "7.0 of 10.0", "target, days", "use t/day"):
        assert said in whole
        assert said not in shown
    assert "<a:t>Days of cover" not in shown
    assert "3668" in shown


def test_no_house_is_left() -> None:
    """Each house has a letter, in offers' names and in the title of the file too."""
    whole, shown = everything(made()).lower(), everything(made("houses")).lower()
    for house in ("traxys", "hartree"):
        assert house in whole
        assert house not in shown
    assert [row["house"] for row in rows(opened(made("houses"))["Houses"], "Houses")] == ["House A", "House B"]


@pytest.mark.parametrize("hide", [(), *((what,) for what in ALL), ALL])
def test_what_is_left_still_adds_up(hide: tuple[Hidden, ...]) -> None:
    """Every sheet stands, every formula has a value, and no sum is of anything withheld."""
    assert opened(made(*hide)).sheetnames == list(SHEETS)
    values = [value for _, _, value in formulas(made(*hide))]
    assert values
    assert [v for v in values if v is None or v != v or v in ("NOT ALL", WITHHELD)] == []  # noqa: PLR0124 - NaN alone
