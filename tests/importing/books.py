"""Books of planners, written for tests: rows of cells by sheet, and a whole one as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

import orebook

Rows = Sequence[Sequence[Any]]
"""Of a sheet."""

QUOTES: Rows = [
    ["Norland reserve: offers received, as of 6 March 2027"],
    [],
    ["Ref", "Vendor", "Metal", "Country", "Delivery terms", "Cur", "Price", "per", "Min. order", "Unit (MOQ)",
     "Break 1 qty (t)", "Break 1 price", "Lead (days)", "Offer from", "Valid till", "Max / month (t)", "Payment", "Agency fee"],
    ["Q1", "Alva & Sons", "Tin ingot", "Peru", "CIF Antwerp", "USD", 31.5, "per kg", 10, "t", 50, 31.2, 30, date(2027, 3, 1),
     date(2027, 4, 18), 80, "20% advance, 80% on delivery", "1.0%"],
    ["Q2", "Brix", "Tin ingot", "Indonesia", "FOB Jakarta", "EUR", 28, "per kg", 5000, "kg", None, None, 36, date(2027, 3, 8),
     date(2027, 3, 28), None, "Net 45", "0.5%"],
    ["Q3", "Brix", "Palladium", "Canada", "CIP Antwerp", "USD", 1000, "per oz", 100, "oz", None, None, 7, date(2027, 3, 8),
     date(2027, 4, 30), None, "100% advance", "0.5%"],
    ["Q4", "Alva & Sons", "Tungsten APT", "Austria", "DAP Antwerp", "SEK", "6,000", "per MTU", 2, "t", None, None, 14,
     date(2027, 3, 8), date(2027, 4, 30), None, "100% on delivery", "1.0%"],
    ["Q5", "Brix", "Tin ingot", "Bolivia", "CIF Antwerp", "USD", 30.9, "per kg", 10, "t", None, None, 14, date(2027, 1, 4),
     date(2027, 2, 26), None, "100% advance", "0.5%"],
]  # fmt: skip
"""Q5 has lapsed before the first Monday after 6 March 2027, the 8th."""
STOCK: Rows = [
    ["Metal", "Depot", "Quantity", "Unit"],
    ["Tin ingot", "Kaai 4", "1,250", "t"],
    ["Palladium", "Kluis", "2,000", "oz"],
    ["Tungsten APT", "Kaai 4", 40, "t"],
    ["Total", None, 3290, None],
    ["In transit"],
    ["Tin ingot", "Kaai 4", 60, "t", "ETA 24-Mar-2027, EUR 500,000 due"],
]
DEMAND: Rows = [
    ["Metal", "Member", "Unit", "Mar-27", "Apr-27"],
    ["Tin ingot", "Solder Union", "t", 310, 300],
    ["Palladium", "Chip Guild", "oz", 620, 600],
    ["Tungsten APT", "Tool Makers", "t", 31, 30],
]
STORES: Rows = [
    [
        "Depot",
        "Floor area (m2)",
        "Stacking height (m)",
        "Class",
        "Handling (SEK/t)",
        "Rent (SEK/m3/month)",
        "Intake (t/day)",
    ],
    ["Kaai 4", 1500, 4, "general", 100, "73", 60],
    ["Kluis", 20, 2, "secure", 2000, "730", 1],
]
BUDGET: Rows = [["Month", "Allocation (SEK m)"], ["2027-03", 30], ["2027-04", 50], ["2027-09", 10]]
TARGETS: Rows = [
    ["Metal", "Target days", "Priority", "Reference price", "Unit", "Duty (other)", "Duty (free: Peru, Canada, EU)"],
    ["Tin ingot", 130, 5, 31000, "USD/t", "2%", "0%"],
    ["Palladium", 120, 3, 1010, "USD/oz", "0%", "0%"],
    ["Tungsten APT", 60, 4, 50, "USD/kg", "5%", "1.5%"],
]
FX: Rows = [["Currency", "SEK"], ["USD", 10], ["EUR", 11.5]]

NORLAND: dict[str, Rows] = {
    "Offers received": QUOTES,
    "Stock": STOCK,
    "Demand": DEMAND,
    "Depots": STORES,
    "Budget": BUDGET,
    "Targets": TARGETS,
    "FX": FX,
}
"""A planner's whole book: quotes, stock, demand a month, stores, budget, targets, rates."""


TIN: Rows = [["Mineral", "Reference price (USD/t)", "Daily use (t/day)"], ["Tin", 30000, 1]]
"""A sheet of minerals with one, at 30 000 USD/t."""


def norland(**sheets: Rows) -> orebook.Imported:
    """The book, with these sheets in the place of its own (`_` for a blank in their names), as it is proposed."""
    return orebook.import_book(NORLAND | {name.replace("_", " "): rows for name, rows in sheets.items()})


def quotes(heads: Sequence[Any], *rows: Sequence[Any], **more: Rows) -> orebook.Imported:
    """A book with one sheet of quotes of tin, whose benchmark is 30 000 USD/t, and which members use."""
    return orebook.import_book({"Quotes": [heads, *rows], "Minerals": TIN, **more})


def write_book(path: Path, sheets: dict[str, Rows] | None = None) -> Path:
    """The book as a workbook, with merged titles as people make them."""
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for title, rows in (sheets or NORLAND).items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        if rows and len(rows[0]) == 1:
            sheet.merge_cells("A1:F1")
    book.save(path)
    return path
