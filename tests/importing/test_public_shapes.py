"""Sheets in the shapes of public data, under their documented heads and with other figures: what comes in by itself.

World Bank Pink Sheet, USGS Mineral Commodity Summaries, LME stocks by location, COMEX depositories, bid tabulations, tender
schedules, supplier quotations of an ERP, price lists with breaks, rates of a central bank, German and Korean books.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import orebook
from orebook.importing.mapping import Mapping
from orebook.problem import Problem
from tests.importing.books import Rows


def _problem(imported: orebook.Imported) -> Problem:
    assert imported.problem is not None, "\n".join(map(str, imported.faults))
    return imported.problem


def _said(mapping: Mapping, block: int, head: str, **said: Any) -> Mapping:
    """The mapping with one column of a block said otherwise: one edit of a planner."""
    blocks = list(mapping.block)
    column = blocks[block].columns[head].model_copy(update=said)
    blocks[block] = blocks[block].model_copy(update={"columns": {**blocks[block].columns, head: column}})
    return mapping.model_copy(update={"block": tuple(blocks)})


OFFERS: Rows = [["Supplier", "Metal", "Price (USD/kg)"], ["a", "Tin", 30], ["b", "Nickel", 15]]


def test_world_bank_pink_sheet() -> None:
    """Titles, names, units in brackets, a month a row under no head: the last month before the plan is the benchmark."""
    pink: Rows = [
        ["World Bank Commodity Price Data (The Pink Sheet)"],
        ["monthly prices in nominal US dollars, 1960 to present"],
        ["(monthly series are available only in nominal US dollars)"],
        ["Updated on March 02, 2027"],
        [None, "Crude oil, average", "Cocoa", "Tin", "Nickel", "Platinum"],
        [None, "($/bbl)", "($/kg)", "($/mt)", "($/mt)", "($/troy oz)"],
        ["2027M01", 61.5, 7.9, 31111, 15101, 1402],
        ["2027M02", 62.5, 8.1, 31222, 15202, "…"],
    ]
    imported = orebook.import_book({"Monthly Prices": pink, "Offers": OFFERS})
    assert imported.mapping.asks() == []
    document = _problem(imported).document
    assert {m.mineral: m.price_usd_per_t for m in document.minerals} == {"Tin": 31222, "Nickel": 15202}
    assert document.instance.start is not None
    assert "of 2027M02" in imported.trace("minerals.Tin.price_usd_per_t")[0].how


def test_usgs_salient_statistics() -> None:
    """A row a year: the last counts; consumption in t a year; two edits say what `Price_dt` is in and what a comma is."""
    heads = [
        "DataSource",
        "Commodity",
        "Year",
        "USprod_t",
        "Imports_t",
        "Exports_t",
        "Consump_t",
        "Price_dt",
        "Employment_num",
        "NIR_pct",
    ]
    rows: Rows = [
        heads,
        ["MCS2027", "Tin", 2025, 0, 26100, 910, 36135, 30010, 9, 75],
        ["MCS2027", "Tin", 2026, 0, 25300, 920, 36500, 31020, 9, 76],
        ["MCS2027", "Antimony", 2025, "W", 21000, 2000, 22000, 12000, 20, ">50"],
        ["MCS2027", "Antimony", 2026, "W", 22000, 2100, "21,900", 22000, 20, ">50"],
    ]
    imported = orebook.import_book({"mcs2027_salient": rows})
    assert imported.mapping.asks() == ["decimal", 'mcs2027_salient: "Price_dt" unit']
    told = orebook.import_book(
        {"mcs2027_salient": rows, "Offers": OFFERS[:2]}, _said(imported.mapping, 0, "Price_dt", unit="USD/t")
    )
    assert [f.check for f in told.faults] == ["new_table"]  # a mapping knows the sheets that it was made for
    both = orebook.import_book({"mcs2027_salient": rows, "Offers": OFFERS[:2]})
    edited = _said(both.mapping, 0, "Price_dt", unit="USD/t").model_copy(update={"decimal": "."})
    minerals = _problem(orebook.import_book({"mcs2027_salient": rows, "Offers": OFFERS[:2]}, edited)).document.minerals
    assert {m.mineral: (m.price_usd_per_t, m.daily_use_t) for m in minerals} == {
        "Tin": (31020, 100),
        "Antimony": (22000, 60),
    }


def test_lme_stocks_by_location() -> None:
    """A table a metal with the metal as its title, totals and changes under it; the unit is asked once a table."""
    heads = [
        "Country/Region",
        "Location",
        "Opening Stock",
        "Delivered In",
        "Delivered Out",
        "Closing Stock",
        "Open Tonnage",
        "Cancelled Tonnage",
    ]
    rows: Rows = [
        [None, "Tin"], heads,
        ["Malaysia", "Port Klang", 805, 0, 10, 795, 700, 95],
        ["Korea", "Busan", 20, 5, 0, 25, 25, 0],
        ["Total", None, 825, 5, 10, 820, 725, 95],
        ["+/-", None, -5, None, None, -5, None, None],
        [None, "Nickel"], heads,
        ["Belgium", "Antwerp", 60, 0, 0, 60, 54, 6],
        ["Total", None, 60, 0, 0, 60, 54, 6],
    ]  # fmt: skip
    book = {"Metals Totals Report": rows, "Offers": OFFERS}
    imported = orebook.import_book(book)
    assert imported.mapping.asks() == ['Metals Totals Report: "Closing Stock" unit'] * 2
    mapping = _said(_said(imported.mapping, 0, "Closing Stock", unit="t"), 1, "Closing Stock", unit="t")
    stock = {(s.mineral, s.site): s.tonnes for s in _problem(orebook.import_book(book, mapping)).document.rows("stock")}
    assert stock == {("Tin", "Port Klang"): 795, ("Tin", "Busan"): 25, ("Nickel", "Antwerp"): 60}


def test_comex_depositories() -> None:
    """Troy ounces by depository, said in a title; the total of today is the stock, and the grand total none."""
    rows: Rows = [
        ["Platinum"],
        ["Troy Ounce"],
        ["DEPOSITORY", "PREV TOTAL", "RECEIVED", "WITHDRAWN", "NET CHANGE", "ADJUSTMENT", "TOTAL TODAY"],
        ["Vault One", 1000, 0, 500, -500, 0, 500],
        ["Vault Two", 2000, 0, 0, 0, 0, 2000],
        ["TOTAL", 3000, 0, 500, -500, 0, 2500],
    ]
    book: dict[str, Rows] = {
        "Platinum stocks": rows,
        "Offers": [["Supplier", "Metal", "Price (USD/oz)"], ["a", "Platinum", 1500]],
    }
    imported = orebook.import_book(book)
    assert _problem(imported).document.rows("stock")[0].mineral == "Platinum"
    assert {s.site: s.tonnes for s in _problem(imported).document.rows("stock")} == {
        "Vault One": 0.0155517384,
        "Vault Two": 0.0622069536,
    }


def test_bid_tabulation() -> None:
    """Items by row and bidders by column; the currency is in no cell, and asked once; who did not quote has no offer."""
    rows: Rows = [
        ["Bid tabulation RFQ 26-114"],
        ["Item Description", "Qty", "Unit", "Aurum Ltd", "Borealis AG"],
        ["Cobalt cathode", 10, "t", 33000, 32500],
        ["Nickel briquette", 50, "t", "15,300.50", None],
        ["Total", None, None, 1095025, 325000],
    ]
    imported = orebook.import_book({"Bid Tab": rows})
    assert imported.mapping.asks() == ["Bid Tab: set.currency"]
    block = imported.mapping.block[0].model_copy(update={"set": {"currency": "USD"}})
    offers = _problem(
        orebook.import_book({"Bid Tab": rows}, imported.mapping.model_copy(update={"block": (block,)}))
    ).offers
    assert {n: (o.house, o.price_usd_per_t, o.max_t) for n, o in offers.items()} == {
        "aurum-ltd-cobalt-cathode": ("Aurum Ltd", 33000, 10),
        "borealis-ag-cobalt-cathode": ("Borealis AG", 32500, 10),
        "aurum-ltd-nickel-briquette": ("Aurum Ltd", 15300.5, 50),
    }


def test_tender_schedule() -> None:
    """Validity in days needs the day of the book, and euro a rate: both are asked, and said once each."""
    heads = ["Bidder", "Item description", "Quantity offered", "UOM", "Unit rate", "Currency", "Delivery period"]
    heads += ["Bid validity (days)", "Payment terms", "Delivery terms"]
    rows: Rows = [
        heads,
        ["Alpha", "Antimony ingot", 40, "MT", 22000, "USD", "6 weeks", 90, "100% advance", "CIF Busan"],
        ["Beta", "Antimony ingot", 20, "MT", 20000, "EUR", "30-45 days", 30, "Net 30", "DAP Busan"],
    ]
    imported = orebook.import_book({"Bids": rows})
    assert imported.mapping.asks() == ["instance.start"]
    assert {f.check for f in imported.faults} == {"asked", "no_rate"}
    head = {**imported.mapping.instance, "start": date(2027, 3, 8)}
    mapping = imported.mapping.model_copy(update={"instance": head, "rates": {"EUR": 1.1}})
    offers = _problem(orebook.import_book({"Bids": rows}, mapping)).offers
    assert {n: (o.price_usd_per_t, o.max_t, o.lead_weeks, o.to_week) for n, o in offers.items()} == {
        "alpha-antimony-ingot": (22000, 40, 6, 13),
        "beta-antimony-ingot": (22000, 20, 7, 5),
    }


def test_supplier_quotations_of_an_erp() -> None:
    """Heads as an export has them: codes, underscores, a total amount that is no price."""
    heads = ["supplier", "supplier_name", "item_code", "item_name", "qty", "uom", "quoted_rate", "amount", "currency"]
    heads += ["lead_time_days", "valid_till", "payment_terms"]
    rows: Rows = [heads, ["S-1", "Hudson", "SN-01", "Tin", 20, "Kg", 31.5, 630, "USD", 21, "2027-04-30", "Net 45"]]
    book = {"Supplier Quotation": rows}
    imported = orebook.import_book(book)
    assert imported.mapping.asks() == ["instance.start"]
    head = {**imported.mapping.instance, "start": date(2027, 3, 8)}
    (offer,) = _problem(
        orebook.import_book(book, imported.mapping.model_copy(update={"instance": head}))
    ).offers.values()
    assert (offer.mineral, offer.price_usd_per_t, offer.max_t, offer.lead_weeks) == ("Tin", 31500, 0.02, 3)
    skipped = [head for head, column in imported.mapping.block[0].columns.items() if column.to == "skip"]
    assert "amount" in skipped


def test_price_list_with_breaks_in_its_heads() -> None:
    """Merged upper head over quantities: the lowest is the quote and the least order."""
    rows: Rows = [
        ["Price list, USD per tonne"],
        ["Supplier", "Product", "Price", None, None],
        [None, None, "1-24 t", "25-99 t", "100+ t"],
        ["Hudson", "Copper cathode", 9900, 9801, 9702],
    ]
    imported = orebook.import_book({"Price list": rows})
    (offer,) = _problem(imported).offers.values()
    assert (offer.price_usd_per_t, offer.min_order_t) == (9900, 1)
    assert [(t.from_t, t.discount_pct) for t in offer.tiers] == [(0, 0), (25, 1), (100, 2)]


@pytest.mark.parametrize(
    ("rows", "way"),
    [
        ([["Currency", "Rate"], ["EUR", 1.1], ["JPY", 0.0065]], "USD"),
        ([["Code", "Exchange rate"], ["EUR", 0.90909], ["JPY", 153.8]], "per USD"),
        ([["Currency", "KRW"], ["USD", 1500], ["EUR", 1650], ["JPY", 9.75]], "KRW"),
        ([["Currency", "Rate per USD"], ["EUR", 0.90909], ["JPY", 153.8]], "per USD"),
    ],
)
def test_rates_of_central_banks(rows: Rows, way: str) -> None:
    """In dollars, for a dollar or in a third currency: a euro is 1.1 USD each way."""
    offers: Rows = [["Supplier", "Metal", "Price (EUR/t)"], ["a", "Tin", 30000]]
    imported = orebook.import_book({"Offers": offers, "FX": rows})
    (rate,) = (c for b in imported.mapping.block for c in b.columns.values() if c.to == "rate")
    assert rate.unit == way
    assert _problem(imported).offers["a-tin"].price_usd_per_t == pytest.approx(33000, rel=1e-5)


def test_a_german_book() -> None:
    """Decimal commas, decided by `45,50`; weeks and minimums by their German heads."""
    rows: Rows = [
        [
            "Lieferant",
            "Rohstoff",
            "Herkunft",
            "Preis (EUR/kg)",
            "Mindestmenge (kg)",
            "Lieferzeit (Wochen)",
            "Gültig bis",
        ],
        ["Nordmetall", "Kobalt", "Finnland", "45,50", "1.500", "4", "30.04.2027"],
        ["Südmetall", "Kobalt", "Norwegen", "46,10", "12.000", "3", "31.03.2027"],
    ]
    stock: Rows = [["Bestand zum 6.3.2027"], ["Rohstoff", "Lager", "Bestand (t)"], ["Kobalt", "Hamburg", "1.234,5"]]
    imported = orebook.import_book({"Angebote": rows, "Bestand": stock, "Kurse": [["Währung", "USD"], ["EUR", 1.2]]})
    document = _problem(imported).document
    assert [(o.price_usd_per_t, o.min_order_t, o.lead_weeks, o.to_week) for o in document.offers] == [
        (54600, 1.5, 4, 8),
        (55320, 12, 3, 4),
    ]
    assert [s.tonnes for s in document.rows("stock")] == [1234.5]


def test_a_korean_book() -> None:
    """Korean heads and won; one edit says that 45,000 are thousands."""
    rows: Rows = [
        ["공급사", "광종", "원산지", "단가 (KRW/kg)", "납기 (days)", "결제조건"],
        ["가나", "주석", "페루", "45,000", 30, "Net 30"],
    ]
    book: dict[str, Rows] = {"견적": rows, "환율": [["통화", "KRW"], ["USD", 1500]]}
    imported = orebook.import_book(book)
    assert imported.mapping.asks() == ["decimal"]
    (offer,) = _problem(orebook.import_book(book, imported.mapping.model_copy(update={"decimal": "."}))).offers.values()
    assert (offer.house, offer.mineral, offer.price_usd_per_t, offer.lead_weeks) == ("가나", "주석", 30000, 5)


def test_stock_with_a_column_a_store() -> None:
    """The unit in the title; a blank cell is no stock."""
    rows: Rows = [["Stock in kg"], ["Metal", "Busan", "Incheon"], ["Tin", 100_000, 5000], ["Nickel", 30_000, None]]
    stock = _problem(orebook.import_book({"Stock": rows, "Offers": OFFERS})).document.rows("stock")
    assert {(s.mineral, s.site): s.tonnes for s in stock} == {
        ("Tin", "Busan"): 100,
        ("Tin", "Incheon"): 5,
        ("Nickel", "Busan"): 30,
    }


def test_suppliers_beside_their_quotes() -> None:
    """Two tables on a sheet, side by side."""
    rows: Rows = [["Supplier", "Commission %", None, "Commodity", "Supplier", "Price USD/t"],
                  ["Traxys", 1.5, None, "Tin", "Traxys", 32000], ["Gerald", 2, None, "Tin", "Gerald", 32100]]  # fmt: skip
    problem = _problem(orebook.import_book({"Sheet1": rows}))
    assert {name: house.commission_pct for name, house in problem.houses.items()} == {"Traxys": 1.5, "Gerald": 2}
    assert len(problem.offers) == 2
